use crate::{
    db::{Conn, Result, sql},
    row,
};

row! {
    /// An entry as stored.
    pub(super) struct Entry {
        pub(super) id: String,
        pub(super) chain: String,
        pub(super) position: i64,
        pub(super) at: i64,
        pub(super) actor: String,
        pub(super) address: String,
        pub(super) request_id: String,
        pub(super) action: String,
        pub(super) store_id: Option<String>,
        pub(super) subject: String,
        pub(super) old_value: String,
        pub(super) new_value: String,
        pub(super) hash: String,
    }
}

row! {
    /// The end of a chain: its number of entries and the hash of the last.
    pub(super) struct End {
        pub(super) length: i64,
        pub(super) head: String,
    }
}

row! {
    pub(super) struct Chain { pub(super) chain: String }
}

/// Locks the chain and makes room for an entry: its position and the hash of the one before it.
pub(super) async fn extend(conn: &mut Conn<'_>, chain: &str) -> Result<End> {
    sql("INSERT INTO audit_chain (chain, length, head) VALUES ($1, 1, '')
         ON CONFLICT (chain) DO UPDATE SET length = audit_chain.length + 1
         RETURNING length, head")
    .bind(chain)
    .one(conn)
    .await
}

pub(super) async fn insert(conn: &mut Conn<'_>, entry: &Entry) -> Result<()> {
    sql("INSERT INTO audit_entry (id, chain, position, at, actor, address, request_id, action,
             store_id, subject, old_value, new_value, hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)")
    .bind(&entry.id)
    .bind(&entry.chain)
    .bind(entry.position)
    .bind(entry.at)
    .bind(&entry.actor)
    .bind(&entry.address)
    .bind(&entry.request_id)
    .bind(&entry.action)
    .bind(entry.store_id.as_deref())
    .bind(&entry.subject)
    .bind(&entry.old_value)
    .bind(&entry.new_value)
    .bind(&entry.hash)
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn set_head(conn: &mut Conn<'_>, chain: &str, head: &str) -> Result<()> {
    sql("UPDATE audit_chain SET head = $1 WHERE chain = $2")
        .bind(head)
        .bind(chain)
        .execute(conn)
        .await?;
    Ok(())
}

/// Every chain that has an end or entries.
pub(super) async fn chains(conn: &mut Conn<'_>) -> Result<Vec<Chain>> {
    sql("SELECT chain FROM audit_chain UNION SELECT DISTINCT chain FROM audit_entry ORDER BY 1")
        .all(conn)
        .await
}

pub(super) async fn end(conn: &mut Conn<'_>, chain: &str) -> Result<Option<End>> {
    sql("SELECT length, head FROM audit_chain WHERE chain = $1").bind(chain).optional(conn).await
}

/// The next entries after `position`.
pub(super) async fn page(
    conn: &mut Conn<'_>,
    chain: &str,
    position: i64,
    limit: i64,
) -> Result<Vec<Entry>> {
    sql("SELECT id, chain, position, at, actor, address, request_id, action, store_id, subject,
             old_value, new_value, hash
         FROM audit_entry WHERE chain = $1 AND position > $2 ORDER BY position LIMIT $3")
    .bind(chain)
    .bind(position)
    .bind(limit)
    .all(conn)
    .await
}
