//! What the pages of one section's history share.
use crate::{panel::Visit, path::Path};
use domain::{
    Result,
    access::{self, SectionAccess},
    audit::Reader,
    settings::{How, history::FieldView},
};
use model::{
    panel::{Block, Column, Inline, Row, Table},
    settings::{Place, Section},
    text::{Key, Texts},
};

/// The history of a section that is being looked at.
pub(super) struct Room {
    pub(super) access: SectionAccess,
    pub(super) reader: Reader,
    pub(super) place: Place,
    pub(super) section: &'static Section,
}

impl Room {
    pub(super) async fn of(visit: &Visit) -> Result<Room> {
        let (place, section) = visit.section()?;
        let actor = visit.actor()?;
        let access = access::section_view(&visit.domain, actor, place.clone(), section).await?;
        Ok(Room { access, reader: Reader::of(visit.t, &actor.person), place, section })
    }

    /// The address of the list, or of what lies below it.
    pub(super) fn path(&self, rest: &str) -> String {
        path(&self.place, self.section, rest)
    }

    /// The section's name in a text.
    pub(super) fn titled(&self, key: Key) -> String {
        let t = self.reader.t;
        t.fill(key, &[("section", t.get(self.section.title))])
    }
}

/// The address of a section's history, or of what lies below it.
pub fn path(place: &Place, section: &Section, rest: &str) -> String {
    let slash = if rest.is_empty() { "" } else { "/" };
    Path::of_section(place, section, &format!("history{slash}{rest}")).to_string()
}

/// How a version came about, in words.
pub(super) fn how(t: Texts, how: &How) -> String {
    let of = |key: Key, version: i64| t.fill(key, &[("version", &version.to_string())]);
    match how {
        How::Save => t.get(Key::HistoryHowSave).to_owned(),
        How::Undo(version) => of(Key::HistoryHowUndo, *version),
        How::Return(version) => of(Key::HistoryHowReturn, *version),
        How::Apply => t.get(Key::HistoryHowApply).to_owned(),
        How::Batch(_) => t.get(Key::HistoryHowBatch).to_owned(),
    }
}

/// Fields before and after, under these heads.
pub(super) fn changes(t: Texts, changes: &[FieldView], old: String, new: String) -> Block {
    let row = |change: &FieldView| Row {
        id: change.field.clone(),
        cells: vec![
            vec![Inline::text(&change.label)],
            vec![Inline::text(&change.old)],
            vec![Inline::Strong(change.new.clone())],
        ],
        actions: Vec::new(),
    };
    Block::Table(Table {
        caption: t.get(Key::HistoryChanges).to_owned(),
        columns: vec![Column::new(t.get(Key::AuditField)), Column::new(old), Column::new(new)],
        rows: changes.iter().map(row).collect(),
        ..Table::default()
    })
}
