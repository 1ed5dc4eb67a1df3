//! The pop-ups over the security page.
use super::{
    api::{AddPasskey, NewCodes, RemovePasskey, RenamePasskey, TurnOffTwoFactor},
    pages::listed,
};
use crate::{
    account::{ceremony, needs_script, text},
    panel::Visit,
    path::Path,
};
use domain::{
    Error, Result,
    passkey::{self, PasskeyView},
};
use leptos::server_fn::ServerFn;
use model::{
    PasskeyId,
    panel::{Assist, Block, Dialog, Field, Form, Kind, Link, Look, Panel},
    text::Key,
};

/// The security page with a pop-up over it.
async fn over(visit: &Visit, title: String, blocks: Vec<Block>) -> Result<Panel> {
    let mut panel = listed(visit).await?;
    let back = Path::Me("/security").to_string();
    panel.dialog = Some(Box::new(Dialog { title, back, blocks, wide: false }));
    Ok(panel)
}

fn cancel(visit: &Visit) -> Link {
    Link::button(visit.t.get(Key::CommonCancel), Path::Me("/security"))
}

/// Whether to turn two-factor sign-in off.
pub(super) async fn off(visit: Visit) -> Result<Panel> {
    let t = visit.t;
    visit.actor()?.recently_confirmed(visit.domain.now())?;
    let form = Form::new(TurnOffTwoFactor::PATH, t.get(Key::AccountTwoFactorOff))
        .look(Look::Danger)
        .cancel(cancel(&visit));
    let blocks = vec![text(t.get(Key::AccountTwoFactorOffText)), form.into()];
    over(&visit, t.get(Key::AccountTwoFactorOffTitle).to_owned(), blocks).await
}

/// Whether to replace the recovery codes.
pub(super) async fn codes(visit: Visit) -> Result<Panel> {
    let t = visit.t;
    visit.actor()?.recently_confirmed(visit.domain.now())?;
    let form = Form::new(NewCodes::PATH, t.get(Key::AccountCodesNew)).cancel(cancel(&visit));
    let blocks = vec![text(t.get(Key::AccountCodesNewText)), form.into()];
    over(&visit, t.get(Key::AccountCodesNewTitle).to_owned(), blocks).await
}

/// A new passkey.
pub(super) async fn new(visit: Visit) -> Result<Panel> {
    let t = visit.t;
    let actor = visit.actor()?;
    actor.recently_confirmed(visit.domain.now())?;
    let title = t.get(Key::AccountPasskeyAdd).to_owned();
    if !passkey::available(&visit.domain) {
        return over(&visit, title, vec![text(t.get(Key::AccountPasskeyImpossibleText))]).await;
    }
    let offer = passkey::offer_new(&visit.domain, actor).await?;
    let submit = t.get(Key::AccountPasskeyAddSubmit);
    let form = ceremony(AddPasskey::PATH, submit, Assist::CreatePasskey, offer)
        .field(name_field(&visit, ""))
        .cancel(cancel(&visit));
    let blocks = vec![text(t.get(Key::AccountPasskeyAddText)), needs_script(&visit), form.into()];
    over(&visit, title, blocks).await
}

fn name_field(visit: &Visit, value: &str) -> Field {
    Field::new("name", Kind::Text, visit.t.get(Key::AccountPasskeyName))
        .required()
        .max(60)
        .value(value)
        .help(visit.t.get(Key::AccountPasskeyNameHelp))
}

async fn named(visit: &Visit) -> Result<PasskeyView> {
    let id: PasskeyId = visit.param("passkey")?;
    let all = passkey::list(&visit.domain, visit.actor()?).await?;
    all.into_iter().find(|passkey| passkey.id == id).ok_or(Error::NotFound)
}

/// Another name for a passkey.
pub(super) async fn rename(visit: Visit) -> Result<Panel> {
    let t = visit.t;
    let passkey = named(&visit).await?;
    let form = Form::new(RenamePasskey::PATH, t.get(Key::CommonSave))
        .hidden("passkey", &passkey.id)
        .field(name_field(&visit, &passkey.name))
        .cancel(cancel(&visit));
    over(&visit, t.get(Key::AccountPasskeyRename).to_owned(), vec![form.into()]).await
}

/// Whether to remove a passkey.
pub(super) async fn remove(visit: Visit) -> Result<Panel> {
    let t = visit.t;
    visit.actor()?.recently_confirmed(visit.domain.now())?;
    let passkey = named(&visit).await?;
    let form = Form::new(RemovePasskey::PATH, t.get(Key::AccountPasskeyRemove))
        .hidden("passkey", &passkey.id)
        .look(Look::Danger)
        .cancel(cancel(&visit));
    let title = t.fill(Key::AccountPasskeyRemoveTitle, &[("name", &passkey.name)]);
    over(&visit, title, vec![text(t.get(Key::AccountPasskeyRemoveText)), form.into()]).await
}
