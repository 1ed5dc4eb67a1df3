use crate::{
    db::{Conn, Result, sql},
    row,
};

row! {
    pub(super) struct InstanceRow {
        pub(super) key_fingerprint: String,
        pub(super) demo: bool,
    }
}

/// Writes the one row unless it is there.
pub(super) async fn found(
    conn: &mut Conn<'_>,
    key_fingerprint: &str,
    demo: bool,
    now: i64,
) -> Result<()> {
    sql("INSERT INTO instance (id, key_fingerprint, demo, created_at)
         VALUES ('instance', $1, $2, $3) ON CONFLICT (id) DO NOTHING")
    .bind(key_fingerprint)
    .bind(demo)
    .bind(now)
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn read(conn: &mut Conn<'_>) -> Result<InstanceRow> {
    sql("SELECT key_fingerprint, demo FROM instance WHERE id = 'instance'").one(conn).await
}
