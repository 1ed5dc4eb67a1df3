use crate::{
    context::Origin,
    db::{Conn, Result, sql},
    row,
};
use model::{
    SecretId,
    settings::{Field, Place, Section},
};

row! {
    /// A document and who saved it; without a name where that was no person.
    pub(super) struct DocumentRow {
        pub(super) version: i64,
        pub(super) body: String,
        pub(super) touched: String,
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
    pub(super) touched: &'a str,
    pub(super) by: &'a str,
    pub(super) at: i64,
}

/// What the history keeps of a save besides.
pub(super) struct NewChange<'a> {
    /// JSON.
    pub(super) changes: String,
    pub(super) how: String,
    pub(super) origin: &'a Origin,
    pub(super) snapshot: Option<&'a str>,
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
    sql("SELECT d.version, d.body, d.touched, d.saved_at, COALESCE(p.first_name, '') AS first_name,
             COALESCE(p.last_name, '') AS last_name
         FROM setting_document d LEFT JOIN person p ON p.id = d.saved_by
         WHERE d.scope_id = $1 AND d.section = $2")
    .bind(scope)
    .bind(section.key)
    .optional(conn)
    .await
}

pub(super) async fn put(conn: &mut Conn<'_>, saved: &Saved<'_>) -> Result<()> {
    let text = "INSERT INTO setting_document (scope_id, section, version, body, touched, saved_by,
             saved_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (scope_id, section) DO UPDATE SET version = excluded.version,
             body = excluded.body, touched = excluded.touched, saved_by = excluded.saved_by,
             saved_at = excluded.saved_at";
    write(conn, text, saved).await?;
    Ok(())
}

/// Writes a section's first document; whether there was none until now.
pub(super) async fn put_new(conn: &mut Conn<'_>, saved: &Saved<'_>) -> Result<bool> {
    let text = "INSERT INTO setting_document (scope_id, section, version, body, touched, saved_by,
             saved_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (scope_id, section) DO NOTHING";
    Ok(write(conn, text, saved).await? > 0)
}

async fn write(conn: &mut Conn<'_>, text: &'static str, saved: &Saved<'_>) -> Result<u64> {
    sql(text)
        .bind(saved.scope)
        .bind(saved.section.key)
        .bind(saved.version)
        .bind(saved.body)
        .bind(saved.touched)
        .bind(saved.by)
        .bind(saved.at)
        .execute(conn)
        .await
}

/// The history row of a save.
pub(super) async fn add_change(
    conn: &mut Conn<'_>,
    saved: &Saved<'_>,
    change: &NewChange<'_>,
) -> Result<()> {
    sql(
        "INSERT INTO setting_change (scope_id, section, version, changes, how, address, request_id,
             snapshot, saved_by, saved_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(saved.scope)
    .bind(saved.section.key)
    .bind(saved.version)
    .bind(&change.changes)
    .bind(&change.how)
    .bind(&change.origin.address)
    .bind(&change.origin.request_id)
    .bind(change.snapshot)
    .bind(saved.by)
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
    sql("SELECT c.changes, c.saved_at, COALESCE(p.first_name, '') AS first_name,
             COALESCE(p.last_name, '') AS last_name
         FROM setting_change c LEFT JOIN person p ON p.id = c.saved_by
         WHERE c.scope_id = $1 AND c.section = $2 AND c.version > $3 ORDER BY c.version")
    .bind(scope)
    .bind(section.key)
    .bind(version)
    .all(conn)
    .await
}

row! {
    pub(super) struct PastRow { pub(super) changes: String }
}

/// The changes of the versions after `version` up to `last`, newest first.
pub(super) async fn changes_between(
    conn: &mut Conn<'_>,
    scope: &str,
    section: &Section,
    version: i64,
    last: i64,
) -> Result<Vec<PastRow>> {
    sql("SELECT changes FROM setting_change
         WHERE scope_id = $1 AND section = $2 AND version > $3 AND version <= $4
         ORDER BY version DESC")
    .bind(scope)
    .bind(section.key)
    .bind(version)
    .bind(last)
    .all(conn)
    .await
}

row! {
    pub(super) struct SnapshotRow { pub(super) version: i64, pub(super) snapshot: String }
}

/// The first kept document from `version` on.
pub(super) async fn snapshot(
    conn: &mut Conn<'_>,
    scope: &str,
    section: &Section,
    version: i64,
) -> Result<Option<SnapshotRow>> {
    sql("SELECT version, snapshot FROM setting_change
         WHERE scope_id = $1 AND section = $2 AND version >= $3 AND snapshot IS NOT NULL
         ORDER BY version LIMIT 1")
    .bind(scope)
    .bind(section.key)
    .bind(version)
    .optional(conn)
    .await
}

row! {
    pub(super) struct SecretRow { pub(super) sealed: String }
}

/// A place's field: where a secret belongs.
type Spot<'a> = (&'a str, &'a Section, &'a Field);

pub(super) async fn add_secret(
    conn: &mut Conn<'_>,
    (scope, section, field): Spot<'_>,
    id: &SecretId,
    row: &SecretRow,
    now: i64,
) -> Result<()> {
    sql("INSERT INTO setting_secret (id, scope_id, section, field, sealed, created_at)
         VALUES ($1, $2, $3, $4, $5, $6)")
    .bind(id.as_str())
    .bind(scope)
    .bind(section.key)
    .bind(field.key)
    .bind(&row.sealed)
    .bind(now)
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn secret(
    conn: &mut Conn<'_>,
    (scope, section, field): Spot<'_>,
    id: &str,
) -> Result<Option<SecretRow>> {
    sql("SELECT sealed FROM setting_secret
         WHERE id = $1 AND scope_id = $2 AND section = $3 AND field = $4")
    .bind(id)
    .bind(scope)
    .bind(section.key)
    .bind(field.key)
    .optional(conn)
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
