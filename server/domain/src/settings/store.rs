use crate::{
    db::{Conn, Result, sql},
    row,
};
use model::{
    PersonId,
    settings::{Place, Section},
};

row! {
    /// A document and who saved it.
    pub(super) struct DocumentRow {
        pub(super) version: i64,
        pub(super) body: String,
        pub(super) saved_at: i64,
        pub(super) first_name: String,
        pub(super) last_name: String,
    }
}

row! {
    /// A save: the fields it changed, and who made it.
    pub(super) struct ChangeRow {
        pub(super) changes: String,
        pub(super) saved_at: i64,
        pub(super) first_name: String,
        pub(super) last_name: String,
    }
}

/// What is to be written of a save.
pub(super) struct Saved<'a> {
    pub(super) scope: &'a str,
    pub(super) section: &'static Section,
    pub(super) version: i64,
    pub(super) body: &'a str,
    pub(super) by: &'a PersonId,
    pub(super) at: i64,
}

/// Locks the settings of a place until the transaction ends.
pub(super) async fn lock(conn: &mut Conn<'_>, place: &Place) -> Result<()> {
    let text = match place {
        Place::Store(_) => "UPDATE store SET guard = guard + 1 WHERE id = $1",
        Place::Organization(_) => "UPDATE organization SET guard = guard + 1 WHERE id = $1",
    };
    sql(text).bind(place.id()).execute(conn).await?;
    Ok(())
}

pub(super) async fn document(
    conn: &mut Conn<'_>,
    scope: &str,
    section: &Section,
) -> Result<Option<DocumentRow>> {
    sql("SELECT d.version, d.body, d.saved_at, p.first_name, p.last_name
         FROM setting_document d JOIN person p ON p.id = d.saved_by
         WHERE d.scope_id = $1 AND d.section = $2")
    .bind(scope)
    .bind(section.key)
    .optional(conn)
    .await
}

pub(super) async fn put(conn: &mut Conn<'_>, saved: &Saved<'_>) -> Result<()> {
    sql("INSERT INTO setting_document (scope_id, section, version, body, saved_by, saved_at)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (scope_id, section) DO UPDATE SET version = excluded.version,
             body = excluded.body, saved_by = excluded.saved_by, saved_at = excluded.saved_at")
    .bind(saved.scope)
    .bind(saved.section.key)
    .bind(saved.version)
    .bind(saved.body)
    .bind(saved.by.as_str())
    .bind(saved.at)
    .execute(conn)
    .await?;
    Ok(())
}

/// The history row of a save; `changes` is JSON.
pub(super) async fn add_change(
    conn: &mut Conn<'_>,
    saved: &Saved<'_>,
    changes: &str,
) -> Result<()> {
    sql("INSERT INTO setting_change (scope_id, section, version, changes, saved_by, saved_at)
         VALUES ($1, $2, $3, $4, $5, $6)")
    .bind(saved.scope)
    .bind(saved.section.key)
    .bind(saved.version)
    .bind(changes)
    .bind(saved.by.as_str())
    .bind(saved.at)
    .execute(conn)
    .await?;
    Ok(())
}

/// The saves after `version`, oldest first.
pub(super) async fn changes_since(
    conn: &mut Conn<'_>,
    scope: &str,
    section: &Section,
    version: i64,
) -> Result<Vec<ChangeRow>> {
    sql("SELECT c.changes, c.saved_at, p.first_name, p.last_name
         FROM setting_change c JOIN person p ON p.id = c.saved_by
         WHERE c.scope_id = $1 AND c.section = $2 AND c.version > $3 ORDER BY c.version")
    .bind(scope)
    .bind(section.key)
    .bind(version)
    .all(conn)
    .await
}

/// Copies the name of a store or an organization from its settings.
pub(super) async fn rename(conn: &mut Conn<'_>, place: &Place, name: &str) -> Result<()> {
    let text = match place {
        Place::Store(_) => "UPDATE store SET name = $1 WHERE id = $2",
        Place::Organization(_) => "UPDATE organization SET name = $1 WHERE id = $2",
    };
    sql(text).bind(name).bind(place.id()).execute(conn).await?;
    Ok(())
}
