use crate::{
    db::{Conn, Result, sql},
    row,
};
use model::{OrganizationId, RoleId};

row! {
    /// A custom role.
    pub(crate) struct RoleRow {
        pub(crate) id: String,
        pub(crate) name: String,
        pub(crate) permissions: String,
        pub(crate) version: i64,
    }
}

pub(crate) async fn find(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    id: &RoleId,
) -> Result<Option<RoleRow>> {
    sql("SELECT id, name, permissions, version FROM role WHERE organization_id = $1 AND id = $2")
        .bind(organization.as_str())
        .bind(id.as_str())
        .optional(conn)
        .await
}

/// Every custom role of an organization, by name.
pub(crate) async fn all(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
) -> Result<Vec<RoleRow>> {
    sql("SELECT id, name, permissions, version FROM role WHERE organization_id = $1
         ORDER BY name_key, id")
    .bind(organization.as_str())
    .all(conn)
    .await
}
