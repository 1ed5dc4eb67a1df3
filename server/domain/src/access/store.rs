use crate::{
    db::{Conn, Result, sql},
    row,
};
use model::{PersonId, StoreId};

row! {
    pub(super) struct MembershipRow {
        pub(super) organization_id: String,
        pub(super) store_name: String,
        pub(super) role: String,
    }
}

pub(super) async fn membership(
    conn: &mut Conn<'_>,
    store: &StoreId,
    person: &PersonId,
) -> Result<Option<MembershipRow>> {
    sql("SELECT s.organization_id, s.name AS store_name, m.role
         FROM store_member m JOIN store s ON s.id = m.store_id
         WHERE m.store_id = $1 AND m.person_id = $2")
    .bind(store.as_str())
    .bind(person.as_str())
    .optional(conn)
    .await
}
