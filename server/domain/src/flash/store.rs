use crate::{
    db::{Conn, Result, sql},
    row,
};

row! {
    pub(super) struct FlashRow { pub(super) body: String }
}

pub(super) async fn insert(
    conn: &mut Conn<'_>,
    token_hash: &str,
    body: &str,
    expires_at: i64,
) -> Result<()> {
    sql("INSERT INTO flash (token_hash, body, expires_at) VALUES ($1, $2, $3)")
        .bind(token_hash)
        .bind(body)
        .bind(expires_at)
        .execute(conn)
        .await?;
    Ok(())
}

pub(super) async fn find(
    conn: &mut Conn<'_>,
    token_hash: &str,
    now: i64,
) -> Result<Option<FlashRow>> {
    sql("SELECT body FROM flash WHERE token_hash = $1 AND expires_at > $2")
        .bind(token_hash)
        .bind(now)
        .optional(conn)
        .await
}

/// Whether there was one.
pub(super) async fn remove(conn: &mut Conn<'_>, token_hash: &str) -> Result<bool> {
    let removed =
        sql("DELETE FROM flash WHERE token_hash = $1").bind(token_hash).execute(conn).await?;
    Ok(removed > 0)
}
