use super::{VALID, how};
use crate::{
    db::{Conn, Result, sql},
    row,
};
use model::{
    InvitationId, OrganizationId, OutboxId, PersonId, StoreId,
    access::{OrganizationRole, RoleRef},
    text::Lang,
};

row! {
    /// An invitation with what its page says of it, and the person its address belongs to.
    pub(super) struct InvitationRow {
        pub(super) id: String,
        pub(super) organization_id: String,
        pub(super) organization: String,
        pub(super) email: String,
        pub(super) role: String,
        pub(super) language: String,
        pub(super) inviter_first_name: String,
        pub(super) inviter_last_name: String,
        pub(super) expires_at: i64,
        pub(super) how: Option<String>,
        pub(super) person_id: Option<String>,
    }
}

row! {
    /// A store that an invitation is to, and the role it gives there.
    pub(crate) struct InvitedStore {
        pub(crate) store_id: String,
        pub(crate) store: String,
        pub(crate) role: String,
        pub(crate) role_name: Option<String>,
    }
}

row! {
    pub(super) struct Ended {
        pub(super) role: String,
        pub(super) membership_ends_at: Option<i64>,
    }
}

row! {
    /// A pending invitation, also when it has expired.
    pub(crate) struct PendingRow {
        pub(crate) id: String,
        pub(crate) email: String,
        pub(crate) role: String,
        pub(crate) membership_ends_at: Option<i64>,
        pub(crate) language: String,
        pub(crate) expires_at: i64,
    }
}

row! { struct SentRow { sent: i64 } }

