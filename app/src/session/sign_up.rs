use super::api::{Confirm, Pending, SignUp};
use crate::{
    layout::AuthFrame,
    load::page,
    path::Path,
    ui::{Check, Form, FormState, Icon, PageTitle, control, labels, use_texts},
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;
use model::{
    FieldError, Input, Refusal,
    check::{self, Fault},
    panel::{Choice, Field, Kind},
    text::{Key, Lang, Texts},
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

fn fields(t: Texts) -> Vec<Field> {
    let field = |name: &str, kind, label| Field::new(name, kind, t.get(label)).required();
    let languages = Lang::ALL.map(|l| Choice::new(l.code(), l.endonym())).to_vec();
    let min = check::PASSWORD_MIN.to_string();
    vec![
        field("first_name", Kind::Text, Key::SignUpFirstName).autofill("given-name").max(80).half(),
        field("last_name", Kind::Text, Key::SignUpLastName).autofill("family-name").max(80).half(),
        field("email", Kind::Email, Key::SignUpEmail).autofill("email"),
        field("password", Kind::Password { new: true }, Key::SignUpPassword)
            .autofill("new-password")
            .help(t.fill(Key::SignUpPasswordHelp, &[("min", &min)])),
        field("phone", Kind::Phone, Key::SignUpPhone)
            .autofill("tel")
            .half()
            .help(t.get(Key::SignUpPhoneHelp)),
        field("language", Kind::Select(languages), Key::SignUpLanguage)
            .value(t.lang().code())
            .half(),
        field("organization", Kind::Text, Key::SignUpOrganization)
            .autofill("organization")
            .max(160)
            .half()
            .help(t.get(Key::SignUpOrganizationHelp)),
        field("store", Kind::Text, Key::SignUpStore).max(80).half(),
    ]
}

/// Create an account (M-05 to M-08).
#[component]
pub fn SignUpPage() -> impl IntoView {
    let t = use_texts();
    let state = FormState::new(SignUp::PATH);
    let fields = fields(t);
    let mut names = labels(&fields);
    names.push(("consent_data".to_owned(), t.get(Key::SignUpConsent).to_owned()));
    let aside = view! {
        <p>{t.get(Key::SignUpHaveAccount)}" "<a href=Path::SignIn.to_string()>{t.get(Key::SignUpSignIn)}</a></p>
    };
    view! {
        <AuthFrame roomy=true aside=Some(aside.into_any())>
            <PageTitle text=t.get(Key::SignUpTitle).to_owned()/>
            <div class="intro"><h1>{t.get(Key::SignUpTitle)}</h1><p>{t.get(Key::SignUpIntro)}</p></div>
            <Form state=state labels=names class="card" check=Some(Check::new(|input| faults(&input)))>
                <div class="fields">{fields.into_iter().map(|field| control(state, field)).collect_view()}</div>
                <fieldset class="field">
                    <legend>{t.get(Key::SignUpConsent)}</legend>
                    {control(state, Field::new("consent_data", Kind::Check, t.get(Key::SignUpConsentData)).required())}
                    {control(state, Field::new("consent_marketing", Kind::Check, t.get(Key::SignUpConsentMarketing)))}
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
    let password =
        Field::new("password", Kind::Password { new: false }, t.get(Key::SignUpPassword))
            .autofill("current-password")
            .required();
    view! {
        <div class="intro"><h1>{t.get(Key::SignUpConfirmTitle)}</h1><p><strong>{email}</strong></p></div>
        <Form state=state labels=labels([&password]) class="card">
            <input type="hidden" name="token" value=token/>
            <p>{t.get(Key::SignUpConfirmText)}</p>
            {control(state, password)}
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
