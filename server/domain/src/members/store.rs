use super::list_sql;
use crate::{
    db::{Arg, Conn, Result, sql},
    invitation::how,
    row,
};
use model::{
    InvitationId, MemberId, OrganizationId, OutboxId, PersonId, StoreId,
    access::StoreRole,
    text::Lang,
    view::{Sort, SortBy},
};

row! {
    /// A member or a pending invitation; see [`list_sql`].
    pub(super) struct EntryRow {
        pub(super) id: String,
        pub(super) first_name: String,
        pub(super) last_name: String,
        pub(super) email: String,
        pub(super) role: String,
        pub(super) person_id: String,
        pub(super) seen: i64,
        pub(super) status: i64,
        pub(super) reason: String,
        pub(super) sort_key: String,
    }
}

row! { pub(super) struct RoleRow { pub(super) role: String, pub(super) who: String } }
row! { pub(super) struct PendingRow { pub(super) id: String, pub(super) expires_at: i64 } }
row! { struct OtherRow { other: bool } }
row! { struct LanguageRow { language: String, member: bool } }

/// Which rows, and from where.
pub(super) struct Page<'a> {
    pub(super) now: i64,
    pub(super) name_pattern: &'a str,
    pub(super) email_pattern: &'a str,
    pub(super) status: &'a str,
    pub(super) sort: Sort,
    pub(super) from: Option<(&'a str, &'a str)>,
    pub(super) rows: i64,
}

pub(super) async fn page(
    conn: &mut Conn<'_>,
    store: &StoreId,
    page: &Page<'_>,
) -> Result<Vec<EntryRow>> {
    let (key, id) = page.from.unwrap_or_default();
    let key: Arg<'_> = match page.sort.by {
        SortBy::LastSeen => key.parse::<i64>().unwrap_or_default().into(),
        _ => key.into(),
    };
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

/// Locks the store against every other change of its members; false where there is no such store.
pub(super) async fn lock(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    store: &StoreId,
) -> Result<bool> {
    let locked = sql("UPDATE store SET guard = guard + 1 WHERE id = $1 AND organization_id = $2")
        .bind(store.as_str())
        .bind(organization.as_str())
        .execute(conn)
        .await?;
    Ok(locked == 1)
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

/// Whether the store has a member of this role besides `id`.
pub(super) async fn another(
    conn: &mut Conn<'_>,
    store: &StoreId,
    id: &MemberId,
    role: StoreRole,
) -> Result<bool> {
    let row: OtherRow = sql("SELECT EXISTS (SELECT 1 FROM store_member
             WHERE store_id = $1 AND id <> $2 AND role = $3) AS other")
    .bind(store.as_str())
    .bind(id.as_str())
    .bind(role.code())
    .one(conn)
    .await?;
    Ok(row.other)
}

pub(super) async fn set_role(
    conn: &mut Conn<'_>,
    store: &StoreId,
    id: &MemberId,
    role: StoreRole,
) -> Result<()> {
    sql("UPDATE store_member SET role = $1 WHERE id = $2 AND store_id = $3")
        .bind(role.code())
        .bind(id.as_str())
        .bind(store.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

pub(super) async fn delete(conn: &mut Conn<'_>, store: &StoreId, id: &MemberId) -> Result<()> {
    sql("DELETE FROM store_member WHERE id = $1 AND store_id = $2")
        .bind(id.as_str())
        .bind(store.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

/// A pending invitation, also when it has expired.
pub(super) async fn invitation(
    conn: &mut Conn<'_>,
    store: &StoreId,
    id: &InvitationId,
) -> Result<Option<RoleRow>> {
    sql("SELECT role, email AS who FROM invitation
         WHERE id = $1 AND store_id = $2 AND ended_at IS NULL")
    .bind(id.as_str())
    .bind(store.as_str())
    .optional(conn)
    .await
}

pub(super) async fn set_invitation_role(
    conn: &mut Conn<'_>,
    store: &StoreId,
    id: &InvitationId,
    role: StoreRole,
) -> Result<()> {
    sql("UPDATE invitation SET role = $1 WHERE id = $2 AND store_id = $3 AND ended_at IS NULL")
        .bind(role.code())
        .bind(id.as_str())
        .bind(store.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

/// Ends a pending invitation; `why` is one of [`how`].
pub(super) async fn end_invitation(
    conn: &mut Conn<'_>,
    store: &StoreId,
    id: &InvitationId,
    why: &str,
    now: i64,
) -> Result<()> {
    debug_assert_ne!(why, how::ACCEPTED, "that is for those who accept");
    sql("UPDATE invitation SET ended_at = $1, how = $2
         WHERE id = $3 AND store_id = $4 AND ended_at IS NULL")
    .bind(now)
    .bind(why)
    .bind(id.as_str())
    .bind(store.as_str())
    .execute(conn)
    .await?;
    Ok(())
}

/// The pending invitation of an address, also when it has expired.
pub(super) async fn pending(
    conn: &mut Conn<'_>,
    store: &StoreId,
    email: &str,
) -> Result<Option<PendingRow>> {
    sql("SELECT id, expires_at FROM invitation
         WHERE store_id = $1 AND email = $2 AND ended_at IS NULL")
    .bind(store.as_str())
    .bind(email)
    .optional(conn)
    .await
}

/// The language of the person with this address and whether they are a member of the store;
/// `None` where the address belongs to nobody.
pub(super) async fn addressee(
    conn: &mut Conn<'_>,
    store: &StoreId,
    email: &str,
) -> Result<Option<(Option<Lang>, bool)>> {
    let row: Option<LanguageRow> = sql("SELECT p.language, EXISTS (SELECT 1 FROM store_member m
                 WHERE m.store_id = $1 AND m.person_id = p.id) AS member
         FROM person p WHERE p.email = $2")
    .bind(store.as_str())
    .bind(email)
    .optional(conn)
    .await?;
    Ok(row.map(|row| (Lang::from_code(&row.language), row.member)))
}

/// An invitation to be stored.
pub(crate) struct NewInvitation<'a> {
    pub(crate) id: &'a InvitationId,
    pub(crate) store: &'a StoreId,
    pub(crate) email: &'a str,
    pub(crate) role: StoreRole,
    pub(crate) language: Lang,
    pub(crate) invited_by: &'a PersonId,
    pub(crate) token_hash: &'a str,
    pub(crate) outbox: Option<&'a OutboxId>,
    pub(crate) created_at: i64,
    pub(crate) expires_at: i64,
}

pub(crate) async fn insert_invitation(conn: &mut Conn<'_>, new: &NewInvitation<'_>) -> Result<()> {
    sql("INSERT INTO invitation (id, store_id, email, role, language, invited_by, token_hash,
             outbox_id, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
    .bind(new.id.as_str())
    .bind(new.store.as_str())
    .bind(new.email)
    .bind(new.role.code())
    .bind(new.language.code())
    .bind(new.invited_by.as_str())
    .bind(new.token_hash)
    .bind(new.outbox.map_or("", OutboxId::as_str))
    .bind(new.created_at)
    .bind(new.expires_at)
    .execute(conn)
    .await?;
    Ok(())
}
