//! The article of a section, over its page, with the question whether it was useful (C-16).
use super::{
    api::{SendTest, Vote},
    pages::pop_up,
};
use crate::{panel::Visit, path::Path, settings::pages::of};
use domain::{
    Result,
    access::{self, SectionAccess},
    help::{self, Opinion},
};
use leptos::server_fn::ServerFn as _;
use model::{
    panel::{Block, Button, Card, Form, Inline, Look, Panel},
    settings::{Place, Section},
    text::{Key, Texts},
};

/// The article over the section's page.
pub(super) async fn help(visit: Visit) -> Result<Panel> {
    let t = visit.t;
    let (place, section) = visit.section()?;
    let access =
        access::section_view(&visit.domain, visit.actor()?, place.clone(), section).await?;
    let opinion = help::opinion(&visit.domain, &access).await?;
    let back = Path::section(&place, section).to_string();
    let mut dialog = pop_up(t, section, &back);
    dialog.blocks.extend(said(t, opinion, access.editable()));
    dialog.blocks.push(question(t, &place, section).into());
    Ok(Panel { dialog: Some(Box::new(dialog)), ..of(&visit, place, section).await? })
}

/// What the reader said of it, and for who may change the section what all did.
fn said(t: Texts, opinion: Opinion, editable: bool) -> Vec<Block> {
    let mut blocks = Vec::new();
    if editable && opinion.votes > 0 {
        let (useful, votes) = (opinion.useful.to_string(), opinion.votes.to_string());
        let sums = t.fill(Key::SupportSums, &[("useful", &useful), ("votes", &votes)]);
        blocks.push(Block::Text(vec![Inline::Muted(sums)]));
    }
    let text = match opinion.own {
        None => vec![Inline::Strong(t.get(Key::SupportUseful).to_owned())],
        Some(useful) => {
            let own = if useful { Key::SupportVotedYes } else { Key::SupportVotedNo };
            let again = Inline::Muted(t.get(Key::SupportChangeMind).to_owned());
            vec![Inline::text(t.get(own)), Inline::Text(" ".to_owned()), again]
        }
    };
    blocks.push(Block::Text(text));
    blocks
}

fn question(t: Texts, place: &Place, section: &Section) -> Form {
    let answer = |value: &str, label: Key| Button {
        label: t.get(label).to_owned(),
        look: Look::Button,
        value: Some(("useful".to_owned(), value.to_owned())),
        ..Button::default()
    };
    let form = Form::new(Vote::PATH, "").hidden("place", place.id()).hidden("section", section.key);
    let buttons = vec![answer("yes", Key::SupportYes), answer("no", Key::SupportNo)];
    Form { buttons, label: Some(t.get(Key::SupportUseful).to_owned()), ..form }
}

/// The button that mails a sample of notifications, for who may change what they are.
pub fn sample(visit: &Visit, access: &SectionAccess) -> Vec<Block> {
    let t = visit.t;
    let Some(store) = access.store().filter(|_| access.editable()) else { return Vec::new() };
    let form = Form::new(SendTest::PATH, t.get(Key::NotificationsTestButton))
        .hidden("store", store)
        .look(Look::Button);
    let card =
        Card::new("test", t.get(Key::NotificationsTestTitle), t.get(Key::NotificationsTestIntro));
    vec![card.with(form).into()]
}
