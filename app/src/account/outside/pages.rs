//! Pages of the steps around signing in.
use super::api::{ConfirmEmail, Forgot, Reset, SignInPasskey, Verify, VerifyPasskey};
use crate::{
    account::{card, ceremony, cookie::step_token, needs_script, text},
    panel::{Page, Visit},
    path::Path,
};
use domain::{Error, Result};
use leptos::server_fn::ServerFn;
use model::{
    Refusal, check,
    panel::{Assist, Empty, Field, Form, Kind, Link, Look, Panel},
    text::{Key, Texts},
};

/// The pages.
pub const PAGES: &[Page] = &[
    Page { pattern: "/account/verify", panel: |visit| Box::pin(verify(visit)) },
    Page { pattern: "/account/passkey", panel: |visit| Box::pin(passkey(visit)) },
    Page { pattern: "/account/forgot", panel: |visit| Box::pin(forgot(visit)) },
    Page { pattern: "/account/forgot/sent", panel: |visit| Box::pin(sent(visit)) },
    Page { pattern: "/account/reset/{token}", panel: |visit| Box::pin(reset(visit)) },
    Page { pattern: "/account/email/{token}", panel: |visit| Box::pin(email(visit)) },
];

/// A page that only says why it can show nothing else.
fn dead(t: Texts, refusal: Refusal, link: Link) -> Panel {
    let empty = Empty {
        icon: "link".to_owned(),
        title: t.get(Key::InvitationRefusedTitle).to_owned(),
        text: t.get(refusal.text()).to_owned(),
        actions: vec![link.look(Look::Button)],
    };
    Panel::message(empty)
}

/// The panel, or why the link that leads here does not work.
fn or_dead(visit: &Visit, link: Link, made: Result<Panel>) -> Result<Panel> {
    match made {
        Err(Error::Refused(refusal)) => Ok(dead(visit.t, refusal, link)),
        other => other,
    }
}

fn to_sign_in(visit: &Visit) -> Link {
    let next = visit.query("next").to_owned();
    let path = if next.is_empty() { Path::SignIn } else { Path::SignInThen(next) };
    Link::new(visit.t.get(Key::SignInTitle), path)
}

/// The second factor of a sign-in.
async fn verify(visit: Visit) -> Result<Panel> {
    let (t, next) = (visit.t, visit.query("next").to_owned());
    let pending = match step_token() {
        Ok(token) => domain::session::step::pending(&visit.domain, &token).await,
        Err(error) => Err(error),
    };
    let made = pending.map(|pending| {
        let code = Field::new("code", Kind::Code, t.get(Key::AccountCode))
            .required()
            .help(t.get(Key::AccountVerifyHelp))
            .autofill("one-time-code");
        let form = Form::new(Verify::PATH, t.get(Key::AccountVerifySubmit))
            .hidden("next", &next)
            .field(code)
            .cancel(to_sign_in(&visit));
        let app = card("app", t.get(Key::AccountVerifyApp), String::new()).with(form);
        let mut panel = Panel::new(t.get(Key::AccountVerifyTitle), t.get(Key::AccountVerifyIntro));
        panel = panel.with(app);
        if let Some(offer) = pending.passkey {
            let submit = t.get(Key::AccountPasskeyUse);
            let form = ceremony(VerifyPasskey::PATH, submit, Assist::UsePasskey, offer)
                .hidden("next", &next)
                .look(Look::Button);
            let other = card("passkey", t.get(Key::AccountPasskeyInstead), String::new());
            panel = panel.with(other.with(form).with(needs_script(&visit)));
        }
        panel
    });
    or_dead(&visit, to_sign_in(&visit), made)
}

