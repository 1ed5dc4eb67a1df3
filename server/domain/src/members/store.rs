use super::{cursor::Cursor, list_sql};
use crate::{
    db::{Conn, Result, sql},
    row,
};
use model::{InvitationId, MemberId, StoreId, text::Lang, view::Sort};

row! {
    /// A member or a pending invitation; see [`list_sql`].
    pub(super) struct EntryRow {
        pub(super) id: String,
        pub(super) first_name: String,
        pub(super) last_name: String,
        pub(super) email: String,
        pub(super) role: String,
        pub(super) role_name: String,
        pub(super) person_id: String,
        pub(super) seen: i64,
        pub(super) status: i64,
        pub(super) reason: String,
        pub(super) sort_key: String,
    }
}

row! { pub(super) struct RoleRow { pub(super) role: String, pub(super) who: String } }
row! { struct LanguageRow { language: String, member: bool } }

/// Which rows, and from where.
pub(super) struct Page<'a> {
    pub(super) now: i64,
    pub(super) name_pattern: &'a str,
    pub(super) email_pattern: &'a str,
    pub(super) status: &'a str,
    pub(super) sort: Sort,
    pub(super) from: Option<&'a Cursor>,
    pub(super) rows: i64,
}

pub(super) async fn page(
    conn: &mut Conn<'_>,
    store: &StoreId,
    page: &Page<'_>,
) -> Result<Vec<EntryRow>> {
    let (key, id) = Cursor::bounds(page.from, page.sort);
    sql(list_sql::page(page.sort))
        .bind(store.as_str())
        .bind(page.now)
        .bind(page.name_pattern)
        .bind(page.email_pattern)
        .bind(page.status)
        .bind(page.from.is_some())
        .bind(key)
        .bind(id)
        .bind(page.rows)
        .all(conn)
        .await
}

pub(super) async fn entry(
    conn: &mut Conn<'_>,
    store: &StoreId,
    id: &str,
    now: i64,
) -> Result<Option<EntryRow>> {
    sql(list_sql::ONE).bind(store.as_str()).bind(now).bind(id).optional(conn).await
}

pub(super) async fn member(
    conn: &mut Conn<'_>,
    store: &StoreId,
    id: &MemberId,
) -> Result<Option<RoleRow>> {
    sql("SELECT role, person_id AS who FROM store_member WHERE id = $1 AND store_id = $2")
        .bind(id.as_str())
        .bind(store.as_str())
        .optional(conn)
        .await
}

/// A pending invitation to the store, also when it has expired.
pub(super) async fn invitation(
    conn: &mut Conn<'_>,
    store: &StoreId,
    id: &InvitationId,
) -> Result<Option<RoleRow>> {
    sql("SELECT v.role, i.email AS who FROM invitation i
         JOIN invitation_store v ON v.invitation_id = i.id
         WHERE i.id = $1 AND v.store_id = $2 AND i.ended_at IS NULL")
    .bind(id.as_str())
    .bind(store.as_str())
    .optional(conn)
    .await
}

/// The language of the person with this address and whether they are a member of the store;
/// `None` where the address belongs to nobody.
pub(super) async fn addressee(
    conn: &mut Conn<'_>,
    store: &StoreId,
    email: &str,
    now: i64,
) -> Result<Option<(Option<Lang>, bool)>> {
    let row: Option<LanguageRow> = sql("SELECT p.language, EXISTS (SELECT 1 FROM store_member m
                 JOIN store s ON s.id = m.store_id
                 JOIN organization_member o ON o.organization_id = s.organization_id
                     AND o.person_id = m.person_id
                 WHERE m.store_id = $1 AND m.person_id = p.id
                     AND (o.ends_at IS NULL OR o.ends_at > $3)) AS member
         FROM person p WHERE p.email = $2")
    .bind(store.as_str())
    .bind(email)
    .bind(now)
    .optional(conn)
    .await?;
    Ok(row.map(|row| (Lang::from_code(&row.language), row.member)))
}
