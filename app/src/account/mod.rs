//! A person's own account: the steps around signing in, profile, password, e-mail address, sessions,
//! two-factor sign-in and passkeys. All of it is made on the server.
pub mod confirm;
mod cookie;
pub mod outside;
pub mod person;
pub mod security;

pub use cookie::begin_step;

use crate::panel::Visit;
use domain::passkey::Offer;
use model::{
    panel::{Assist, Block, Card, Form, Inline},
    text::Key,
};

/// A card around one thing, for pages outside the console.
fn card(id: &str, title: &str, intro: String) -> Card {
    Card { wide: true, ..Card::new(id, title, intro) }
}

/// A paragraph of plain text.
fn text(words: impl Into<String>) -> Block {
    Block::Text(vec![Inline::text(words)])
}

/// A form whose passkey the browser uses or makes before it is sent.
fn ceremony(action: &str, submit: &str, assist: Assist, offer: Offer) -> Form {
    let form = Form::new(action, submit)
        .hidden("options", offer.options)
        .hidden("state", offer.state)
        .hidden("credential", "");
    Form { assist: Some(assist), ..form }
}

/// That passkeys need what plain HTML does not have.
fn needs_script(visit: &Visit) -> Block {
    Block::Text(vec![Inline::Muted(visit.t.get(Key::AccountPasskeyScript).to_owned())])
}
