use crate::{
    db::{Conn, Result, sql},
    row,
};
use model::{OrganizationId, PersonId, StoreId};

row! {
    /// A store whose shop may sign links.
    pub(super) struct SecretRow {
        pub(super) organization_id: String,
        pub(super) store: String,
        pub(super) secret: String,
    }
}

/// The secret of a store that is in use, unless the organization has switched such links off.
pub(super) async fn secret(conn: &mut Conn<'_>, store: &StoreId) -> Result<Option<SecretRow>> {
    sql("SELECT s.organization_id, s.name AS store, k.secret
         FROM shop_secret k
         JOIN store s ON s.id = k.store_id AND s.archived_at IS NULL
         LEFT JOIN organization_security g ON g.organization_id = s.organization_id
         WHERE k.store_id = $1 AND COALESCE(g.shop_sign_in, TRUE)")
    .bind(store.as_str())
    .optional(conn)
    .await
}

row! {
    pub(super) struct PersonRow {
        pub(super) id: String,
        pub(super) email: String,
        pub(super) first_name: String,
        pub(super) last_name: String,
        pub(super) language: String,
        pub(super) theme: String,
        pub(super) time_zone: String,
    }
}

/// The active member of a store with this e-mail address.
pub(super) async fn member(
    conn: &mut Conn<'_>,
    store: &StoreId,
    email: &str,
    now: i64,
) -> Result<Option<PersonRow>> {
    sql("SELECT p.id, p.email, p.first_name, p.last_name, p.language, p.theme, p.time_zone
         FROM person p
         JOIN store_member m ON m.person_id = p.id AND m.store_id = $1
         JOIN store s ON s.id = m.store_id
         JOIN organization_member o ON o.organization_id = s.organization_id
             AND o.person_id = p.id AND o.suspended_at IS NULL
             AND (o.ends_at IS NULL OR o.ends_at > $3)
         WHERE p.email = $2")
    .bind(store.as_str())
    .bind(email)
    .bind(now)
    .optional(conn)
    .await
}

/// Uses a link up; false where it was used before.
pub(super) async fn use_up(
    conn: &mut Conn<'_>,
    store: &StoreId,
    nonce: &str,
    expires_at: i64,
) -> Result<bool> {
    let rows = sql("INSERT INTO shop_nonce (store_id, nonce, expires_at) VALUES ($1, $2, $3)
         ON CONFLICT (store_id, nonce) DO NOTHING")
    .bind(store.as_str())
    .bind(nonce)
    .bind(expires_at)
    .execute(conn)
    .await?;
    Ok(rows == 1)
}

row! {
    pub(super) struct ShopRow {
        pub(super) id: String,
        pub(super) name: String,
        pub(super) since: Option<i64>,
    }
}

/// The stores in use of an organization and since when each has its secret, by name.
pub(super) async fn shops(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
) -> Result<Vec<ShopRow>> {
    sql("SELECT s.id, s.name, k.created_at AS since
         FROM store s LEFT JOIN shop_secret k ON k.store_id = s.id
         WHERE s.organization_id = $1 AND s.archived_at IS NULL ORDER BY s.name, s.id")
    .bind(organization.as_str())
    .all(conn)
    .await
}

/// Stores a store's secret; the former one works no longer.
pub(super) async fn set_secret(
    conn: &mut Conn<'_>,
    store: &StoreId,
    secret: &str,
    by: &PersonId,
    now: i64,
) -> Result<()> {
    sql("INSERT INTO shop_secret (store_id, secret, created_by, created_at)
         VALUES ($1, $2, $3, $4)
         ON CONFLICT (store_id) DO UPDATE SET secret = excluded.secret,
             created_by = excluded.created_by, created_at = excluded.created_at")
    .bind(store.as_str())
    .bind(secret)
    .bind(by.as_str())
    .bind(now)
    .execute(conn)
    .await?;
    Ok(())
}

row! {
    pub(super) struct UserRow {
        pub(super) person_id: String,
        pub(super) email: String,
        pub(super) first_name: String,
        pub(super) last_name: String,
        pub(super) role: String,
    }
}

/// Members who have come by such a link, as far as sessions are remembered, by name.
pub(super) async fn used_by(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
) -> Result<Vec<UserRow>> {
    sql("SELECT p.id AS person_id, p.email, p.first_name, p.last_name, m.role
         FROM organization_member m JOIN person p ON p.id = m.person_id
         WHERE m.organization_id = $1 AND EXISTS (SELECT 1 FROM session s
             WHERE s.person_id = p.id AND s.method = 'shop_link' AND s.organization_id = $1)
         ORDER BY p.name_key, p.id")
    .bind(organization.as_str())
    .all(conn)
    .await
}

/// Ends what such links have opened.
pub(super) async fn end_sessions(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    now: i64,
) -> Result<u64> {
    sql("UPDATE session SET expires_at = $1
         WHERE method = 'shop_link' AND organization_id = $2 AND expires_at > $1")
    .bind(now)
    .bind(organization.as_str())
    .execute(conn)
    .await
}
