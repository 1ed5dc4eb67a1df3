use crate::{
    db::{Conn, Result, sql},
    row,
};
use model::{InvitationId, PersonId, RegistrationId};

row! {
    /// An invitation with the names its mail needs.
    pub(super) struct InvitationRow {
        pub(super) email: String,
        pub(super) role: String,
        pub(super) organization: String,
        pub(super) first_name: String,
        pub(super) last_name: String,
        pub(super) expires_at: i64,
        pub(super) ended_at: Option<i64>,
    }
}

row! {
    pub(super) struct RegistrationRow {
        pub(super) email: String,
        pub(super) first_name: String,
        pub(super) organization_name: String,
        pub(super) expires_at: i64,
        pub(super) confirmed_at: Option<i64>,
    }
}

row! {
    pub(super) struct PersonRow {
        pub(super) email: String,
        pub(super) first_name: String,
    }
}

pub(super) async fn invitation(
    conn: &mut Conn<'_>,
    id: &InvitationId,
) -> Result<Option<InvitationRow>> {
    sql("SELECT i.email, i.role, o.name AS organization, p.first_name, p.last_name, i.expires_at,
             i.ended_at
         FROM invitation i
         JOIN organization o ON o.id = i.organization_id
         JOIN person p ON p.id = i.invited_by
         WHERE i.id = $1")
    .bind(id.as_str())
    .optional(conn)
    .await
}

pub(super) async fn registration(
    conn: &mut Conn<'_>,
    id: &RegistrationId,
) -> Result<Option<RegistrationRow>> {
    sql("SELECT email, first_name, organization_name, expires_at, confirmed_at
         FROM registration WHERE id = $1")
    .bind(id.as_str())
    .optional(conn)
    .await
}

pub(super) async fn person(conn: &mut Conn<'_>, id: &PersonId) -> Result<Option<PersonRow>> {
    sql("SELECT email, first_name FROM person WHERE id = $1").bind(id.as_str()).optional(conn).await
}
