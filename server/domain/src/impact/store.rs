use crate::{
    db::{Conn, Result, sql},
    row,
};
use model::{OrganizationId, PersonId, StoreId, settings::Place};

row! {
    /// Somebody's membership in a store.
    pub(super) struct MemberRow {
        pub(super) store_id: String,
        pub(super) person_id: String,
        pub(super) first_name: String,
        pub(super) last_name: String,
        pub(super) email: String,
    }
}

/// Who is a member of an organization's stores, or of one of them, by name.
pub(super) async fn members(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    store: Option<&str>,
) -> Result<Vec<MemberRow>> {
    sql("SELECT m.store_id, m.person_id, p.first_name, p.last_name, p.email
         FROM store_member m
         JOIN store s ON s.id = m.store_id
         JOIN person p ON p.id = m.person_id
         WHERE s.organization_id = $1 AND (CAST($2 AS TEXT) IS NULL OR s.id = $2)
         ORDER BY p.name_key, p.id, m.store_id")
    .bind(organization.as_str())
    .bind(store)
    .all(conn)
    .await
}

row! { pub(super) struct NameRow { pub(super) name: String } }

/// The name of a store or an organization.
pub(super) async fn name(conn: &mut Conn<'_>, place: &Place) -> Result<Option<NameRow>> {
    let text = match place {
        Place::Store(_) => "SELECT name FROM store WHERE id = $1",
        Place::Organization(_) => "SELECT name FROM organization WHERE id = $1",
    };
    sql(text).bind(place.id()).optional(conn).await
}

row! { pub(super) struct OthersRow { pub(super) others: bool } }

/// Whether a store has members besides one.
pub(super) async fn others(
    conn: &mut Conn<'_>,
    store: &StoreId,
    person: &PersonId,
) -> Result<bool> {
    let row: OthersRow = sql("SELECT EXISTS (SELECT 1 FROM store_member
             WHERE store_id = $1 AND person_id <> $2) AS others")
    .bind(store.as_str())
    .bind(person.as_str())
    .one(conn)
    .await?;
    Ok(row.others)
}
