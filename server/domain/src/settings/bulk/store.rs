use crate::{
    context::Origin,
    db::{Conn, Result, sql},
    row,
};
use model::{BatchId, OrganizationId, PersonId, StoreId};

row! {
    /// A batch, and who started it.
    pub(super) struct BatchRow {
        pub(super) id: String,
        pub(super) task: String,
        pub(super) started_at: i64,
        pub(super) stores: i64,
        pub(super) undone_by: Option<String>,
        pub(super) first_name: String,
        pub(super) last_name: String,
    }
}

row! {
    /// A store of a batch that a worker took.
    pub(super) struct Claimed {
        pub(super) batch_id: String,
        pub(super) store_id: String,
        pub(super) attempts: i64,
    }
}

row! {
    /// What a worker must know of a batch.
    pub(super) struct OrderRow {
        pub(super) organization_id: String,
        pub(super) task: String,
        pub(super) started_by: String,
        pub(super) address: String,
        pub(super) request_id: String,
        pub(super) open: bool,
    }
}

row! { pub(super) struct CountRow { pub(super) batch_id: String, pub(super) state: String, pub(super) n: i64 } }
row! { pub(super) struct ReportRow { pub(super) report: String } }
row! { pub(super) struct NamedRow { pub(super) id: String, pub(super) name: String } }
row! {
    /// What a store has stored of a section.
    pub(super) struct BodyRow { pub(super) scope_id: String, pub(super) section: String, pub(super) body: String }
}

row! {
    /// What became of a store.
    pub(super) struct ResultRow {
        pub(super) store_id: String,
        pub(super) name: String,
        pub(super) state: String,
        pub(super) report: String,
    }
}

/// A new batch.
pub(super) struct New<'a> {
    pub(super) id: &'a BatchId,
    pub(super) organization: &'a OrganizationId,
    pub(super) task: &'a str,
    pub(super) by: &'a PersonId,
    pub(super) origin: &'a Origin,
    pub(super) at: i64,
}

pub(super) async fn insert(conn: &mut Conn<'_>, new: &New<'_>, stores: &[StoreId]) -> Result<()> {
    sql(
        "INSERT INTO batch (id, organization_id, task, started_by, started_at, address, request_id,
             stores, undone_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL)",
    )
    .bind(new.id.as_str())
    .bind(new.organization.as_str())
    .bind(new.task)
    .bind(new.by.as_str())
    .bind(new.at)
    .bind(&new.origin.address)
    .bind(&new.origin.request_id)
    .bind(i64::try_from(stores.len()).unwrap_or(i64::MAX))
    .execute(conn)
    .await?;
    for store in stores {
        sql(
            "INSERT INTO batch_store (batch_id, store_id, state, report, attempts, next_attempt_at,
                 finished_at)
             SELECT $1, id, 'waiting', '{}', 0, $3, NULL FROM store
             WHERE id = $2 AND organization_id = $4",
        )
        .bind(new.id.as_str())
        .bind(store.as_str())
        .bind(new.at)
        .bind(new.organization.as_str())
        .execute(conn)
        .await?;
    }
    Ok(())
}

