use super::{
    difference::FieldChange,
    service::{complete, parse, stored},
    store,
};
use crate::{Error, Result, db::Conn};
use model::settings::{Document, Section};

/// A section as it was at `version`, complete; 0 is what it is before anybody stored anything.
/// It walks back from the next kept snapshot, so that it costs the same in any history.
///
/// # Errors
/// [`Error::NotFound`] for a version that never was.
pub async fn document_at(
    conn: &mut Conn<'_>,
    scope: &str,
    section: &'static Section,
    version: i64,
) -> Result<Document> {
    let now = stored(conn, scope, section).await?;
    if !(0..=now.version).contains(&version) {
        return Err(Error::NotFound);
    }
    let (from, mut document) = match store::snapshot(conn, scope, section, version).await? {
        Some(row) => (row.version, complete(section, &parse(&row.snapshot)?)),
        None => (now.version, now.document),
    };
    for row in store::changes_between(conn, scope, section, version, from).await? {
        let changes: Vec<FieldChange> = changes(&row.changes)?;
        for change in changes {
            if let Some(value) = document.get_mut(&change.field) {
                *value = change.old;
            }
        }
    }
    Ok(document)
}

/// The fields of a stored change.
pub(super) fn changes(text: &str) -> Result<Vec<FieldChange>> {
    serde_json::from_str(text).map_err(|error| Error::Corrupt(format!("settings history: {error}")))
}
