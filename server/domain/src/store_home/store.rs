use crate::{
    db::{Conn, Result, sql},
    row,
};
use model::{OrganizationId, StoreId, access::StoreRole};

row! { struct NameRow { name: String } }

row! {
    pub(super) struct PersonRow {
        pub(super) first_name: String,
        pub(super) last_name: String,
        pub(super) email: String,
    }
}

pub(super) async fn organization(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
) -> Result<String> {
    let row: NameRow = sql("SELECT name FROM organization WHERE id = $1")
        .bind(organization.as_str())
        .one(conn)
        .await?;
    Ok(row.name)
}

/// The first Administrators of a store by name.
pub(super) async fn administrators(
    conn: &mut Conn<'_>,
    store: &StoreId,
    now: i64,
    at_most: i64,
) -> Result<Vec<PersonRow>> {
    sql("SELECT p.first_name, p.last_name, p.email
         FROM store_member m JOIN person p ON p.id = m.person_id
         JOIN store s ON s.id = m.store_id
         JOIN organization_member o ON o.organization_id = s.organization_id
             AND o.person_id = m.person_id
         WHERE m.store_id = $1 AND m.role = $2 AND o.suspended_at IS NULL
             AND (o.ends_at IS NULL OR o.ends_at > $4)
         ORDER BY p.name_key, p.id LIMIT $3")
    .bind(store.as_str())
    .bind(StoreRole::Administrator.code())
    .bind(at_most)
    .bind(now)
    .all(conn)
    .await
}
