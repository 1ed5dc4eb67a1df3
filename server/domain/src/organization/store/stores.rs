//! The list of stores.
use crate::{
    db::{Conn, Result, sql},
    row,
};
use model::{OrganizationId, PersonId};

row! {
    /// A store with its details' document.
    pub struct OwnStoreRow {
        pub id: String,
        pub name: String,
        pub created_at: i64,
        pub archived: bool,
        pub body: Option<String>,
        pub members: i64,
        pub role: Option<String>,
        pub role_name: Option<String>,
    }
}

/// The organization's stores, open ones first, with the person's own role in each. Members are
/// counted up to `most`.
pub async fn own_stores(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    person: &PersonId,
    section: &str,
    most: i64,
) -> Result<Vec<OwnStoreRow>> {
    sql("SELECT s.id, s.name, s.created_at, (s.archived_at IS NOT NULL) AS archived, d.body,
             (SELECT COUNT(*) FROM (SELECT 1 FROM store_member c WHERE c.store_id = s.id
                 LIMIT $4) counted) AS members,
             m.role, r.name AS role_name
         FROM store s
         LEFT JOIN setting_document d ON d.scope_id = s.id AND d.section = $3
         LEFT JOIN store_member m ON m.store_id = s.id AND m.person_id = $2
         LEFT JOIN role r ON r.id = m.role AND r.organization_id = s.organization_id
         WHERE s.organization_id = $1
         ORDER BY (s.archived_at IS NOT NULL), s.name, s.id")
    .bind(organization.as_str())
    .bind(person.as_str())
    .bind(section)
    .bind(most)
    .all(conn)
    .await
}
