//! Roles of one's own.
use super::UsedRow;
use crate::{
    db::{Conn, Result, sql},
    row,
};
use model::OrganizationId;

row! {
    /// Somebody, and the name of their store.
    pub struct NamedRow {
        pub first_name: String,
        pub last_name: String,
        pub email: String,
        pub store: String,
    }
}

/// Who has a custom role, by name, once for each store.
pub async fn members_with(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    role: &str,
    most: i64,
) -> Result<Vec<NamedRow>> {
    sql("SELECT p.first_name, p.last_name, p.email, s.name AS store
         FROM store_member m
         JOIN store s ON s.id = m.store_id
         JOIN person p ON p.id = m.person_id
         WHERE s.organization_id = $1 AND m.role = $2
         ORDER BY p.name_key, p.id, s.name, s.id LIMIT $3")
    .bind(organization.as_str())
    .bind(role)
    .bind(most)
    .all(conn)
    .await
}

row! { pub struct CountRow { pub n: i64 } }

/// Inserts a custom role; false where the organization has one of that name.
pub async fn insert_role(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    id: &str,
    (name, key): (&str, &str),
    permissions: &str,
    now: i64,
) -> Result<bool> {
    let rows = sql(
        "INSERT INTO role (id, organization_id, name, name_key, permissions, version,
             created_at, changed_at)
         VALUES ($1, $2, $3, $4, $5, 1, $6, $6) ON CONFLICT (organization_id, name_key) DO NOTHING",
    )
    .bind(id)
    .bind(organization.as_str())
    .bind(name)
    .bind(key)
    .bind(permissions)
    .bind(now)
    .execute(conn)
    .await?;
    Ok(rows == 1)
}

/// Whether another custom role has this name.
pub async fn role_named(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    id: &str,
    key: &str,
) -> Result<bool> {
    let row: UsedRow = sql("SELECT EXISTS (SELECT 1 FROM role
             WHERE organization_id = $1 AND name_key = $2 AND id <> $3) AS used")
    .bind(organization.as_str())
    .bind(key)
    .bind(id)
    .one(conn)
    .await?;
    Ok(row.used)
}

/// Changes a custom role that has this version; false where somebody else was quicker.
pub async fn update_role(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    (id, version): (&str, i64),
    (name, key): (&str, &str),
    permissions: &str,
    now: i64,
) -> Result<bool> {
    let rows = sql("UPDATE role SET name = $1, name_key = $2, permissions = $3,
             version = version + 1, changed_at = $4
         WHERE id = $5 AND organization_id = $6 AND version = $7")
    .bind(name)
    .bind(key)
    .bind(permissions)
    .bind(now)
    .bind(id)
    .bind(organization.as_str())
    .bind(version)
    .execute(conn)
    .await?;
    Ok(rows == 1)
}

/// How many store memberships have each custom role.
pub async fn role_members(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    role: &str,
    most: i64,
) -> Result<i64> {
    let row: CountRow = sql("SELECT COUNT(*) AS n FROM (SELECT 1 FROM store_member m
             JOIN store s ON s.id = m.store_id
             WHERE s.organization_id = $1 AND m.role = $2 LIMIT $3) counted")
    .bind(organization.as_str())
    .bind(role)
    .bind(most)
    .one(conn)
    .await?;
    Ok(row.n)
}
