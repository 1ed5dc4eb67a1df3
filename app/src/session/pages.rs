//! The pages of signing in, signing up and accepting an invitation.
use super::api::{Accept, Confirm, SignIn, SignOut, SignUp};
use crate::{
    panel::{Page, Visit},
    path::Path,
};
use domain::{Error, Result};
use leptos::server_fn::ServerFn;
use model::{
    Refusal, check,
    panel::{Block, Brand, Card, Choice, Empty, Field, Form, Inline, Kind, Link, Look, Panel, Who},
    text::{Key, Lang, Texts},
    view::InvitationView,
};

/// The pages.
pub const PAGES: &[Page] = &[
    Page { pattern: "/sign-in", panel: |visit| Box::pin(async move { Ok(sign_in(&visit)) }) },
    Page { pattern: "/sign-up", panel: |visit| Box::pin(async move { Ok(sign_up(visit.t)) }) },
    Page { pattern: "/sign-up/sent", panel: |visit| Box::pin(async move { Ok(sent(&visit)) }) },
    Page { pattern: "/sign-up/confirm/{token}", panel: |visit| Box::pin(confirm(visit)) },
    Page { pattern: "/invitations/{token}", panel: |visit| Box::pin(invitation(visit)) },
];

/// The demonstration's people: e-mail address and role.
const DEMO: [(&str, Key); 2] =
    [("admin@demo.example", Key::RoleAdministrator), ("marketer@demo.example", Key::RoleMarketer)];
/// Their password.
const DEMO_PASSWORD: &str = "store-manager-demo";

fn sign_in(visit: &Visit) -> Panel {
    let (t, next) = (visit.t, visit.query("next"));
    let email = Field::new("email", Kind::Email, t.get(Key::SignInEmail)).autofill("username");
    let password = Kind::Password { new: false };
    let password = Field::new("password", password, t.get(Key::SignInPassword));
    let form = Form::new(SignIn::PATH, t.get(Key::SignInSubmit))
        .hidden("next", next)
        .field(email.required())
        .field(password.autofill("current-password").required());
    let link = |key, path: Path| Inline::Link(Link::new(t.get(key), path));
    let forgot = vec![link(Key::SignInForgot, Path::Account("forgot"))];
    let other = vec![
        link(Key::SignInPasskey, Path::AccountThen("passkey", next.to_owned())),
        Inline::text(" · "),
        link(Key::TabSingleSignOn, Path::SignOn),
    ];
    let new = vec![
        Inline::text(format!("{} ", t.get(Key::SignInNoAccount))),
        link(Key::SignInCreate, Path::SignUp),
    ];
    let panel = Panel::new(t.get(Key::SignInTitle), t.get(Key::SignInIntro))
        .with(form)
        .with(Block::Text(forgot))
        .with(Block::Text(other))
        .with(Block::Text(new));
    if visit.domain.options.demo { panel.with(demo(t, next)) } else { panel }
}

/// The sign-ins of the demonstration, one click each.
fn demo(t: Texts, next: &str) -> Card {
    let people = DEMO.map(|(email, role)| {
        let name = format!("{} – {}", t.get(Key::SignInSubmit), t.get(role));
        let form = Form::new(SignIn::PATH, t.get(Key::SignInSubmit))
            .look(Look::Button)
            .named(name)
            .hidden("next", next)
            .hidden("email", email)
            .hidden("password", DEMO_PASSWORD);
        let who = Who { name: t.get(role).into(), below: email.into(), ..Who::default() };
        vec![who.into(), Inline::Choose(Box::new(form))]
    });
    let password = vec![
        Inline::text(format!("{} ", t.get(Key::SignInDemoPassword))),
        Inline::Code(DEMO_PASSWORD.to_owned()),
    ];
    let card = Card::new("demo", t.get(Key::SignInDemoTitle), t.get(Key::SignInDemoIntro));
    Card { wide: true, ..card.with(Block::Rows(people.to_vec())).with(Block::Text(password)) }
}

/// Create an account (M-05 to M-08).
fn sign_up(t: Texts) -> Panel {
    let form = Form::new(SignUp::PATH, t.get(Key::SignUpSubmit));
    let form = Form { fields: sign_up_fields(t), ..form };
    let have = vec![
        Inline::text(format!("{} ", t.get(Key::SignUpHaveAccount))),
        Inline::Link(Link::new(t.get(Key::SignUpSignIn), Path::SignIn)),
    ];
    Panel::new(t.get(Key::SignUpTitle), t.get(Key::SignUpIntro)).with(form).with(Block::Text(have))
}

fn name_fields(t: Texts) -> [Field; 2] {
    let field = |name: &str, label| Field::new(name, Kind::Text, t.get(label)).required();
    [
        field("first_name", Key::SignUpFirstName).autofill("given-name").max(80).half(),
        field("last_name", Key::SignUpLastName).autofill("family-name").max(80).half(),
    ]
}

fn new_password(t: Texts) -> Field {
    let min = check::PASSWORD_MIN.to_string();
    Field::new("password", Kind::Password { new: true }, t.get(Key::SignUpPassword))
        .autofill("new-password")
        .help(t.fill(Key::SignUpPasswordHelp, &[("min", &min)]))
        .required()
}

