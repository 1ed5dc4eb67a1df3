use crate::{
    db::{Conn, Result, sql},
    row,
};
use model::{
    StoreId,
    settings::{Branding, Settings as _, StoreDetails},
};

row! {
    /// A store's name and the stored bodies of two sections.
    pub(super) struct LookRow {
        pub(super) name: String,
        pub(super) branding: Option<String>,
        pub(super) details: Option<String>,
    }
}

pub(super) async fn look(conn: &mut Conn<'_>, store: &StoreId) -> Result<Option<LookRow>> {
    sql("SELECT s.name, b.body AS branding, d.body AS details FROM store s
         LEFT JOIN setting_document b ON b.scope_id = s.id AND b.section = $2
         LEFT JOIN setting_document d ON d.scope_id = s.id AND d.section = $3
         WHERE s.id = $1")
    .bind(store.as_str())
    .bind(Branding::SECTION.key)
    .bind(StoreDetails::SECTION.key)
    .optional(conn)
    .await
}
