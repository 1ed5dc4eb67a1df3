use crate::db::{Conn, Result, sql};
use model::{OrganizationId, PersonId, RoleId, StoreId};

/// Keeps a member out since `at`.
pub(super) async fn suspend(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    person: &PersonId,
    at: i64,
) -> Result<()> {
    sql("UPDATE organization_member SET suspended_at = $3
         WHERE organization_id = $1 AND person_id = $2")
    .bind(organization.as_str())
    .bind(person.as_str())
    .bind(at)
    .execute(conn)
    .await?;
    Ok(())
}

/// The membership ends at `end`, of which the person was told at `told` if at all.
pub(super) async fn end(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    person: &PersonId,
    end: i64,
    told: Option<i64>,
) -> Result<()> {
    sql("UPDATE organization_member SET ends_at = $3, warned_at = $4
         WHERE organization_id = $1 AND person_id = $2")
    .bind(organization.as_str())
    .bind(person.as_str())
    .bind(end)
    .bind(told)
    .execute(conn)
    .await?;
    Ok(())
}

/// A custom role; `permissions` is a JSON list of codes.
pub(super) async fn role(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    id: &RoleId,
    (name, key): (&str, &str),
    permissions: &str,
    now: i64,
) -> Result<()> {
    sql("INSERT INTO role (id, organization_id, name, name_key, permissions, version, created_at,
             changed_at)
         VALUES ($1, $2, $3, $4, $5, 1, $6, $6)")
    .bind(id.as_str())
    .bind(organization.as_str())
    .bind(name)
    .bind(key)
    .bind(permissions)
    .bind(now)
    .execute(conn)
    .await?;
    Ok(())
}

/// Nobody has access to the store since `at`.
pub(super) async fn archive(conn: &mut Conn<'_>, store: &StoreId, at: i64) -> Result<()> {
    sql("UPDATE store SET archived_at = $2 WHERE id = $1")
        .bind(store.as_str())
        .bind(at)
        .execute(conn)
        .await?;
    Ok(())
}
