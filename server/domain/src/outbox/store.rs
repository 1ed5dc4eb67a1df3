use crate::{
    db::{Conn, Result, sql},
    row,
};
use model::OutboxId;

row! {
    /// A row that this worker may deliver until its lease ends.
    pub(super) struct Claimed {
        pub(super) id: String,
        pub(super) payload: String,
        pub(super) attempts: i64,
        pub(super) created_at: i64,
    }
}

row! {
    /// A row as the demo mailbox needs it.
    pub(crate) struct OutboxRow {
        pub(crate) id: String,
        pub(crate) payload: String,
        pub(crate) created_at: i64,
    }
}

row! {
    /// How many rows are due, and since when the first of them is.
    pub(super) struct DueRow {
        pub(super) n: i64,
        pub(super) since: Option<i64>,
    }
}

/// The rows that are due, counted up to `limit`: an index read that stays short.
pub(super) async fn due(conn: &mut Conn<'_>, now: i64, limit: i64) -> Result<DueRow> {
    sql("SELECT COUNT(*) AS n, MIN(next_attempt_at) AS since FROM (
             SELECT next_attempt_at FROM outbox WHERE state = 'waiting' AND next_attempt_at <= $1
             ORDER BY next_attempt_at LIMIT $2) AS due")
    .bind(now)
    .bind(limit)
    .one(conn)
    .await
}

pub(super) async fn insert(
    conn: &mut Conn<'_>,
    id: &OutboxId,
    kind: &str,
    payload: &str,
    (now, due): (i64, i64),
) -> Result<()> {
    sql("INSERT INTO outbox (id, kind, payload, state, attempts, next_attempt_at, created_at)
         VALUES ($1, $2, $3, 'waiting', 0, $4, $5)")
    .bind(id.as_str())
    .bind(kind)
    .bind(payload)
    .bind(due)
    .bind(now)
    .execute(conn)
    .await?;
    Ok(())
}

/// Takes due rows until `lease`. Two workers never take the same: the outer condition is checked
/// again on a row that another one has just taken.
pub(super) async fn claim(
    conn: &mut Conn<'_>,
    now: i64,
    lease: i64,
    limit: i64,
) -> Result<Vec<Claimed>> {
    sql("UPDATE outbox SET attempts = attempts + 1, next_attempt_at = $2
         WHERE state = 'waiting' AND next_attempt_at <= $1 AND id IN (
             SELECT id FROM outbox WHERE state = 'waiting' AND next_attempt_at <= $1
             ORDER BY next_attempt_at, id LIMIT $3)
         RETURNING id, payload, attempts, created_at")
    .bind(now)
    .bind(lease)
    .bind(limit)
    .all(conn)
    .await
}

/// Records the end of a delivery. What was sent stays sent, also when the lease had ended and
/// another worker is at it.
pub(super) async fn finish(conn: &mut Conn<'_>, id: &str, state: &str, now: i64) -> Result<()> {
    sql("UPDATE outbox SET state = $1, finished_at = $2, last_error = NULL
         WHERE id = $3 AND state <> 'sent'")
    .bind(state)
    .bind(now)
    .bind(id)
    .execute(conn)
    .await?;
    Ok(())
}

/// Records a failed attempt: in `state` 'waiting' it is tried again at `next`.
pub(super) async fn fail(
    conn: &mut Conn<'_>,
    row: &Claimed,
    state: &str,
    reason: &str,
    next: i64,
    finished: Option<i64>,
) -> Result<()> {
    sql("UPDATE outbox SET state = $1, last_error = $2, next_attempt_at = $3, finished_at = $4
         WHERE id = $5 AND attempts = $6 AND state = 'waiting'")
    .bind(state)
    .bind(reason)
    .bind(next)
    .bind(finished)
    .bind(&row.id)
    .bind(row.attempts)
    .execute(conn)
    .await?;
    Ok(())
}

/// The newest rows; one of them with `id`.
pub(crate) async fn recent(
    conn: &mut Conn<'_>,
    id: Option<&str>,
    limit: i64,
) -> Result<Vec<OutboxRow>> {
    sql("SELECT id, payload, created_at FROM outbox
         WHERE (CAST($1 AS TEXT) IS NULL OR id = $1) ORDER BY created_at DESC, id DESC LIMIT $2")
    .bind(id)
    .bind(limit)
    .all(conn)
    .await
}
