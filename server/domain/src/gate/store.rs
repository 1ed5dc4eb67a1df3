use crate::{
    db::{Conn, Result, sql},
    row,
};
use model::{OrganizationId, PersonId};

row! {
    /// What an organization demands, once for each line of its list of addresses.
    pub(super) struct DemandRow {
        pub(super) organization: String,
        pub(super) role: Option<String>,
        pub(super) suspended_at: Option<i64>,
        pub(super) ends_at: Option<i64>,
        pub(super) two_factor_from: Option<i64>,
        pub(super) session_idle: Option<i64>,
        pub(super) session_absolute: Option<i64>,
        pub(super) addresses_only: Option<bool>,
        pub(super) sso_enforced: Option<bool>,
        pub(super) exempt: bool,
        pub(super) rule_id: Option<String>,
        pub(super) network: Option<String>,
        pub(super) label: Option<String>,
        pub(super) expires_at: Option<i64>,
    }
}

/// What an organization demands of a person.
pub(super) async fn demands(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    person: &PersonId,
) -> Result<Vec<DemandRow>> {
    sql("SELECT o.name AS organization, m.role, m.suspended_at, m.ends_at, g.two_factor_from,
             g.session_idle, g.session_absolute, g.addresses_only, g.sso_enforced,
             (x.person_id IS NOT NULL) AS exempt, r.id AS rule_id, r.network, r.label,
             r.expires_at
         FROM organization o
         LEFT JOIN organization_member m ON m.organization_id = o.id AND m.person_id = $2
         LEFT JOIN organization_security g ON g.organization_id = o.id
         LEFT JOIN address_exemption x ON x.organization_id = o.id AND x.person_id = $2
         LEFT JOIN address_rule r ON r.organization_id = o.id AND g.addresses_only
         WHERE o.id = $1
         ORDER BY r.created_at, r.id")
    .bind(organization.as_str())
    .bind(person.as_str())
    .all(conn)
    .await
}

row! {
    pub(super) struct ManagerRow {
        pub(super) first_name: String,
        pub(super) last_name: String,
        pub(super) email: String,
    }
}

/// Who can change what an organization demands; the Owner first, five at most.
pub(super) async fn managers(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    now: i64,
) -> Result<Vec<ManagerRow>> {
    sql("SELECT p.first_name, p.last_name, p.email
         FROM organization_member m JOIN person p ON p.id = m.person_id
         WHERE m.organization_id = $1 AND m.role IN ('owner', 'administrator')
             AND m.suspended_at IS NULL AND (m.ends_at IS NULL OR m.ends_at > $2)
         ORDER BY CASE WHEN m.role = 'owner' THEN 0 ELSE 1 END, p.name_key, p.id LIMIT 5")
    .bind(organization.as_str())
    .bind(now)
    .all(conn)
    .await
}
