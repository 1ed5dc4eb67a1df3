//! The pop-up of a version.
use super::{
    list::{self, numbered},
    room::{self, Room},
};
use crate::panel::Visit;
use domain::{
    Error, Result,
    settings::history::{self, VersionView},
};
use model::{
    panel::{Block, Dialog, Inline, Link, Panel},
    text::Key,
};

/// A version: who, when, from where, how, each field before and after, and what can be done.
pub(super) async fn page(visit: Visit) -> Result<Panel> {
    let room = Room::of(&visit).await?;
    let number = number(&visit)?;
    let (version, current) =
        history::version(&visit.domain, &room.access, &room.reader, number).await?;
    let t = visit.t;
    let mut blocks = match &version {
        Some(version) => vec![
            Block::Facts(facts(&visit, version)),
            room::changes(
                t,
                &version.changes,
                t.get(Key::AuditBefore).to_owned(),
                t.get(Key::AuditAfter).to_owned(),
            ),
        ],
        None => vec![Block::Text(vec![Inline::text(t.get(Key::HistoryCreatedText))])],
    };
    let mut actions = Vec::new();
    if room.access.editable() && version.is_some() {
        actions.push(link(&visit, &room, Key::HistoryUndo, format!("{number}/undo")));
    }
    if room.access.editable() && number != current {
        actions.push(link(&visit, &room, Key::HistoryReturn, format!("{number}/return")));
    }
    if number != current {
        let href = room.path(&format!("compare?version={number}&with={current}"));
        actions.push(Link::button(t.get(Key::HistoryCompareNow), href));
    }
    if !actions.is_empty() {
        blocks.push(Block::Actions(actions.into_iter().map(Into::into).collect()));
    }
    let mut panel = list::panel(&visit, &room).await?;
    let title = numbered(t, Key::HistoryVersion, number);
    let title = format!("{}: {title}", t.get(room.section.title));
    let back = visit.carried_to(room.path(""));
    panel.dialog = Some(Box::new(Dialog { title, back, blocks, wide: true }));
    Ok(panel)
}

/// The version in the address.
pub(super) fn number(visit: &Visit) -> Result<i64> {
    visit.param::<i64>("version").map_err(|_| Error::NotFound)
}

fn link(visit: &Visit, room: &Room, label: Key, rest: String) -> Link {
    Link::button(visit.t.get(label), visit.carried_to(room.path(&rest)))
}

fn facts(visit: &Visit, version: &VersionView) -> Vec<(String, Vec<Inline>)> {
    let t = visit.t;
    let when = vec![Inline::text(&version.at), Inline::Muted(format!(" ({})", version.ago))];
    let mut facts = vec![
        (t.get(Key::AuditWho).to_owned(), vec![Inline::text(&version.who)]),
        (t.get(Key::AuditWhen).to_owned(), when),
    ];
    if !version.address.is_empty() {
        let address = vec![Inline::Code(version.address.clone())];
        facts.push((t.get(Key::HistoryAddress).to_owned(), address));
    }
    let how = vec![Inline::text(room::how(t, &version.how))];
    facts.push((t.get(Key::HistoryHow).to_owned(), how));
    facts
}
