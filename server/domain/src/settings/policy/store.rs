use crate::{
    db::{Conn, Result, sql},
    row,
};
use model::{OrganizationId, PersonId, PolicyId, StoreId};

row! {
    /// A lock, and who set it.
    pub(super) struct LockRow {
        pub(super) id: String,
        pub(super) section: String,
        pub(super) field: String,
        pub(super) rule: String,
        pub(super) reason: String,
        pub(super) version: i64,
        pub(super) set_at: i64,
        pub(super) organization: String,
        pub(super) first_name: String,
        pub(super) last_name: String,
    }
}

row! {
    /// A store and what it has stored of a section.
    pub(super) struct StoreDocumentRow {
        pub(super) id: String,
        pub(super) name: String,
        pub(super) body: Option<String>,
    }
}

macro_rules! locks {
    ($where:literal) => {
        concat!(
            "SELECT l.id, l.section, l.field, l.rule, l.reason, l.version, l.set_at,
                 o.name AS organization, p.first_name, p.last_name
             FROM setting_policy l
             JOIN organization o ON o.id = l.organization_id
             JOIN person p ON p.id = l.set_by WHERE ",
            $where,
            " ORDER BY l.section, l.field"
        )
    };
}

/// The locks of an organization.
pub(super) async fn all(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
) -> Result<Vec<LockRow>> {
    sql(locks!("l.organization_id = $1")).bind(organization.as_str()).all(conn).await
}

/// The locks on a section of a store.
pub(super) async fn of_store(
    conn: &mut Conn<'_>,
    store: &StoreId,
    section: &str,
) -> Result<Vec<LockRow>> {
    sql(locks!(
        "l.organization_id = (SELECT organization_id FROM store WHERE id = $1) AND l.section = $2"
    ))
    .bind(store.as_str())
    .bind(section)
    .all(conn)
    .await
}

/// What is to be written of a lock.
pub(super) struct Put<'a> {
    pub(super) id: &'a PolicyId,
    pub(super) organization: &'a OrganizationId,
    pub(super) section: &'a str,
    pub(super) field: &'a str,
    pub(super) rule: &'a str,
    pub(super) reason: &'a str,
    pub(super) version: i64,
    pub(super) by: &'a PersonId,
    pub(super) at: i64,
}

pub(super) async fn put(conn: &mut Conn<'_>, put: &Put<'_>) -> Result<()> {
    sql("INSERT INTO setting_policy
             (id, organization_id, section, field, rule, reason, version, set_by, set_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (id) DO UPDATE SET rule = excluded.rule, reason = excluded.reason,
             version = excluded.version, set_by = excluded.set_by, set_at = excluded.set_at")
    .bind(put.id.as_str())
    .bind(put.organization.as_str())
    .bind(put.section)
    .bind(put.field)
    .bind(put.rule)
    .bind(put.reason)
    .bind(put.version)
    .bind(put.by.as_str())
    .bind(put.at)
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn remove(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    id: &PolicyId,
) -> Result<u64> {
    sql("DELETE FROM setting_policy WHERE id = $1 AND organization_id = $2")
        .bind(id.as_str())
        .bind(organization.as_str())
        .execute(conn)
        .await
}

/// Holds all stores of an organization until the transaction ends: whoever saves one of them has
/// finished before, or sees what this transaction leaves.
pub(super) async fn lock_stores(conn: &mut Conn<'_>, organization: &OrganizationId) -> Result<()> {
    sql("UPDATE store SET guard = guard + 1 WHERE organization_id = $1")
        .bind(organization.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

/// The open stores of an organization after one of them, by age, with what they have stored of a
/// section.
pub(super) async fn documents(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    section: &str,
    after: Option<&StoreId>,
    limit: i64,
) -> Result<Vec<StoreDocumentRow>> {
    sql("SELECT s.id, s.name, d.body
         FROM store s
         LEFT JOIN setting_document d ON d.scope_id = s.id AND d.section = $2
         WHERE s.organization_id = $1 AND s.archived_at IS NULL AND s.id > $3
         ORDER BY s.id LIMIT $4")
    .bind(organization.as_str())
    .bind(section)
    .bind(after.map_or("", StoreId::as_str))
    .bind(limit)
    .all(conn)
    .await
}
