use crate::{
    db::{Conn, Result, sql},
    row,
};
use model::{OrganizationId, PersonId, StoreId};

row! {
    pub(super) struct MembershipRow {
        pub(super) organization_id: String,
        pub(super) store_name: String,
        pub(super) role: String,
        pub(super) role_name: Option<String>,
        pub(super) permissions: Option<String>,
        pub(super) demanding: bool,
    }
}

row! {
    pub(super) struct OrganizationRow {
        pub(super) name: String,
        pub(super) role: String,
        pub(super) ends_at: Option<i64>,
        pub(super) demanding: bool,
    }
}

pub(super) async fn membership(
    conn: &mut Conn<'_>,
    store: &StoreId,
    person: &PersonId,
    now: i64,
) -> Result<Option<MembershipRow>> {
    sql("SELECT s.organization_id, s.name AS store_name, m.role, r.name AS role_name,
             r.permissions, COALESCE(g.demanding, FALSE) AS demanding
         FROM store_member m
         JOIN store s ON s.id = m.store_id AND s.archived_at IS NULL
         JOIN organization_member o ON o.organization_id = s.organization_id
             AND o.person_id = m.person_id
         LEFT JOIN role r ON r.id = m.role AND r.organization_id = s.organization_id
         LEFT JOIN organization_security g ON g.organization_id = s.organization_id
         WHERE m.store_id = $1 AND m.person_id = $2 AND o.suspended_at IS NULL
             AND (o.ends_at IS NULL OR o.ends_at > $3)")
    .bind(store.as_str())
    .bind(person.as_str())
    .bind(now)
    .optional(conn)
    .await
}

pub(super) async fn organization(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    person: &PersonId,
    now: i64,
) -> Result<Option<OrganizationRow>> {
    sql("SELECT o.name, m.role, m.ends_at, COALESCE(g.demanding, FALSE) AS demanding
         FROM organization_member m JOIN organization o ON o.id = m.organization_id
         LEFT JOIN organization_security g ON g.organization_id = o.id
         WHERE m.organization_id = $1 AND m.person_id = $2 AND m.suspended_at IS NULL
             AND (m.ends_at IS NULL OR m.ends_at > $3)")
    .bind(organization.as_str())
    .bind(person.as_str())
    .bind(now)
    .optional(conn)
    .await
}
