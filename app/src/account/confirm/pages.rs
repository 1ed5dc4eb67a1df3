use super::api::{Confirm, ConfirmCode, ConfirmPasskey};
use crate::{
    account::{card, ceremony, needs_script, text},
    panel::{Page, Visit},
    path::Path,
};
use domain::Result;
use leptos::server_fn::ServerFn;
use model::{
    panel::{Assist, Field, Form, Kind, Link, Look, Panel},
    text::Key,
};

/// The page.
pub const PAGES: &[Page] =
    &[Page { pattern: "/account/confirm", panel: |visit| Box::pin(confirm(visit)) }];

/// Asks who is there. Also shown in place of a page that demands it.
pub async fn confirm(visit: Visit) -> Result<Panel> {
    let (t, next) = (visit.t, visit.query("next").to_owned());
    let actor = visit.actor()?;
    let ways = domain::account::ways(&visit.domain, actor).await?;
    let back = Link::new(t.get(Key::CommonCancel), Path::Root);
    let mut panel = Panel::new(t.get(Key::AccountConfirmTitle), t.get(Key::AccountConfirmIntro));
    if ways.password {
        let password =
            Field::new("password", Kind::Password { new: false }, t.get(Key::SignInPassword))
                .required()
                .autofill("current-password");
        let form = Form::new(Confirm::PATH, t.get(Key::AccountConfirmSubmit))
            .hidden("next", &next)
            .field(password)
            .cancel(back.clone());
        panel = panel.with(card("password-card", &actor.person.email, String::new()).with(form));
    }
    if ways.code {
        let code = Field::new("code", Kind::Code, t.get(Key::AccountCode))
            .required()
            .help(t.get(Key::AccountVerifyHelp))
            .autofill("one-time-code");
        let form = Form::new(ConfirmCode::PATH, t.get(Key::AccountConfirmSubmit))
            .hidden("next", &next)
            .field(code)
            .cancel(back);
        panel = panel.with(card("code-card", &actor.person.email, String::new()).with(form));
    }
    let other = ways.passkey.is_some();
    if let Some(offer) = ways.passkey {
        let submit = t.get(Key::AccountPasskeyUse);
        let form = ceremony(ConfirmPasskey::PATH, submit, Assist::UsePasskey, offer)
            .hidden("next", &next)
            .look(Look::Button);
        let content = card("passkey-card", t.get(Key::AccountPasskeyInstead), String::new());
        panel = panel.with(content.with(form).with(needs_script(&visit)));
    }
    if !ways.password && !ways.code && !other {
        panel = panel.with(text(t.get(Key::AccountConfirmNothing)));
    }
    Ok(panel)
}
