//! The pop-up of an entry.
use super::list::Room;
use crate::path::Path;
use domain::audit::EntryView;
use model::{
    OrganizationId,
    panel::{Block, Column, Dialog, Inline, Link, Look, Row, Table},
    settings::{Place, sections},
    text::{Key, Texts},
};

/// What an entry says: who, when, from where; each value before and after; what proves it.
pub(super) fn dialog(room: &Room, entry: &EntryView, back: String) -> Dialog {
    let t = room.reader.t;
    let position = entry.position.to_string();
    let mut blocks = vec![Block::Facts(facts(t, entry)), values(t, entry)];
    if let Some(href) = room.organization.as_ref().and_then(|id| thing(id, entry)) {
        let link = Link::new(t.get(Key::AuditOpenThing), href).look(Look::Button);
        blocks.push(Block::Actions(vec![link.into()]));
    }
    blocks.push(Block::Facts(vec![
        (t.get(Key::AuditAction).to_owned(), vec![Inline::Code(entry.action.clone())]),
        (t.get(Key::AuditPosition).to_owned(), vec![Inline::text(&position)]),
        (t.get(Key::AuditHash).to_owned(), vec![Inline::Code(entry.hash.clone())]),
    ]));
    Dialog {
        title: t.fill(Key::AuditEntryTitle, &[("position", &position)]),
        back,
        blocks,
        wide: true,
    }
}

fn facts(t: Texts, entry: &EntryView) -> Vec<(String, Vec<Inline>)> {
    let when = vec![Inline::text(&entry.at), Inline::Muted(format!(" ({})", entry.ago))];
    let store = entry.store.as_ref().map(|(_, name)| vec![Inline::text(name)]);
    let code = |text: &String| (!text.is_empty()).then(|| vec![Inline::Code(text.clone())]);
    let facts = [
        (Key::AuditWhat, Some(vec![Inline::Strong(entry.what.clone())])),
        (Key::AuditWho, Some(vec![Inline::text(&entry.who)])),
        (Key::AuditWhen, Some(when)),
        (Key::AuditStore, store),
        (Key::AuditAddress, code(&entry.address)),
        (Key::AuditRequest, code(&entry.request)),
        (Key::AuditSubject, code(&entry.subject)),
    ];
    let known = facts.into_iter().filter_map(|(key, value)| Some((t.get(key).to_owned(), value?)));
    known.collect()
}

fn values(t: Texts, entry: &EntryView) -> Block {
    if entry.differences.is_empty() {
        return Block::Text(vec![Inline::Muted(t.get(Key::AuditNoValues).to_owned())]);
    }
    let row = |(index, change): (usize, &domain::audit::Difference)| {
        let new = match change.old == change.new {
            true => Inline::text(&change.new),
            false => Inline::Strong(change.new.clone()),
        };
        Row {
            id: index.to_string(),
            cells: vec![
                vec![Inline::text(&change.field)],
                vec![Inline::text(&change.old)],
                vec![new],
            ],
            actions: Vec::new(),
        }
    };
    let heads = [Key::AuditField, Key::AuditBefore, Key::AuditAfter];
    Block::Table(Table {
        caption: t.get(Key::AuditChanges).to_owned(),
        columns: heads.map(|key| Column::new(t.get(key))).into(),
        rows: entry.differences.iter().enumerate().map(row).collect(),
        ..Table::default()
    })
}

/// Where what an entry is about can be seen now.
fn thing(organization: &OrganizationId, entry: &EntryView) -> Option<String> {
    let room = |name: &str| format!("/organizations/{organization}/{name}");
    let kind = entry.action.split('.').next().unwrap_or_default();
    Some(match (kind, &entry.store) {
        ("settings", store) => {
            let section = sections().find(|section| section.key == entry.subject)?;
            let place = match store {
                Some((store, _)) => Place::from(store),
                None => Place::from(organization),
            };
            Path::section(&place, section).to_string()
        }
        ("member" | "invitation", Some((store, _))) => Path::Members(store.clone()).to_string(),
        ("member" | "invitation", None) => room("members"),
        ("role", _) => room("roles"),
        (_, Some((store, _))) => Path::Store(store.clone()).to_string(),
        _ => return None,
    })
}