/// Marks a batch as taken back; whether it was not before.
pub(super) async fn mark_undone(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    id: &BatchId,
    by: &BatchId,
) -> Result<bool> {
    let marked = sql("UPDATE batch SET undone_by = $3
         WHERE id = $1 AND organization_id = $2 AND undone_by IS NULL")
    .bind(id.as_str())
    .bind(organization.as_str())
    .bind(by.as_str())
    .execute(conn)
    .await?;
    Ok(marked > 0)
}

/// Takes due stores until `lease`. Two workers never take the same: the outer condition is checked
/// again on a row that another one has just taken.
pub(super) async fn claim(
    conn: &mut Conn<'_>,
    now: i64,
    lease: i64,
    limit: i64,
) -> Result<Vec<Claimed>> {
    sql("UPDATE batch_store SET attempts = attempts + 1, next_attempt_at = $2
         WHERE state = 'waiting' AND next_attempt_at <= $1 AND (batch_id, store_id) IN (
             SELECT batch_id, store_id FROM batch_store
             WHERE state = 'waiting' AND next_attempt_at <= $1
             ORDER BY next_attempt_at, batch_id, store_id LIMIT $3)
         RETURNING batch_id, store_id, attempts")
    .bind(now)
    .bind(lease)
    .bind(limit)
    .all(conn)
    .await
}

/// Holds a store's row until the transaction ends; whether it still waits.
pub(super) async fn hold(conn: &mut Conn<'_>, row: &Claimed) -> Result<bool> {
    let held = sql("UPDATE batch_store SET attempts = attempts
         WHERE batch_id = $1 AND store_id = $2 AND state = 'waiting'")
    .bind(&row.batch_id)
    .bind(&row.store_id)
    .execute(conn)
    .await?;
    Ok(held > 0)
}

pub(super) async fn order(conn: &mut Conn<'_>, row: &Claimed) -> Result<Option<OrderRow>> {
    sql("SELECT b.organization_id, b.task, b.started_by, b.address, b.request_id,
             (s.archived_at IS NULL) AS open
         FROM batch b JOIN store s ON s.id = $2 AND s.organization_id = b.organization_id
         WHERE b.id = $1")
    .bind(&row.batch_id)
    .bind(&row.store_id)
    .optional(conn)
    .await
}

/// Keeps what became of a store that still waits.
pub(super) async fn finish(
    conn: &mut Conn<'_>,
    row: &Claimed,
    state: &str,
    report: &str,
    now: i64,
) -> Result<()> {
    sql("UPDATE batch_store SET state = $3, report = $4, finished_at = $5
         WHERE batch_id = $1 AND store_id = $2 AND state = 'waiting'")
    .bind(&row.batch_id)
    .bind(&row.store_id)
    .bind(state)
    .bind(report)
    .bind(now)
    .execute(conn)
    .await?;
    Ok(())
}

/// What a batch kept of a store.
pub(super) async fn report(
    conn: &mut Conn<'_>,
    batch: &str,
    store: &str,
) -> Result<Option<ReportRow>> {
    sql("SELECT report FROM batch_store WHERE batch_id = $1 AND store_id = $2")
        .bind(batch)
        .bind(store)
        .optional(conn)
        .await
}

/// The stores of a batch in a state.
pub(super) async fn in_state(
    conn: &mut Conn<'_>,
    batch: &BatchId,
    state: &str,
) -> Result<Vec<NamedRow>> {
    sql("SELECT s.id, s.name FROM batch_store b JOIN store s ON s.id = b.store_id
         WHERE b.batch_id = $1 AND b.state = $2 ORDER BY s.name, s.id")
    .bind(batch.as_str())
    .bind(state)
    .all(conn)
    .await
}

/// An organization's batches before one of them, newest first; or the one called `only`.
pub(super) async fn batches(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    only: Option<&str>,
    before: Option<&str>,
    limit: i64,
) -> Result<Vec<BatchRow>> {
    sql("SELECT b.id, b.task, b.started_at, b.stores, b.undone_by, p.first_name, p.last_name
         FROM batch b JOIN person p ON p.id = b.started_by
         WHERE b.organization_id = $1 AND (CAST($2 AS TEXT) IS NULL OR b.id = $2)
             AND (CAST($3 AS TEXT) IS NULL OR b.id < $3)
         ORDER BY b.id DESC LIMIT $4")
    .bind(organization.as_str())
    .bind(only)
    .bind(before)
    .bind(limit)
    .all(conn)
    .await
}

/// How many stores of batches are in which state, of those from `last` to `first`.
pub(super) async fn counts(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    (first, last): (&str, &str),
) -> Result<Vec<CountRow>> {
    sql("SELECT s.batch_id, s.state, COUNT(*) AS n
         FROM batch_store s JOIN batch b ON b.id = s.batch_id
         WHERE b.organization_id = $1 AND b.id <= $2 AND b.id >= $3
         GROUP BY s.batch_id, s.state")
    .bind(organization.as_str())
    .bind(first)
    .bind(last)
    .all(conn)
    .await
}

/// What became of the stores of a batch, by name, after one of them.
pub(super) async fn results(
    conn: &mut Conn<'_>,
    batch: &BatchId,
    state: Option<&str>,
    after: Option<&str>,
    limit: i64,
) -> Result<Vec<ResultRow>> {
    sql("SELECT b.store_id, s.name, b.state, b.report
         FROM batch_store b JOIN store s ON s.id = b.store_id
         WHERE b.batch_id = $1 AND (CAST($2 AS TEXT) IS NULL OR b.state = $2)
             AND (CAST($3 AS TEXT) IS NULL OR (s.name, s.id) >
                 (SELECT name, id FROM store WHERE id = $3))
         ORDER BY s.name, s.id LIMIT $4")
    .bind(batch.as_str())
    .bind(state)
    .bind(after)
    .bind(limit)
    .all(conn)
    .await
}

/// The open stores of an organization, by name.
pub(super) async fn stores(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
) -> Result<Vec<NamedRow>> {
    sql("SELECT id, name FROM store WHERE organization_id = $1 AND archived_at IS NULL
         ORDER BY name, id")
    .bind(organization.as_str())
    .all(conn)
    .await
}

/// What the open stores of an organization have stored of a section.
pub(super) async fn bodies(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    section: &str,
) -> Result<Vec<BodyRow>> {
    sql("SELECT d.scope_id, d.section, d.body
         FROM setting_document d JOIN store s ON s.id = d.scope_id
         WHERE s.organization_id = $1 AND s.archived_at IS NULL AND d.section = $2")
    .bind(organization.as_str())
    .bind(section)
    .all(conn)
    .await
}
