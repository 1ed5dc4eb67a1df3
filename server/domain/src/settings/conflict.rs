use super::{
    past::changes,
    shown::shown,
    store::{self, ChangeRow},
};
use crate::{Result, access::Person, db::Conn, localization};
use model::{
    Conflict, ConflictField,
    settings::{Document, Field, Place, Section, Value, merge},
    text::Texts,
};
use std::collections::BTreeMap;

/// A field that others changed since the form was loaded.
struct Other {
    base: Value,
    by: String,
    at: i64,
}

/// The sides of a stale save besides what it wants.
pub(super) struct Sides<'a> {
    pub(super) section: &'static Section,
    pub(super) place: &'a Place,
    /// The version that the form was loaded with.
    pub(super) base: i64,
    /// What is stored now.
    pub(super) version: i64,
    pub(super) current: &'a Document,
}

/// Settles a stale save. Lists to which both sides did different things are merged into `mine`.
/// What is left is the conflict: every field that somebody else changed since and that the person
/// wants to be otherwise; `None` where both sides agree on all of them.
pub(super) async fn settle(
    conn: &mut Conn<'_>,
    sides: &Sides<'_>,
    mine: &mut Document,
    reader: &Person,
    now: i64,
) -> Result<Option<Conflict>> {
    let rows = store::changes_since(conn, sides.place.id(), sides.section, sides.base).await?;
    let t = Texts::of(reader.language);
    let locale = localization::of_place(conn, sides.place, reader).await?;
    let mut fields = Vec::new();
    for (key, other) in in_order(sides.section, others(rows, t)?) {
        let (Some(wanted), Some(theirs)) = (mine.get_mut(key.key), sides.current.get(key.key))
        else {
            continue;
        };
        if let Some(merged) = merge(&other.base, wanted, theirs) {
            *wanted = merged;
        } else if wanted != theirs {
            fields.push(ConflictField {
                field: key.key.to_owned(),
                label: t.get(key.label).to_owned(),
                mine_shown: shown(t, key, wanted, now),
                theirs_shown: shown(t, key, theirs, now),
                untouched: *wanted == other.base,
                by: other.by,
                at: locale.relative(now, other.at),
            });
        }
    }
    Ok((!fields.is_empty()).then_some(Conflict { version: sides.version, fields }))
}

fn in_order(
    section: &'static Section,
    mut others: BTreeMap<String, Other>,
) -> Vec<(&'static Field, Other)> {
    section.fields().filter_map(|field| Some((field, others.remove(field.key)?))).collect()
}

/// By field: what it was before the first of these saves, and who made the last.
fn others(rows: Vec<ChangeRow>, t: Texts) -> Result<BTreeMap<String, Other>> {
    let mut others: BTreeMap<String, Other> = BTreeMap::new();
    for row in rows {
        for change in changes(&row.changes)? {
            let base = match others.remove(&change.field) {
                Some(earlier) => earlier.base,
                None => change.old,
            };
            let by = super::service::name(t, &row.first_name, &row.last_name);
            others.insert(change.field, Other { base, by, at: row.saved_at });
        }
    }
    Ok(others)
}
