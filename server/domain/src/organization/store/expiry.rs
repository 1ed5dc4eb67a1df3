//! Memberships that end.
use crate::{
    db::{Conn, Result, sql},
    row,
};

row! {
    /// A membership whose time has come, or comes soon.
    pub struct DueRow {
        pub organization_id: String,
        pub person_id: String,
        pub language: String,
    }
}

/// Memberships that have ended by `now`.
pub async fn due(conn: &mut Conn<'_>, now: i64, limit: i64) -> Result<Vec<DueRow>> {
    sql("SELECT organization_id, person_id, '' AS language FROM organization_member
         WHERE ends_at IS NOT NULL AND ends_at <= $1 AND role <> 'owner'
         ORDER BY ends_at, organization_id, person_id LIMIT $2")
    .bind(now)
    .bind(limit)
    .all(conn)
    .await
}

/// Marks the memberships that end before `soon` as warned of; those that were not so far.
pub async fn warn(conn: &mut Conn<'_>, now: i64, soon: i64) -> Result<Vec<DueRow>> {
    sql("UPDATE organization_member SET warned_at = $1
         WHERE warned_at IS NULL AND suspended_at IS NULL AND ends_at IS NOT NULL
             AND ends_at > $1 AND ends_at <= $2
         RETURNING organization_id, person_id,
             (SELECT p.language FROM person p WHERE p.id = organization_member.person_id)
                 AS language")
    .bind(now)
    .bind(soon)
    .all(conn)
    .await
}
