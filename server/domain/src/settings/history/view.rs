//! Versions as people read them.
use super::store::VersionRow;
use crate::{
    Result,
    audit::Reader,
    format,
    settings::{FieldChange, How, past, service, shown},
};
use model::{
    settings::{Section, sections},
    text::Key,
};

/// A field before and after, as people read it; of a secret only that it was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldView {
    /// The field's key.
    pub field: String,
    /// Its visible name.
    pub label: String,
    /// As it was.
    pub old: String,
    /// As it became.
    pub new: String,
}

/// A version as people read it.
#[derive(Clone, Debug)]
pub struct VersionView {
    /// Its section.
    pub section: &'static Section,
    /// Its number.
    pub version: i64,
    /// When it was saved, in the reader's time zone.
    pub at: String,
    /// How long ago.
    pub ago: String,
    /// Who saved it.
    pub who: String,
    /// The network address of who did; empty for the program itself.
    pub address: String,
    /// How it came about.
    pub how: How,
    /// What it changed.
    pub changes: Vec<FieldView>,
}

/// The versions for `reader`; what belongs to no registered section is left out.
pub(super) fn views(rows: Vec<VersionRow>, reader: &Reader, now: i64) -> Result<Vec<VersionView>> {
    rows.into_iter().filter_map(|row| view(row, reader, now).transpose()).collect()
}

fn view(row: VersionRow, reader: &Reader, now: i64) -> Result<Option<VersionView>> {
    let Some(section) = sections().find(|section| section.key == row.section) else {
        return Ok(None);
    };
    let changes = past::changes(&row.changes)?;
    Ok(Some(VersionView {
        section,
        version: row.version,
        at: format::date_time(reader.t, &reader.zone, row.saved_at),
        ago: format::relative_time(reader.t, now, row.saved_at),
        who: service::name(reader.t, &row.first_name, &row.last_name),
        address: row.address,
        how: How::read(&row.how)?,
        changes: fields(section, &changes, reader, now),
    }))
}

/// These changes for `reader`. A field that the section no longer has goes by its key, without its
/// values: whether they may be read nobody knows any more.
pub(super) fn fields(
    section: &Section,
    changes: &[FieldChange],
    reader: &Reader,
    now: i64,
) -> Vec<FieldView> {
    let t = reader.t;
    let view = |change: &FieldChange| match section.field(&change.field) {
        Some(field) if field.is_secret() && !change.new.is_empty() => FieldView {
            field: change.field.clone(),
            label: t.get(field.label).to_owned(),
            old: shown(t, field, &change.old, now),
            new: t.get(Key::HistorySecret).to_owned(),
        },
        Some(field) => FieldView {
            field: change.field.clone(),
            label: t.get(field.label).to_owned(),
            old: shown(t, field, &change.old, now),
            new: shown(t, field, &change.new, now),
        },
        None => FieldView {
            field: change.field.clone(),
            label: change.field.clone(),
            old: t.get(Key::CommonNone).to_owned(),
            new: t.get(Key::CommonNone).to_owned(),
        },
    };
    changes.iter().map(view).collect()
}
