use crate::{
    db::{Conn, Result, sql},
    row,
};
use model::{PersonId, ResetId};

row! {
    pub(super) struct ResetRow {
        pub(super) id: String,
        pub(super) person_id: String,
        pub(super) email: String,
        pub(super) language: String,
        pub(super) expires_at: i64,
        pub(super) used_at: Option<i64>,
    }
}

pub(super) async fn insert(
    conn: &mut Conn<'_>,
    id: &ResetId,
    person: &PersonId,
    token_hash: &str,
    now: i64,
    expires_at: i64,
) -> Result<()> {
    sql("INSERT INTO password_reset (id, person_id, token_hash, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5)")
    .bind(id.as_str())
    .bind(person.as_str())
    .bind(token_hash)
    .bind(now)
    .bind(expires_at)
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn by_token(conn: &mut Conn<'_>, token_hash: &str) -> Result<Option<ResetRow>> {
    sql("SELECT r.id, r.person_id, p.email, p.language, r.expires_at, r.used_at
         FROM password_reset r JOIN person p ON p.id = r.person_id WHERE r.token_hash = $1")
    .bind(token_hash)
    .optional(conn)
    .await
}

/// Uses a link up; false where it was used before or is too old.
pub(super) async fn use_up(conn: &mut Conn<'_>, id: &str, now: i64) -> Result<bool> {
    let used = sql("UPDATE password_reset SET used_at = $1
         WHERE id = $2 AND used_at IS NULL AND expires_at > $1")
    .bind(now)
    .bind(id)
    .execute(conn)
    .await?;
    Ok(used == 1)
}

/// Makes every link of a person useless.
pub(crate) async fn end_others(conn: &mut Conn<'_>, person: &PersonId, now: i64) -> Result<()> {
    sql("UPDATE password_reset SET used_at = $1 WHERE person_id = $2 AND used_at IS NULL")
        .bind(now)
        .bind(person.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

pub(super) async fn set_password(conn: &mut Conn<'_>, person: &PersonId, hash: &str) -> Result<()> {
    sql("UPDATE person SET password_hash = $1 WHERE id = $2")
        .bind(hash)
        .bind(person.as_str())
        .execute(conn)
        .await?;
    Ok(())
}
