use super::list_sql::{self, Lead};
use crate::{
    db::{Conn, Result, sql},
    row,
};
use model::AuditId;

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
    /// The end of a chain: its number of entries and the hash of the last; where it stands in the
    /// register, from where on hashes are keyed, and a keyed hash of all that.
    pub(super) struct End {
        pub(super) length: i64,
        pub(super) head: String,
        pub(super) number: i64,
        pub(super) keyed_from: i64,
        pub(super) seal: String,
    }
}

row! {
    /// The register of chains: their number and a keyed hash of their names in order.
    pub(super) struct Register {
        pub(super) chains: i64,
        pub(super) head: String,
    }
}

row! {
    pub(super) struct Chain { pub(super) chain: String }
}

row! {
    pub(super) struct Numbered { pub(super) chain: String, pub(super) number: i64 }
}

/// Locks the chain and makes room for an entry: its position and the hash of the one before it.
pub(super) async fn extend(conn: &mut Conn<'_>, chain: &str) -> Result<End> {
    sql("INSERT INTO audit_chain (chain, length, head) VALUES ($1, 1, '')
         ON CONFLICT (chain) DO UPDATE SET length = audit_chain.length + 1
         RETURNING length, head, number, keyed_from, seal")
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

/// Writes a chain's end but for its length, which [`extend`] wrote.
pub(super) async fn set_end(conn: &mut Conn<'_>, chain: &str, end: &End) -> Result<()> {
    sql("UPDATE audit_chain SET head = $1, number = $2, keyed_from = $3, seal = $4
         WHERE chain = $5")
    .bind(&end.head)
    .bind(end.number)
    .bind(end.keyed_from)
    .bind(&end.seal)
    .bind(chain)
    .execute(conn)
    .await?;
    Ok(())
}

/// Locks the register and makes room for a chain: its number and the hash of those before it.
pub(super) async fn extend_register(conn: &mut Conn<'_>) -> Result<Register> {
    sql("INSERT INTO audit_register (id, chains, head) VALUES ('register', 1, '')
         ON CONFLICT (id) DO UPDATE SET chains = audit_register.chains + 1
         RETURNING chains, head")
    .one(conn)
    .await
}

pub(super) async fn set_register(conn: &mut Conn<'_>, head: &str) -> Result<()> {
    sql("UPDATE audit_register SET head = $1 WHERE id = 'register'")
        .bind(head)
        .execute(conn)
        .await?;
    Ok(())
}

pub(super) async fn register(conn: &mut Conn<'_>) -> Result<Option<Register>> {
    sql("SELECT chains, head FROM audit_register WHERE id = 'register'").optional(conn).await
}

/// The chains in the register, in its order, at most `limit` after `number`.
pub(super) async fn numbered(
    conn: &mut Conn<'_>,
    number: i64,
    limit: i64,
) -> Result<Vec<Numbered>> {
    sql("SELECT chain, number FROM audit_chain WHERE number > $1 ORDER BY number, chain LIMIT $2")
        .bind(number)
        .bind(limit)
        .all(conn)
        .await
}

/// Every chain that has an end or entries.
pub(super) async fn chains(conn: &mut Conn<'_>) -> Result<Vec<Chain>> {
    sql("SELECT chain FROM audit_chain UNION SELECT DISTINCT chain FROM audit_entry ORDER BY 1")
        .all(conn)
        .await
}

pub(super) async fn end(conn: &mut Conn<'_>, chain: &str) -> Result<Option<End>> {
    sql("SELECT length, head, number, keyed_from, seal FROM audit_chain WHERE chain = $1")
        .bind(chain)
        .optional(conn)
        .await
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

/// The values of one statement of the list.
pub(super) struct Page {
    pub(super) lead: (Lead, String),
    pub(super) newer: bool,
    pub(super) at: i64,
    pub(super) position: i64,
    pub(super) within: i64,
    pub(super) actions: String,
    pub(super) store: String,
    pub(super) section: String,
    pub(super) limit: i64,
}

/// The entries of one statement of the list, in its direction.
pub(super) async fn list(conn: &mut Conn<'_>, chain: &str, page: &Page) -> Result<Vec<Entry>> {
    sql(list_sql::page(page.lead.0, page.newer))
        .bind(chain)
        .bind(&page.lead.1)
        .bind(page.at)
        .bind(page.position)
        .bind(page.within)
        .bind(&page.actions)
        .bind(&page.store)
        .bind(&page.section)
        .bind(page.limit)
        .all(conn)
        .await
}

pub(super) async fn entry(conn: &mut Conn<'_>, chain: &str, id: &AuditId) -> Result<Option<Entry>> {
    sql("SELECT id, chain, position, at, actor, address, request_id, action, store_id, subject,
             old_value, new_value, hash
         FROM audit_entry WHERE id = $1 AND chain = $2")
    .bind(id.as_str())
    .bind(chain)
    .optional(conn)
    .await
}

row! {
    /// Somebody who did something; without a name where it is no person.
    pub(super) struct ActorRow {
        pub(super) id: String,
        pub(super) name: String,
        pub(super) email: String,
    }
}

pub(super) async fn actors(conn: &mut Conn<'_>, chain: &str, limit: i64) -> Result<Vec<ActorRow>> {
    sql(list_sql::ACTORS).bind(chain).bind(limit).all(conn).await
}

row! {
    pub(super) struct NameRow { pub(super) name: String }
}

pub(super) async fn person_name(conn: &mut Conn<'_>, id: &str) -> Result<Option<NameRow>> {
    sql("SELECT first_name || ' ' || last_name AS name FROM person WHERE id = $1")
        .bind(id)
        .optional(conn)
        .await
}

pub(super) async fn store_name(
    conn: &mut Conn<'_>,
    organization: &str,
    id: &str,
) -> Result<Option<NameRow>> {
    sql("SELECT name FROM store WHERE id = $1 AND organization_id = $2")
        .bind(id)
        .bind(organization)
        .optional(conn)
        .await
}

pub(super) async fn role_name(
    conn: &mut Conn<'_>,
    organization: &str,
    id: &str,
) -> Result<Option<NameRow>> {
    sql("SELECT name FROM role WHERE id = $1 AND organization_id = $2")
        .bind(id)
        .bind(organization)
        .optional(conn)
        .await
}

row! {
    pub(super) struct StoreRow { pub(super) id: String, pub(super) name: String }
}

/// The organization's stores, by name.
pub(super) async fn stores(
    conn: &mut Conn<'_>,
    organization: &str,
    limit: i64,
) -> Result<Vec<StoreRow>> {
    sql("SELECT id, name FROM store WHERE organization_id = $1 ORDER BY name, id LIMIT $2")
        .bind(organization)
        .bind(limit)
        .all(conn)
        .await
}

row! {
    /// How far a chain was proven.
    #[derive(Default)]
    pub(super) struct CheckRow {
        pub(super) position: i64,
        pub(super) head: String,
        pub(super) finished_at: i64,
        pub(super) entries: i64,
        pub(super) broken_at: i64,
        pub(super) problem: String,
        pub(super) seal: String,
    }
}

pub(super) async fn check(conn: &mut Conn<'_>, chain: &str) -> Result<Option<CheckRow>> {
    sql("SELECT position, head, finished_at, entries, broken_at, problem, seal
         FROM audit_check WHERE chain = $1")
    .bind(chain)
    .optional(conn)
    .await
}

pub(super) async fn set_check(conn: &mut Conn<'_>, chain: &str, row: &CheckRow) -> Result<()> {
    sql("INSERT INTO audit_check (chain, position, head, finished_at, entries, broken_at, problem,
             seal)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (chain) DO UPDATE SET position = excluded.position, head = excluded.head,
             finished_at = excluded.finished_at, entries = excluded.entries,
             broken_at = excluded.broken_at, problem = excluded.problem, seal = excluded.seal")
    .bind(chain)
    .bind(row.position)
    .bind(&row.head)
    .bind(row.finished_at)
    .bind(row.entries)
    .bind(row.broken_at)
    .bind(&row.problem)
    .bind(&row.seal)
    .execute(conn)
    .await?;
    Ok(())
}
