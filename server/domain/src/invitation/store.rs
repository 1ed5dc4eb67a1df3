use super::how;
use crate::{
    db::{Conn, Result, sql},
    row,
};
use model::{InvitationId, StoreId};

row! {
    /// An invitation with what its page says of it, and the person its address belongs to.
    pub(super) struct InvitationRow {
        pub(super) id: String,
        pub(super) store_id: String,
        pub(super) store: String,
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
    pub(super) struct Ended {
        pub(super) role: String,
    }
}

/// The invitation with this token, live or ended.
pub(super) async fn by_token(
    conn: &mut Conn<'_>,
    token_hash: &str,
) -> Result<Option<InvitationRow>> {
    sql("SELECT i.id, i.store_id, s.name AS store, o.id AS organization_id,
             o.name AS organization, i.email, i.role, i.language,
             b.first_name AS inviter_first_name, b.last_name AS inviter_last_name,
             i.expires_at, i.how, p.id AS person_id
         FROM invitation i
         JOIN store s ON s.id = i.store_id
         JOIN organization o ON o.id = s.organization_id
         JOIN person b ON b.id = i.invited_by
         LEFT JOIN person p ON p.email = i.email
         WHERE i.token_hash = $1")
    .bind(token_hash)
    .optional(conn)
    .await
}

/// Locks the store against every other change of its members.
pub(super) async fn lock(conn: &mut Conn<'_>, store: &StoreId) -> Result<()> {
    sql("UPDATE store SET guard = guard + 1 WHERE id = $1")
        .bind(store.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

/// Uses an invitation up; `None` where it has ended or expired in the meantime. The role is the
/// one it has at this moment.
pub(super) async fn use_up(
    conn: &mut Conn<'_>,
    store: &StoreId,
    id: &InvitationId,
    now: i64,
) -> Result<Option<Ended>> {
    sql("UPDATE invitation SET ended_at = $1, how = $2
         WHERE id = $3 AND store_id = $4 AND ended_at IS NULL AND expires_at > $1
         RETURNING role")
    .bind(now)
    .bind(how::ACCEPTED)
    .bind(id.as_str())
    .bind(store.as_str())
    .optional(conn)
    .await
}
