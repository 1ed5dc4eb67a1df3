//! What became of batches.
use super::{
    store::{self, BatchRow},
    task::{Report, State, Task, read},
};
use crate::{
    Domain, Error, Result,
    access::{ManageStoreSettings, OrganizationAccess},
    db::Conn,
    people,
};
use model::{BatchId, StoreId};
use std::collections::BTreeMap;

type Manage = OrganizationAccess<ManageStoreSettings>;
/// Batches, and stores of one, on a page.
const SHOWN: usize = 50;

/// A batch.
#[derive(Clone, Debug)]
pub struct BatchView {
    /// Its identifier.
    pub id: BatchId,
    /// What it does.
    pub task: Task,
    /// The name of who started it.
    pub by: String,
    /// When, in Unix milliseconds.
    pub at: i64,
    /// How many stores it is about.
    pub stores: i64,
    /// How many of them are in which state.
    pub counts: BTreeMap<State, i64>,
    /// The batch that took it back.
    pub undone_by: Option<BatchId>,
}

impl BatchView {
    /// How many stores are in a state.
    pub fn count(&self, state: State) -> i64 {
        self.counts.get(&state).copied().unwrap_or_default()
    }

    /// How many stores are done with, whatever became of them.
    pub fn done(&self) -> i64 {
        self.counts.iter().filter(|(state, _)| **state != State::Waiting).map(|(_, n)| n).sum()
    }

    /// Whether it is under way.
    pub fn running(&self) -> bool {
        self.count(State::Waiting) > 0
    }

    /// Whether it can be taken back.
    pub fn can_undo(&self) -> bool {
        !self.running() && self.undone_by.is_none() && self.count(State::Applied) > 0
    }
}

/// What became of a store.
#[derive(Clone, Debug)]
pub struct ResultRow {
    /// The store.
    pub store: StoreId,
    /// Its name.
    pub name: String,
    /// What became of it.
    pub state: State,
    /// What was changed, and why not more.
    pub report: Report,
}

/// The organization's batches before one of them, newest first; and where the next page begins.
///
/// # Errors
/// Faults of the database only.
pub async fn batches(
    domain: &Domain,
    access: &Manage,
    before: Option<&BatchId>,
) -> Result<(Vec<BatchView>, Option<BatchId>)> {
    let before = before.map(BatchId::as_str);
    let mut found = load(domain, access, None, before, SHOWN + 1).await?;
    let more = found.len() > SHOWN;
    found.truncate(SHOWN);
    let next = found.last().filter(|_| more).map(|last| last.id.clone());
    Ok((found, next))
}

/// One of them.
///
/// # Errors
/// [`Error::NotFound`] where the organization has none of this name.
pub async fn batch(domain: &Domain, access: &Manage, id: &BatchId) -> Result<BatchView> {
    let found = load(domain, access, Some(id.as_str()), None, 1).await?;
    found.into_iter().next().ok_or(Error::NotFound)
}

async fn load(
    domain: &Domain,
    access: &Manage,
    only: Option<&str>,
    before: Option<&str>,
    limit: usize,
) -> Result<Vec<BatchView>> {
    let organization = access.organization();
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let read_rows = async |conn: &mut Conn<'_>| {
        let rows = store::batches(conn, organization, only, before, limit).await?;
        let counts = match (rows.first(), rows.last()) {
            (Some(first), Some(last)) => {
                store::counts(conn, organization, (&first.id, &last.id)).await?
            }
            _ => Vec::new(),
        };
        Ok((rows, counts))
    };
    let (rows, counts) = domain.db.read(read_rows).await?;
    let one = |row: BatchRow| {
        let own = counts.iter().filter(|count| count.batch_id == row.id);
        let counts = own.filter_map(|count| Some((State::read(&count.state)?, count.n))).collect();
        Ok(BatchView {
            id: people::id(row.id)?,
            task: read(&row.task)?,
            by: format!("{} {}", row.first_name, row.last_name).trim().to_owned(),
            at: row.started_at,
            stores: row.stores,
            counts,
            undone_by: row.undone_by.map(people::id).transpose()?,
        })
    };
    rows.into_iter().map(one).collect()
}

/// What became of the stores of a batch, by name, after the one named; and where the next page
/// begins.
///
/// # Errors
/// [`Error::NotFound`] where the organization has no such batch.
pub async fn results(
    domain: &Domain,
    access: &Manage,
    id: &BatchId,
    state: Option<State>,
    after: Option<&StoreId>,
) -> Result<(Vec<ResultRow>, Option<StoreId>)> {
    batch(domain, access, id).await?;
    let limit = i64::try_from(SHOWN + 1).unwrap_or(i64::MAX);
    let (state, after) = (state.map(State::code), after.map(StoreId::as_str));
    let rows = async |conn: &mut Conn<'_>| store::results(conn, id, state, after, limit).await;
    let mut rows = domain.db.read(rows).await?;
    let more = rows.len() > SHOWN;
    rows.truncate(SHOWN);
    let row = |row: store::ResultRow| {
        Ok(ResultRow {
            store: people::id(row.store_id)?,
            name: row.name,
            state: State::read(&row.state)
                .ok_or_else(|| Error::Corrupt("a batch's state".to_owned()))?,
            report: read(&row.report)?,
        })
    };
    let rows = rows.into_iter().map(row).collect::<Result<Vec<_>>>()?;
    let next = rows.last().filter(|_| more).map(|last| last.store.clone());
    Ok((rows, next))
}
