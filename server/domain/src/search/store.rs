use crate::{
    db::{Conn, Result, sql},
    row,
};

row! {
    /// The document of a section.
    pub(super) struct DocumentRow {
        pub(super) section: String,
        pub(super) body: String,
    }
}

/// Every document of a store or an organization.
pub(super) async fn documents(conn: &mut Conn<'_>, scope: &str) -> Result<Vec<DocumentRow>> {
    sql("SELECT section, body FROM setting_document WHERE scope_id = $1")
        .bind(scope)
        .all(conn)
        .await
}
