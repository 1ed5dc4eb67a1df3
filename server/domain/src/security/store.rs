use crate::{
    db::{Conn, Result, sql},
    row,
};
use model::OrganizationId;

row! {
    /// What an organization demands, as stored.
    pub(crate) struct SecurityRow {
        pub(crate) two_factor_from: Option<i64>,
        pub(crate) session_idle: Option<i64>,
        pub(crate) session_absolute: Option<i64>,
        pub(crate) invitation_domains: String,
        pub(crate) addresses_only: bool,
        pub(crate) shop_sign_in: bool,
        pub(crate) sso_issuer: Option<String>,
        pub(crate) sso_client_id: Option<String>,
        pub(crate) sso_client_secret: Option<String>,
        pub(crate) sso_domains: String,
        pub(crate) sso_join: bool,
        pub(crate) sso_stores: String,
        pub(crate) sso_enforced: bool,
    }
}

/// What an organization without a row demands: nothing.
impl Default for SecurityRow {
    fn default() -> Self {
        SecurityRow {
            two_factor_from: None,
            session_idle: None,
            session_absolute: None,
            invitation_domains: String::new(),
            addresses_only: false,
            shop_sign_in: true,
            sso_issuer: None,
            sso_client_id: None,
            sso_client_secret: None,
            sso_domains: String::new(),
            sso_join: false,
            sso_stores: "[]".to_owned(),
            sso_enforced: false,
        }
    }
}

impl SecurityRow {
    /// Whether any of it concerns who enters.
    fn demanding(&self) -> bool {
        self.two_factor_from.is_some()
            || self.session_idle.is_some()
            || self.session_absolute.is_some()
            || self.addresses_only
            || self.sso_enforced
    }
}

/// What an organization demands.
pub(crate) async fn load(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
) -> Result<SecurityRow> {
    let row: Option<SecurityRow> = sql("SELECT two_factor_from, session_idle, session_absolute,
             invitation_domains, addresses_only, shop_sign_in, sso_issuer, sso_client_id,
             sso_client_secret, sso_domains, sso_join, sso_stores, sso_enforced
         FROM organization_security WHERE organization_id = $1")
    .bind(organization.as_str())
    .optional(conn)
    .await?;
    Ok(row.unwrap_or_default())
}

/// Locks what an organization demands until the transaction ends; makes the row if need be.
pub(crate) async fn lock(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    by: &str,
    now: i64,
) -> Result<SecurityRow> {
    let empty = SecurityRow::default();
    sql("INSERT INTO organization_security (organization_id, guard, demanding,
             invitation_domains, addresses_only, shop_sign_in, sso_domains, sso_join, sso_stores,
             sso_enforced, changed_at, changed_by)
         VALUES ($1, 1, FALSE, '', FALSE, $2, '', FALSE, $3, FALSE, $4, $5)
         ON CONFLICT (organization_id) DO UPDATE SET guard = organization_security.guard + 1")
    .bind(organization.as_str())
    .bind(empty.shop_sign_in)
    .bind(empty.sso_stores)
    .bind(now)
    .bind(by)
    .execute(conn)
    .await?;
    load(conn, organization).await
}

pub(crate) async fn save(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    row: &SecurityRow,
    by: &str,
    now: i64,
) -> Result<()> {
    sql("UPDATE organization_security SET demanding = $1, two_factor_from = $2,
             session_idle = $3, session_absolute = $4, invitation_domains = $5,
             addresses_only = $6, shop_sign_in = $7, sso_issuer = $8, sso_client_id = $9,
             sso_client_secret = $10, sso_domains = $11, sso_join = $12, sso_stores = $13,
             sso_enforced = $14, changed_at = $15, changed_by = $16
         WHERE organization_id = $17")
    .bind(row.demanding())
    .bind(row.two_factor_from)
    .bind(row.session_idle)
    .bind(row.session_absolute)
    .bind(&row.invitation_domains)
    .bind(row.addresses_only)
    .bind(row.shop_sign_in)
    .bind(row.sso_issuer.as_deref())
    .bind(row.sso_client_id.as_deref())
    .bind(row.sso_client_secret.as_deref())
    .bind(&row.sso_domains)
    .bind(row.sso_join)
    .bind(&row.sso_stores)
    .bind(row.sso_enforced)
    .bind(now)
    .bind(by)
    .bind(organization.as_str())
    .execute(conn)
    .await?;
    Ok(())
}

row! {
    /// A member whom a demand concerns.
    pub(super) struct MemberRow {
        pub(super) person_id: String,
        pub(super) email: String,
        pub(super) first_name: String,
        pub(super) last_name: String,
        pub(super) language: String,
        pub(super) role: String,
    }
}

/// Active members who have neither codes from an app nor a passkey, by name.
pub(super) async fn without_second_factor(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    now: i64,
) -> Result<Vec<MemberRow>> {
    sql("SELECT p.id AS person_id, p.email, p.first_name, p.last_name, p.language, m.role
         FROM organization_member m JOIN person p ON p.id = m.person_id
         WHERE m.organization_id = $1 AND m.suspended_at IS NULL
             AND (m.ends_at IS NULL OR m.ends_at > $2)
             AND NOT EXISTS (SELECT 1 FROM two_factor f
                 WHERE f.person_id = p.id AND f.confirmed_at IS NOT NULL)
             AND NOT EXISTS (SELECT 1 FROM passkey k WHERE k.person_id = p.id)
         ORDER BY p.name_key, p.id")
    .bind(organization.as_str())
    .bind(now)
    .all(conn)
    .await
}

row! { struct IdRow { id: String } }

/// Whether there is such an organization.
pub(super) async fn exists(conn: &mut Conn<'_>, organization: &OrganizationId) -> Result<bool> {
    let row: Option<IdRow> = sql("SELECT id FROM organization WHERE id = $1")
        .bind(organization.as_str())
        .optional(conn)
        .await?;
    Ok(row.is_some_and(|row| row.id == organization.as_str()))
}
