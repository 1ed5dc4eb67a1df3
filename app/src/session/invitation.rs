use super::{
    api::{Accept, LoadInvitation, SignOut},
    sign_up::dead_link,
};
use crate::{
    layout::AuthFrame,
    load::page,
    ui::{Check, Form, FormState, PageTitle, PasswordField, TextField, square, use_texts},
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;
use model::{FieldError, Input, check, text::Key, view::InvitationView};

/// Where the button of the invitation mail leads to (C-24).
#[component]
pub fn InvitationPage() -> impl IntoView {
    let token = use_params_map().with_untracked(|params| params.get("token").unwrap_or_default());
    let link = token.clone();
    let ask = move || Some(LoadInvitation { token: link.clone() });
    let content = move |found| match found {
        Err(refusal) => dead_link(refusal),
        Ok(view) => accept_form(view, token.clone()),
    };
    view! { <AuthFrame>{page(ask, content)}</AuthFrame> }
}

fn faults(input: &Input, email: &str) -> Vec<FieldError> {
    let get = |name: &str| input.get(name).map_or("", String::as_str);
    [
        ("first_name", check::required(get("first_name"), 80)),
        ("last_name", check::required(get("last_name"), 80)),
        ("password", check::password(get("password"), email)),
    ]
    .into_iter()
    .filter_map(|(name, result)| Some(FieldError::new(name, result.err()?)))
    .collect()
}

fn accept_form(invitation: InvitationView, token: String) -> AnyView {
    let t = use_texts();
    let state = FormState::new(Accept::PATH);
    let role = t.get(invitation.role.label());
    let title = t.fill(Key::InvitationTitle, &[("store", &invitation.store)]);
    let intro = t.fill(
        Key::InvitationIntro,
        &[
            ("person", &invitation.invited_by),
            ("store", &invitation.store),
            ("organization", &invitation.organization),
            ("role", role),
        ],
    );
    let labels = vec![
        ("first_name", t.get(Key::SignUpFirstName)),
        ("last_name", t.get(Key::SignUpLastName)),
        ("password", t.get(Key::SignUpPassword)),
    ];
    let (known, email) = (invitation.known, invitation.email.clone());
    let check = (!known).then(|| Check::new(move |input: Input| faults(&input, &email)));
    let store = view! {
        <ul class="rows"><li>
            {square(&invitation.store, true)}
            <div><b>{invitation.store.clone()}</b><br/><span class="muted">{invitation.organization.clone()}" · "{role}</span></div>
        </li></ul>
    };
    let form = if let Some(other) = &invitation.signed_in_as {
        let values = [("email", other.as_str()), ("invited", &invitation.email)];
        view! {
            <div class="card">
                {store}
                <p>{t.fill(Key::InvitationOtherPerson, &values)}</p>
                <form method="post" action=SignOut::PATH>
                    <button class="button primary wide">{t.get(Key::NavSignOut)}</button>
                </form>
            </div>
        }
        .into_any()
    } else {
        view! {
            <Form state=state labels=labels class="card" check=check>
                {store}
                <input type="hidden" name="token" value=token/>
                <p>{t.get(if known { Key::InvitationKnownPerson } else { Key::InvitationNewPerson })}</p>
                {(!known).then(|| new_person(state))}
                <button class="button primary wide" disabled=state.pending()>{t.get(Key::InvitationAccept)}</button>
            </Form>
        }
        .into_any()
    };
    view! {
        <PageTitle text=title.clone()/>
        <div class="intro"><h1>{title}</h1><p>{intro}</p><p><strong>{invitation.email}</strong></p></div>
        {form}
    }
    .into_any()
}

fn new_person(state: FormState) -> impl IntoView {
    let t = use_texts();
    view! {
        <div class="fields">
            <TextField state=state name="first_name" label=t.get(Key::SignUpFirstName) autofill="given-name" max=80 required=true/>
            <TextField state=state name="last_name" label=t.get(Key::SignUpLastName) autofill="family-name" max=80 required=true/>
            <PasswordField state=state name="password" label=t.get(Key::SignUpPassword) autofill="new-password" full=true
                help=Some(t.fill(Key::SignUpPasswordHelp, &[("min", &check::PASSWORD_MIN.to_string())]))/>
        </div>
    }
}
