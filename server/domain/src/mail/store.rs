use crate::{
    db::{Conn, Result, sql},
    row,
};
use model::{InvitationId, OrganizationId, PersonId, RegistrationId};

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

row! {
    /// A member of whom a second factor is demanded.
    pub(super) struct TwoFactorRow {
        pub(super) email: String,
        pub(super) first_name: String,
        pub(super) time_zone: String,
        pub(super) organization: String,
        pub(super) two_factor_from: i64,
    }
}

pub(super) async fn two_factor(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    person: &PersonId,
    now: i64,
) -> Result<Option<TwoFactorRow>> {
    sql("SELECT p.email, p.first_name, p.time_zone, o.name AS organization, g.two_factor_from
         FROM organization_member m
         JOIN person p ON p.id = m.person_id
         JOIN organization o ON o.id = m.organization_id
         JOIN organization_security g ON g.organization_id = o.id
         WHERE m.organization_id = $1 AND m.person_id = $2 AND g.two_factor_from IS NOT NULL
             AND m.suspended_at IS NULL AND (m.ends_at IS NULL OR m.ends_at > $3)")
    .bind(organization.as_str())
    .bind(person.as_str())
    .bind(now)
    .optional(conn)
    .await
}

row! {
    /// A membership with an end.
    pub(super) struct MembershipRow {
        pub(super) email: String,
        pub(super) first_name: String,
        pub(super) organization: String,
        pub(super) ends_at: Option<i64>,
    }
}

pub(super) async fn membership(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    person: &PersonId,
) -> Result<Option<MembershipRow>> {
    sql("SELECT p.email, p.first_name, o.name AS organization, m.ends_at
         FROM organization_member m
         JOIN organization o ON o.id = m.organization_id
         JOIN person p ON p.id = m.person_id
         WHERE m.organization_id = $1 AND m.person_id = $2")
    .bind(organization.as_str())
    .bind(person.as_str())
    .optional(conn)
    .await
}
