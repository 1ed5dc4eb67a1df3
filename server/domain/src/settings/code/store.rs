use crate::{
    db::{Conn, Result, sql},
    row,
};
use model::{OrganizationId, StoreId};

row! {
    /// A store or organization.
    pub(super) struct PlaceRow {
        pub(super) id: String,
        pub(super) organization_id: String,
        pub(super) name: String,
    }
}

pub(super) async fn store(conn: &mut Conn<'_>, id: &StoreId) -> Result<Option<PlaceRow>> {
    sql("SELECT id, organization_id, name FROM store WHERE id = $1")
        .bind(id.as_str())
        .optional(conn)
        .await
}

pub(super) async fn organization(
    conn: &mut Conn<'_>,
    id: &OrganizationId,
) -> Result<Option<PlaceRow>> {
    sql("SELECT id, id AS organization_id, name FROM organization WHERE id = $1")
        .bind(id.as_str())
        .optional(conn)
        .await
}

/// The organization's open stores.
pub(super) async fn stores(conn: &mut Conn<'_>, id: &OrganizationId) -> Result<Vec<PlaceRow>> {
    sql("SELECT id, organization_id, name FROM store
         WHERE organization_id = $1 AND archived_at IS NULL ORDER BY id")
    .bind(id.as_str())
    .all(conn)
    .await
}
