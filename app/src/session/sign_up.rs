use super::api::{Confirm, Pending, SignUp};
use crate::{
    layout::AuthFrame,
    load::page,
    path::Path,
    ui::{
        Check, Checkbox, Form, FormState, Icon, PageTitle, PasswordField, SelectField, TextField,
        use_texts,
    },
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;
use model::{
    FieldError, Input, Refusal,
    check::{self, Fault},
    text::{Key, Lang},
    view::Choice,
};

/// The checks that the browser makes; the server makes the same and more.
fn faults(input: &Input) -> Vec<FieldError> {
    let get = |name: &str| input.get(name).map_or("", String::as_str);
    let text = |name: &'static str, max| (name, check::required(get(name), max));
    let consent = if get("consent_data").is_empty() { Err(Fault::Consent) } else { Ok(()) };
    let empty_or = |name: &'static str, fault: fn(&str) -> Result<(), Fault>| {
        (name, if get(name).trim().is_empty() { Err(Fault::Required) } else { fault(get(name)) })
    };
    [
        text("first_name", 80),
        text("last_name", 80),
        empty_or("email", check::email),
        ("password", check::password(get("password"), get("email"))),
        empty_or("phone", check::phone),
        text("organization", 160),
        text("store", 80),
        ("consent_data", consent),
    ]
    .into_iter()
    .filter_map(|(name, result)| Some(FieldError::new(name, result.err()?)))
    .collect()
}

/// Create an account (M-05 to M-08).
#[component]
pub fn SignUpPage() -> impl IntoView {
    let t = use_texts();
    let state = FormState::new(SignUp::PATH);
    let labels = vec![
        ("first_name", t.get(Key::SignUpFirstName)),
        ("last_name", t.get(Key::SignUpLastName)),
        ("email", t.get(Key::SignUpEmail)),
        ("password", t.get(Key::SignUpPassword)),
        ("phone", t.get(Key::SignUpPhone)),
        ("language", t.get(Key::SignUpLanguage)),
        ("organization", t.get(Key::SignUpOrganization)),
        ("store", t.get(Key::SignUpStore)),
        ("consent_data", t.get(Key::SignUpConsent)),
    ];
    let languages =
        Lang::ALL.map(|l| Choice { value: l.code().into(), label: l.endonym().into() }).to_vec();
    let aside = view! {
        <p>{t.get(Key::SignUpHaveAccount)}" "<a href=Path::SignIn.to_string()>{t.get(Key::SignUpSignIn)}</a></p>
    };
    view! {
        <AuthFrame roomy=true aside=Some(aside.into_any())>
            <PageTitle text=t.get(Key::SignUpTitle).to_owned()/>
            <div class="intro"><h1>{t.get(Key::SignUpTitle)}</h1><p>{t.get(Key::SignUpIntro)}</p></div>
            <Form state=state labels=labels class="card" check=Some(Check::new(|input| faults(&input)))>
                <div class="fields">
                    <TextField state=state name="first_name" label=t.get(Key::SignUpFirstName) autofill="given-name" max=80 required=true/>
                    <TextField state=state name="last_name" label=t.get(Key::SignUpLastName) autofill="family-name" max=80 required=true/>
                    <TextField state=state name="email" kind="email" label=t.get(Key::SignUpEmail) autofill="email" max=254 required=true full=true/>
                    <PasswordField state=state name="password" label=t.get(Key::SignUpPassword) autofill="new-password" full=true
                        help=Some(t.fill(Key::SignUpPasswordHelp, &[("min", &check::PASSWORD_MIN.to_string())]))/>
                    <TextField state=state name="phone" kind="tel" label=t.get(Key::SignUpPhone) autofill="tel" max=32 required=true
                        help=Some(t.get(Key::SignUpPhoneHelp))/>
                    <SelectField state=state name="language" label=t.get(Key::SignUpLanguage) choices=languages
                        value=t.lang().code() required=true/>
                    <TextField state=state name="organization" label=t.get(Key::SignUpOrganization) autofill="organization" max=160 required=true
                        help=Some(t.get(Key::SignUpOrganizationHelp))/>
                    <TextField state=state name="store" label=t.get(Key::SignUpStore) max=80 required=true/>
                </div>
                <fieldset class="field">
                    <legend>{t.get(Key::SignUpConsent)}</legend>
                    <Checkbox state=state name="consent_data" label=t.get(Key::SignUpConsentData) required=true/>
                    <Checkbox state=state name="consent_marketing" label=t.get(Key::SignUpConsentMarketing)/>
                </fieldset>
                <button class="button primary wide" disabled=state.pending()>{t.get(Key::SignUpSubmit)}</button>
            </Form>
        </AuthFrame>
    }
}

/// What a sign-up shows next, whoever the address belongs to.
#[component]
pub fn SignUpSentPage() -> impl IntoView {
    let t = use_texts();
    let demo = use_context::<crate::Demo>().is_some_and(|demo| demo.0);
    view! {
        <AuthFrame>
            <PageTitle text=t.get(Key::SignUpSentTitle).to_owned()/>
            <div class="card">
                <div class="empty">
                    <Icon name="mail-check"/>
                    <h1>{t.get(Key::SignUpSentTitle)}</h1>
                    <p>{t.get(Key::SignUpSentText)}</p>
                    {demo.then(|| view! {
                        <div class="row"><a class="button" rel="external" href=Path::Mailbox.to_string()>{t.get(Key::MailboxLink)}</a></div>
                    })}
                </div>
            </div>
            <p class="aside">{t.get(Key::SignUpSentHint)}</p>
        </AuthFrame>
    }
}

/// Where the link of the confirmation mail leads to. Opening it changes nothing yet: mail scanners
/// open links, too.
#[component]
pub fn ConfirmPage() -> impl IntoView {
    let t = use_texts();
    let token = use_params_map().with_untracked(|params| params.get("token").unwrap_or_default());
    let link = token.clone();
    let ask = move || Some(Pending { token: link.clone() });
    let content = move |found| match found {
        Err(refusal) => dead_link(refusal),
        Ok(email) => confirm_form(email, token.clone()),
    };
    view! {
        <AuthFrame>
            <PageTitle text=t.get(Key::SignUpConfirmTitle).to_owned()/>
            {page(ask, content)}
        </AuthFrame>
    }
}

fn confirm_form(email: String, token: String) -> AnyView {
    let t = use_texts();
    let state = FormState::new(Confirm::PATH);
    view! {
        <div class="intro"><h1>{t.get(Key::SignUpConfirmTitle)}</h1><p><strong>{email}</strong></p></div>
        <Form state=state class="card">
            <input type="hidden" name="token" value=token/>
            <p>{t.get(Key::SignUpConfirmText)}</p>
            <button class="button primary wide" disabled=state.pending()>{t.get(Key::SignUpConfirmSubmit)}</button>
        </Form>
    }
    .into_any()
}

/// A link of a mail that does not work any more, and why.
pub(super) fn dead_link(refusal: Refusal) -> AnyView {
    let t = use_texts();
    view! {
        <PageTitle text=t.get(Key::InvitationRefusedTitle).to_owned()/>
        <div class="card">
            <div class="empty">
                <Icon name="link"/>
                <h1>{t.get(Key::InvitationRefusedTitle)}</h1>
                <p>{t.get(refusal.text())}</p>
                <div class="row"><a class="button" href=Path::SignIn.to_string()>{t.get(Key::SignInTitle)}</a></div>
            </div>
        </div>
    }
    .into_any()
}
