use crate::{
    db::{Conn, Result, sql},
    row,
};

row! {
    /// A store, and the stored body of its details.
    pub(super) struct StoreRow {
        pub(super) id: String,
        pub(super) details: Option<String>,
    }
}

/// Stores that have no document of this section.
pub(super) async fn without(
    conn: &mut Conn<'_>,
    section: &str,
    limit: i64,
) -> Result<Vec<StoreRow>> {
    sql("SELECT s.id, d.body AS details FROM store s
         LEFT JOIN setting_document d ON d.scope_id = s.id AND d.section = 'store-details'
         WHERE NOT EXISTS (SELECT 1 FROM setting_document l
             WHERE l.scope_id = s.id AND l.section = $1)
         ORDER BY s.id LIMIT $2")
    .bind(section)
    .bind(limit)
    .all(conn)
    .await
}