/// The invitation with this token, live or ended.
pub(super) async fn by_token(
    conn: &mut Conn<'_>,
    token_hash: &str,
) -> Result<Option<InvitationRow>> {
    sql("SELECT i.id, o.id AS organization_id, o.name AS organization, i.email, i.role,
             i.language, b.first_name AS inviter_first_name,
             b.last_name AS inviter_last_name, i.expires_at, i.how, p.id AS person_id
         FROM invitation i
         JOIN organization o ON o.id = i.organization_id
         JOIN person b ON b.id = i.invited_by
         LEFT JOIN person p ON p.email = i.email
         WHERE i.token_hash = $1")
    .bind(token_hash)
    .optional(conn)
    .await
}

/// The stores that an invitation is to, by name.
pub(crate) async fn stores(conn: &mut Conn<'_>, id: &str) -> Result<Vec<InvitedStore>> {
    sql("SELECT v.store_id, s.name AS store, v.role, r.name AS role_name
         FROM invitation_store v
         JOIN store s ON s.id = v.store_id
         LEFT JOIN role r ON r.id = v.role AND r.organization_id = s.organization_id
         WHERE v.invitation_id = $1 ORDER BY s.name, s.id")
    .bind(id)
    .all(conn)
    .await
}

/// Uses an invitation up; `None` where it has ended or expired in the meantime. What it gives is
/// what it says at this moment.
pub(super) async fn use_up(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    id: &InvitationId,
    now: i64,
) -> Result<Option<Ended>> {
    sql("UPDATE invitation SET ended_at = $1, how = $2
         WHERE id = $3 AND organization_id = $4 AND ended_at IS NULL AND expires_at > $1
         RETURNING role, membership_ends_at")
    .bind(now)
    .bind(how::ACCEPTED)
    .bind(id.as_str())
    .bind(organization.as_str())
    .optional(conn)
    .await
}

/// An invitation to be stored.
pub(crate) struct NewInvitation<'a> {
    pub(crate) id: &'a InvitationId,
    pub(crate) organization: &'a OrganizationId,
    pub(crate) email: &'a str,
    pub(crate) role: OrganizationRole,
    pub(crate) membership_ends_at: Option<i64>,
    pub(crate) stores: &'a [(StoreId, RoleRef)],
    pub(crate) language: Lang,
    pub(crate) invited_by: &'a PersonId,
    pub(crate) token_hash: &'a str,
    pub(crate) outbox: Option<&'a OutboxId>,
    pub(crate) created_at: i64,
    pub(crate) expires_at: i64,
}

pub(crate) async fn insert(conn: &mut Conn<'_>, new: &NewInvitation<'_>) -> Result<()> {
    sql("INSERT INTO invitation (id, organization_id, email, role, membership_ends_at, language,
             invited_by, token_hash, outbox_id, sends, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10, $11)")
    .bind(new.id.as_str())
    .bind(new.organization.as_str())
    .bind(new.email)
    .bind(new.role.code())
    .bind(new.membership_ends_at)
    .bind(new.language.code())
    .bind(new.invited_by.as_str())
    .bind(new.token_hash)
    .bind(new.outbox.map_or("", OutboxId::as_str))
    .bind(new.created_at)
    .bind(new.expires_at)
    .execute(conn)
    .await?;
    for (store, role) in new.stores {
        put_store(conn, new.id, store, role).await?;
    }
    Ok(())
}

/// The invitation is to this store with this role from now on.
pub(crate) async fn put_store(
    conn: &mut Conn<'_>,
    id: &InvitationId,
    store: &StoreId,
    role: &RoleRef,
) -> Result<()> {
    sql("INSERT INTO invitation_store (invitation_id, store_id, role) VALUES ($1, $2, $3)
         ON CONFLICT (invitation_id, store_id) DO UPDATE SET role = excluded.role")
    .bind(id.as_str())
    .bind(store.as_str())
    .bind(role.code())
    .execute(conn)
    .await?;
    Ok(())
}

pub(crate) async fn drop_store(
    conn: &mut Conn<'_>,
    id: &InvitationId,
    store: &StoreId,
) -> Result<()> {
    sql("DELETE FROM invitation_store WHERE invitation_id = $1 AND store_id = $2")
        .bind(id.as_str())
        .bind(store.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

/// The pending invitation of an address.
pub(crate) async fn pending_of(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    email: &str,
) -> Result<Option<PendingRow>> {
    sql("SELECT id, email, role, membership_ends_at, language, expires_at FROM invitation
         WHERE organization_id = $1 AND email = $2 AND ended_at IS NULL")
    .bind(organization.as_str())
    .bind(email)
    .optional(conn)
    .await
}

/// The pending invitation with this identifier.
pub(crate) async fn pending(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    id: &InvitationId,
) -> Result<Option<PendingRow>> {
    sql("SELECT id, email, role, membership_ends_at, language, expires_at FROM invitation
         WHERE organization_id = $1 AND id = $2 AND ended_at IS NULL")
    .bind(organization.as_str())
    .bind(id.as_str())
    .optional(conn)
    .await
}

/// Ends a pending invitation; `why` is one of [`how`].
pub(crate) async fn end(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    id: &InvitationId,
    why: &str,
    now: i64,
) -> Result<()> {
    debug_assert_ne!(why, how::ACCEPTED, "that is for those who accept");
    sql("UPDATE invitation SET ended_at = $1, how = $2
         WHERE id = $3 AND organization_id = $4 AND ended_at IS NULL")
    .bind(now)
    .bind(why)
    .bind(id.as_str())
    .bind(organization.as_str())
    .execute(conn)
    .await?;
    Ok(())
}

/// Another mail of a pending invitation is on its way, and it works until `expires_at`.
pub(crate) async fn sent_again(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    id: &InvitationId,
    outbox: &OutboxId,
    expires_at: i64,
) -> Result<()> {
    sql("UPDATE invitation SET outbox_id = $1, expires_at = $2, sends = sends + 1
         WHERE id = $3 AND organization_id = $4 AND ended_at IS NULL")
    .bind(outbox.as_str())
    .bind(expires_at)
    .bind(id.as_str())
    .bind(organization.as_str())
    .execute(conn)
    .await?;
    Ok(())
}

/// How many mails were sent by the invitations that sent one since `since`.
pub(super) async fn sent_since(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    since: i64,
) -> Result<i64> {
    let row: SentRow = sql("SELECT CAST(COALESCE(SUM(sends), 0) AS BIGINT) AS sent FROM invitation
         WHERE organization_id = $1 AND expires_at > $2")
    .bind(organization.as_str())
    .bind(since + VALID)
    .one(conn)
    .await?;
    Ok(row.sent)
}