fn sign_up_fields(t: Texts) -> Vec<Field> {
    let field = |name: &str, kind, label| Field::new(name, kind, t.get(label)).required();
    let languages = Lang::ALL.map(|l| Choice::new(l.code(), l.endonym())).to_vec();
    let mut fields = Vec::from(name_fields(t));
    fields.extend([
        field("email", Kind::Email, Key::SignUpEmail).autofill("email"),
        new_password(t),
        field("phone", Kind::Phone, Key::SignUpPhone)
            .autofill("tel")
            .half()
            .help(t.get(Key::SignUpPhoneHelp)),
        field("language", Kind::Select(languages.into()), Key::SignUpLanguage)
            .value(t.lang().code())
            .half(),
        field("organization", Kind::Text, Key::SignUpOrganization)
            .autofill("organization")
            .max(160)
            .half()
            .help(t.get(Key::SignUpOrganizationHelp)),
        field("store", Kind::Text, Key::SignUpStore).max(80).half(),
        field("consent_data", Kind::Check, Key::SignUpConsentData).group(t.get(Key::SignUpConsent)),
        Field::new("consent_marketing", Kind::Check, t.get(Key::SignUpConsentMarketing)),
    ]);
    fields
}

/// What a sign-up shows next, whoever the address belongs to.
fn sent(visit: &Visit) -> Panel {
    let t = visit.t;
    let mailbox = Link::button(t.get(Key::MailboxLink), Path::Mailbox).external();
    let empty = Empty {
        icon: "mail-check".to_owned(),
        title: t.get(Key::SignUpSentTitle).to_owned(),
        text: t.get(Key::SignUpSentText).to_owned(),
        actions: if visit.domain.options.demo { vec![mailbox] } else { Vec::new() },
    };
    let hint = vec![Inline::Muted(t.get(Key::SignUpSentHint).to_owned())];
    Panel::message(empty).with(Block::Text(hint))
}

/// A link of a mail that does not work any more, and why.
fn dead(t: Texts, refusal: Refusal) -> Panel {
    let empty = Empty {
        icon: "link".to_owned(),
        title: t.get(Key::InvitationRefusedTitle).to_owned(),
        text: t.get(refusal.text()).to_owned(),
        actions: vec![Link::button(t.get(Key::SignInTitle), Path::SignIn)],
    };
    Panel::message(empty)
}

/// A link that does not work is something to show, not a fault.
fn alive<T>(t: Texts, found: Result<T>, show: impl FnOnce(T) -> Panel) -> Result<Panel> {
    match found {
        Err(Error::Refused(refusal)) => Ok(dead(t, refusal)),
        other => other.map(show),
    }
}

/// Where the link of the confirmation mail leads to. Opening it changes nothing yet: mail scanners
/// open links, too.
async fn confirm(visit: Visit) -> Result<Panel> {
    let (t, token) = (visit.t, visit.param::<String>("token")?);
    let found = domain::registration::pending(&visit.domain, &token).await;
    alive(t, found, |email| {
        let password = Kind::Password { new: false };
        let password = Field::new("password", password, t.get(Key::SignUpPassword));
        let form = Form::new(Confirm::PATH, t.get(Key::SignUpConfirmSubmit))
            .hidden("token", token)
            .field(password.autofill("current-password").required());
        Panel::new(t.get(Key::SignUpConfirmTitle), t.get(Key::SignUpConfirmText))
            .with(Block::Text(vec![Inline::Strong(email)]))
            .with(form)
    })
}

/// Where the button of the invitation mail leads to (C-24).
async fn invitation(visit: Visit) -> Result<Panel> {
    let (t, token) = (visit.t, visit.param::<String>("token")?);
    let person = visit.request.signed_in.as_ref();
    let found = domain::invitation::view(&visit.domain, &token, person, t).await;
    alive(t, found, |invitation| accept(t, &invitation, &token))
}

fn accept(t: Texts, invitation: &InvitationView, token: &str) -> Panel {
    let title = t.fill(Key::InvitationTitle, &[("store", &invitation.store)]);
    let values = [
        ("person", invitation.invited_by.as_str()),
        ("store", &invitation.store),
        ("organization", &invitation.organization),
        ("role", &invitation.role),
    ];
    let mut panel = Panel::new(title, t.fill(Key::InvitationIntro, &values));
    if invitation.logo || invitation.styles.is_some() {
        panel = panel.with(Brand {
            styles: invitation.styles.iter().cloned().collect(),
            logo: invitation.logo.then(|| Path::InvitationLogo(token.to_owned()).to_string()),
            name: invitation.store.clone(),
            sample: None,
        });
    }
    let panel = panel
        .with(Block::Text(vec![Inline::Strong(invitation.email.clone())]))
        .with(Block::Rows(places(invitation)));
    if let Some(other) = &invitation.signed_in_as {
        let values = [("email", other.as_str()), ("invited", &invitation.email)];
        let words = t.fill(Key::InvitationOtherPerson, &values);
        let form = Form::new(SignOut::PATH, t.get(Key::NavSignOut));
        return panel.with(Block::Text(vec![Inline::text(words)])).with(form);
    }
    let mut form = Form::new(Accept::PATH, t.get(Key::InvitationAccept)).hidden("token", token);
    let mut words = Key::InvitationKnownPerson;
    if !invitation.known {
        words = Key::InvitationNewPerson;
        // For the browser's check of the password, and for who keeps it.
        form = form.hidden("email", &invitation.email);
        form.fields.extend(name_fields(t));
        form.fields.push(new_password(t));
    }
    panel.with(Block::Text(vec![Inline::text(t.get(words))])).with(form)
}

/// What it invites to: the stores with the role in each, or the organization.
fn places(invitation: &InvitationView) -> Vec<Vec<Inline>> {
    let organization = [(invitation.organization.clone(), invitation.role.clone())];
    let places: &[(String, String)] =
        if invitation.stores.is_empty() { &organization } else { &invitation.stores };
    let place = |(name, role): &(String, String)| {
        let below = format!("{} · {role}", invitation.organization);
        vec![Who { name: name.clone(), below, square: true, ..Who::default() }.into()]
    };
    places.iter().map(place).collect()
}
