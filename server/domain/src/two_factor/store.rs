use crate::{
    db::{Conn, Result, sql},
    row,
};
use model::PersonId;

row! {
    pub(super) struct TwoFactorRow {
        pub(super) secret: String,
        pub(super) confirmed_at: Option<i64>,
    }
}
row! { struct CountRow { n: i64 } }
row! { struct FoundRow { found: bool } }

pub(super) async fn find(conn: &mut Conn<'_>, person: &PersonId) -> Result<Option<TwoFactorRow>> {
    sql("SELECT secret, confirmed_at FROM two_factor WHERE person_id = $1")
        .bind(person.as_str())
        .optional(conn)
        .await
}

/// As [`find`], locked until the transaction ends.
pub(super) async fn lock(conn: &mut Conn<'_>, person: &PersonId) -> Result<Option<TwoFactorRow>> {
    sql("UPDATE two_factor SET last_step = last_step WHERE person_id = $1
         RETURNING secret, confirmed_at")
    .bind(person.as_str())
    .optional(conn)
    .await
}

/// Keeps the secret of a set-up that begins, in place of an earlier one that was not finished;
/// false where it is on already.
pub(super) async fn begin(
    conn: &mut Conn<'_>,
    person: &PersonId,
    secret: &str,
    now: i64,
) -> Result<bool> {
    let rows = sql("INSERT INTO two_factor (person_id, secret, last_step, created_at)
         VALUES ($1, $2, 0, $3)
         ON CONFLICT (person_id) DO UPDATE SET secret = excluded.secret,
             created_at = excluded.created_at
         WHERE two_factor.confirmed_at IS NULL")
    .bind(person.as_str())
    .bind(secret)
    .bind(now)
    .execute(conn)
    .await?;
    Ok(rows == 1)
}

pub(super) async fn cancel(conn: &mut Conn<'_>, person: &PersonId) -> Result<()> {
    sql("DELETE FROM two_factor WHERE person_id = $1 AND confirmed_at IS NULL")
        .bind(person.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

pub(super) async fn confirm(
    conn: &mut Conn<'_>,
    person: &PersonId,
    step: i64,
    now: i64,
) -> Result<()> {
    sql("UPDATE two_factor SET confirmed_at = $1, last_step = $2 WHERE person_id = $3")
        .bind(now)
        .bind(step)
        .bind(person.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

/// Notes that a code of this step was accepted; false where that or a later one was before.
pub(super) async fn use_step(conn: &mut Conn<'_>, person: &PersonId, step: i64) -> Result<bool> {
    let rows = sql("UPDATE two_factor SET last_step = $1 WHERE person_id = $2 AND last_step < $1")
        .bind(step)
        .bind(person.as_str())
        .execute(conn)
        .await?;
    Ok(rows == 1)
}

pub(super) async fn delete(conn: &mut Conn<'_>, person: &PersonId) -> Result<()> {
    delete_codes(conn, person).await?;
    sql("DELETE FROM two_factor WHERE person_id = $1").bind(person.as_str()).execute(conn).await?;
    Ok(())
}

pub(super) async fn delete_codes(conn: &mut Conn<'_>, person: &PersonId) -> Result<()> {
    sql("DELETE FROM recovery_code WHERE person_id = $1")
        .bind(person.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

pub(super) async fn insert_code(
    conn: &mut Conn<'_>,
    person: &PersonId,
    hash: &str,
    now: i64,
) -> Result<()> {
    sql("INSERT INTO recovery_code (person_id, code_hash, created_at) VALUES ($1, $2, $3)")
        .bind(person.as_str())
        .bind(hash)
        .bind(now)
        .execute(conn)
        .await?;
    Ok(())
}

/// Uses a code up; false where there is none like it, or it was used before.
pub(super) async fn use_code(
    conn: &mut Conn<'_>,
    person: &PersonId,
    hash: &str,
    now: i64,
) -> Result<bool> {
    let rows = sql("UPDATE recovery_code SET used_at = $1
         WHERE person_id = $2 AND code_hash = $3 AND used_at IS NULL")
    .bind(now)
    .bind(person.as_str())
    .bind(hash)
    .execute(conn)
    .await?;
    Ok(rows == 1)
}

pub(super) async fn codes_left(conn: &mut Conn<'_>, person: &PersonId) -> Result<i64> {
    let row: CountRow =
        sql("SELECT COUNT(*) AS n FROM recovery_code WHERE person_id = $1 AND used_at IS NULL")
            .bind(person.as_str())
            .one(conn)
            .await?;
    Ok(row.n)
}

/// Whether an organization of the person demands a second factor, now or from a day to come.
pub(super) async fn demanded(conn: &mut Conn<'_>, person: &PersonId) -> Result<bool> {
    let row: FoundRow = sql("SELECT EXISTS (SELECT 1 FROM organization_member m
             JOIN organization_security s ON s.organization_id = m.organization_id
             WHERE m.person_id = $1 AND s.two_factor_from IS NOT NULL) AS found")
    .bind(person.as_str())
    .one(conn)
    .await?;
    Ok(row.found)
}