/// Signing in with a passkey.
async fn passkey(visit: Visit) -> Result<Panel> {
    let t = visit.t;
    let panel = Panel::new(t.get(Key::AccountPasskeyTitle), t.get(Key::AccountPasskeyIntro));
    let Ok(offer) = domain::passkey::offer_sign_in(&visit.domain) else {
        let empty = Empty {
            icon: "key-round".to_owned(),
            title: t.get(Key::AccountPasskeyImpossible).to_owned(),
            text: t.get(Key::AccountPasskeyImpossibleText).to_owned(),
            actions: vec![to_sign_in(&visit).look(Look::Button)],
        };
        return Ok(panel.with(empty));
    };
    let submit = t.get(Key::AccountPasskeyUse);
    let form = ceremony(SignInPasskey::PATH, submit, Assist::UsePasskey, offer)
        .hidden("next", visit.query("next"))
        .cancel(Link::new(t.get(Key::AccountPasskeyPassword), to_sign_in(&visit).href));
    let content = card("use", t.get(Key::AccountPasskeyTitle), String::new());
    Ok(panel.with(content.with(form).with(needs_script(&visit))))
}

/// Who forgot the password.
async fn forgot(visit: Visit) -> Result<Panel> {
    let t = visit.t;
    let email = Field::new("email", Kind::Email, t.get(Key::SignInEmail))
        .required()
        .max(254)
        .autofill("username");
    let form = Form::new(Forgot::PATH, t.get(Key::AccountForgotSubmit))
        .field(email)
        .cancel(to_sign_in(&visit));
    let content = card("address", t.get(Key::AccountForgotCard), String::new());
    Ok(Panel::new(t.get(Key::AccountForgotTitle), t.get(Key::AccountForgotIntro))
        .with(content.with(form)))
}

/// What that shows next, whoever the address belongs to.
async fn sent(visit: Visit) -> Result<Panel> {
    let t = visit.t;
    let mut actions = vec![to_sign_in(&visit).look(Look::Button)];
    if visit.domain.options.demo {
        actions.push(Link::button(t.get(Key::MailboxLink), Path::Mailbox).external());
    }
    let empty = Empty {
        icon: "mail-check".to_owned(),
        title: t.get(Key::AccountForgotSentTitle).to_owned(),
        text: t.get(Key::AccountForgotSentText).to_owned(),
        actions,
    };
    Ok(Panel::message(empty))
}

/// A new password by a mail's link.
async fn reset(visit: Visit) -> Result<Panel> {
    let (t, token) = (visit.t, visit.param::<String>("token")?);
    let pending = domain::password_reset::pending(&visit.domain, &token).await;
    let made = pending.map(|email| {
        let help = t.fill(Key::SignUpPasswordHelp, &[("min", &check::PASSWORD_MIN.to_string())]);
        let password =
            Field::new("password", Kind::Password { new: true }, t.get(Key::AccountPasswordNew))
                .required()
                .help(help)
                .autofill("new-password");
        let form = Form::new(Reset::PATH, t.get(Key::AccountResetSubmit))
            .hidden("token", &token)
            .field(password);
        let content = card("new-password", &email, t.get(Key::AccountResetText).to_owned());
        Panel::new(t.get(Key::AccountResetTitle), "").with(content.with(form))
    });
    let again = Link::new(t.get(Key::AccountForgotSubmit), Path::Account("forgot"));
    or_dead(&visit, again, made)
}

/// A new e-mail address by a mail's link.
async fn email(visit: Visit) -> Result<Panel> {
    let (t, token) = (visit.t, visit.param::<String>("token")?);
    let pending = domain::account::pending_email(&visit.domain, &token).await;
    let made = pending.map(|email| {
        let form = Form::new(ConfirmEmail::PATH, t.get(Key::AccountEmailConfirmSubmit))
            .hidden("token", &token);
        let content = card("email", &email, String::new());
        let content = content.with(text(t.get(Key::AccountEmailConfirmText)));
        Panel::new(t.get(Key::AccountEmailConfirmTitle), "").with(content.with(form))
    });
    or_dead(&visit, to_sign_in(&visit), made)
}
