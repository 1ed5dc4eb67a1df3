use super::{
    api::{Accept, LoadInvitation, SignOut},
    sign_up::dead_link,
};
use crate::{
    layout::AuthFrame,
    load::page,
    ui::{Check, Form, FormState, PageTitle, control, labels, square, use_texts},
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;
use model::{
    FieldError, Input, check,
    panel::{Field, Kind},
    text::{Key, Texts},
    view::InvitationView,
};

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
    let role = invitation.role.as_str();
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
    let person = new_person(t);
    let (known, email) = (invitation.known, invitation.email.clone());
    let check = (!known).then(|| Check::new(move |input: Input| faults(&input, &email)));
    let names = match invitation.stores.as_slice() {
        [] => vec![(invitation.organization.clone(), role.to_owned())],
        stores => stores.to_vec(),
    };
    let organization = invitation.organization.clone();
    let rows = names.into_iter().map(|(store, role)| {
        view! {
            <li>
                {square(&store, true)}
                <div><b>{store}</b><br/><span class="muted">{organization.clone()}" · "{role}</span></div>
            </li>
        }
    });
    let store = view! { <ul class="rows">{rows.collect_view()}</ul> };
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
            <Form state=state labels=labels(&person) class="card" check=check>
                {store}
                <input type="hidden" name="token" value=token/>
                <p>{t.get(if known { Key::InvitationKnownPerson } else { Key::InvitationNewPerson })}</p>
                {(!known).then(|| view! {
                    <div class="fields">{person.into_iter().map(|field| control(state, field)).collect_view()}</div>
                })}
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

fn new_person(t: Texts) -> Vec<Field> {
    let field = |name: &str, kind, label| Field::new(name, kind, t.get(label)).required();
    let min = check::PASSWORD_MIN.to_string();
    vec![
        field("first_name", Kind::Text, Key::SignUpFirstName).autofill("given-name").max(80).half(),
        field("last_name", Kind::Text, Key::SignUpLastName).autofill("family-name").max(80).half(),
        field("password", Kind::Password { new: true }, Key::SignUpPassword)
            .autofill("new-password")
            .help(t.fill(Key::SignUpPasswordHelp, &[("min", &min)])),
    ]
}
