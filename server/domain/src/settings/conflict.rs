use super::{
    service::name,
    store::{self, ChangeRow},
};
use crate::{Error, Result, db::Conn, format, reference};
use model::{
    Conflict, ConflictField,
    settings::{Document, Field, Kind, Section, Value},
    text::{Key, Texts},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One field of a save, as the history keeps it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct FieldChange {
    pub(super) field: String,
    pub(super) old: Value,
    pub(super) new: Value,
}

/// The fields in which `new` differs from `old`, in the section's order.
pub(super) fn differences(section: &Section, old: &Document, new: &Document) -> Vec<FieldChange> {
    let changed = section.fields().filter_map(|field| {
        let (old, new) = (old.get(field.key)?, new.get(field.key)?);
        (old != new).then(|| FieldChange {
            field: field.key.to_owned(),
            old: old.clone(),
            new: new.clone(),
        })
    });
    changed.collect()
}

/// A field that others changed since the form was loaded.
struct Other {
    base: Value,
    by: String,
    at: i64,
}

/// What a stale save needs to be told.
pub(super) struct Sides<'a> {
    pub(super) section: &'static Section,
    pub(super) scope: &'a str,
    /// The version that the form was loaded with.
    pub(super) base: i64,
    /// What is stored now.
    pub(super) version: i64,
    pub(super) current: &'a Document,
    pub(super) mine: &'a Document,
}

/// The conflict of a stale save: every field that somebody else changed since and that the person
/// wants to be otherwise; `None` where both sides agree on all of them.
pub(super) async fn find(
    conn: &mut Conn<'_>,
    sides: &Sides<'_>,
    t: Texts,
    now: i64,
) -> Result<Option<Conflict>> {
    let rows = store::changes_since(conn, sides.scope, sides.section, sides.base).await?;
    let others = others(rows)?;
    let field = |field: &'static Field| {
        let other = others.get(field.key)?;
        let (mine, theirs) = (sides.mine.get(field.key)?, sides.current.get(field.key)?);
        (mine != theirs).then(|| ConflictField {
            field: field.key.to_owned(),
            label: t.get(field.label).to_owned(),
            mine_shown: shown(field, mine, t, now),
            theirs_shown: shown(field, theirs, t, now),
            base: other.base.clone(),
            mine: mine.clone(),
            theirs: theirs.clone(),
            by: other.by.clone(),
            at: format::relative_time(t, now, other.at),
        })
    };
    let fields: Vec<_> = sides.section.fields().filter_map(field).collect();
    let conflict = Conflict { version: sides.version, current: sides.current.clone(), fields };
    Ok((!conflict.fields.is_empty()).then_some(conflict))
}

/// A value as people read it: the choice's label, or the text.
fn shown(field: &Field, value: &Value, t: Texts, now: i64) -> String {
    match field.kind {
        _ if value.is_empty() => t.get(Key::ConflictEmpty).to_owned(),
        Kind::Image => t.get(Key::ConflictImage).to_owned(),
        Kind::Select(source) => {
            let mut known = reference::choices(source, t.lang(), now).into_iter();
            let chosen = known.find(|choice| choice.value == value.as_input());
            chosen.map_or_else(|| value.as_input().to_owned(), |choice| choice.label)
        }
        _ => value.as_input().to_owned(),
    }
}

/// By field: what it was before the first of these saves, and who made the last.
fn others(rows: Vec<ChangeRow>) -> Result<BTreeMap<String, Other>> {
    let mut others: BTreeMap<String, Other> = BTreeMap::new();
    for row in rows {
        let changes: Vec<FieldChange> = serde_json::from_str(&row.changes)
            .map_err(|error| Error::Corrupt(format!("settings history: {error}")))?;
        for change in changes {
            let base = match others.remove(&change.field) {
                Some(earlier) => earlier.base,
                None => change.old,
            };
            let by = name(&row.first_name, &row.last_name);
            others.insert(change.field, Other { base, by, at: row.saved_at });
        }
    }
    Ok(others)
}
