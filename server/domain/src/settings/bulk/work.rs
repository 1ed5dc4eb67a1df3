//! Working off batches, by any number of workers in any number of processes.
use super::{
    store::{self, Claimed, OrderRow},
    task::{Report, State, Task, read, write},
};
use crate::{
    Domain, Error, Result,
    access::holds_in_organization,
    context::Origin,
    db::{self, Conn},
    metrics::Job,
    people,
    settings::{self, Author, Commit, How, differences, stored},
};
use futures::FutureExt as _;
use model::{OrganizationId, StoreId, access::OrganizationPermission, settings::Place};
use std::{panic::AssertUnwindSafe, pin::pin, time::Duration};

/// Stores that a worker takes at once.
const BATCH: i64 = 8;
/// For so long a store belongs to the worker that took it. When the worker dies, another one takes
/// it after that; what was half done was never committed.
const LEASE: i64 = 30 * 1000;
/// So often it is tried when the database fails.
const ATTEMPTS: i64 = 5;
/// How often a worker looks without being woken.
const TICK: Duration = Duration::from_secs(1);
/// After a failure of the database itself.
const PAUSE: Duration = Duration::from_secs(5);
/// A batch is announced before its transaction commits; by then it has.
const COMMIT: Duration = Duration::from_millis(30);

/// Works off what waits until `stop` is ready; the store that is under way is finished first.
pub async fn run(domain: Domain, stop: impl Future<Output = ()>) {
    let mut stop = pin!(stop);
    loop {
        let wait = match domain.run(Job::Batches, work_due(&domain)).await {
            Ok(0) => TICK,
            Ok(_) => Duration::ZERO,
            Err(error) => {
                tracing::error!(%error, "batches could not be worked off");
                PAUSE
            }
        };
        tokio::select! {
            biased;
            () = &mut stop => return,
            () = tokio::time::sleep(wait) => {}
            () = domain.bulk.notified() => tokio::time::sleep(COMMIT).await,
        }
    }
}

/// Takes stores whose turn it is, a handful at most, and does each; how many it took.
///
/// # Errors
/// Faults of the database only; what they stop is tried again.
pub async fn work_due(domain: &Domain) -> Result<usize> {
    let now = domain.now();
    let claim = async move |conn: &mut Conn<'_>| store::claim(conn, now, now + LEASE, BATCH).await;
    let claimed = domain.db.write(claim).await?;
    let taken = claimed.len();
    for row in claimed {
        // A panic in one store must not end the worker and with it all others.
        let done = AssertUnwindSafe(carry_out(domain, row.clone())).catch_unwind().await;
        let done = done.unwrap_or_else(|_| Err(Error::Corrupt("an internal fault".to_owned())));
        if let Err(error) = done {
            tracing::error!(batch = row.batch_id, store = row.store_id, %error, "a store of a batch");
            give_up(domain, row, &error).await?;
        }
    }
    Ok(taken)
}

/// Why a store is left as it is: in which section.
struct Stopped(Option<&'static str>, Error);

impl From<db::Error> for Stopped {
    fn from(error: db::Error) -> Stopped {
        Stopped(None, error.into())
    }
}

impl From<Error> for Stopped {
    fn from(error: Error) -> Stopped {
        Stopped(None, error)
    }
}

/// Does a store: everything and what became of it in one transaction, or nothing.
async fn carry_out(domain: &Domain, row: Claimed) -> Result<()> {
    let (domain_, row_) = (domain.clone(), row.clone());
    let work = async move |conn: &mut Conn<'_>| one(&domain_, conn, &row_).await;
    match domain.db.write(work).await {
        Ok(()) => Ok(()),
        Err(Stopped(section, Error::Invalid(faults))) => {
            let section = section.unwrap_or_default();
            let faults = faults.into_iter().map(|fault| (section.to_owned(), fault)).collect();
            finish(domain, row, State::Refused, Report { faults, ..Report::default() }).await
        }
        Err(Stopped(_, error)) => Err(error),
    }
}

async fn one(domain: &Domain, conn: &mut Conn<'_>, row: &Claimed) -> Result<(), Stopped> {
    if !store::hold(conn, row).await? {
        return Ok(());
    }
    let id: StoreId = people::id(row.store_id.clone())?;
    let place = Place::Store(id);
    settings::lock(conn, &place).await?;
    let order = store::order(conn, row).await?;
    let Some(order) = order.filter(|order| order.open) else {
        return Ok(keep(domain, conn, row, State::Gone, &Report::default()).await?);
    };
    if !allowed(domain, conn, &order).await? {
        return Ok(keep(domain, conn, row, State::Forbidden, &Report::default()).await?);
    }
    let task: Task = read(&order.task)?;
    let report = apply(domain, conn, &place, &order, &task, row).await?;
    let state = if report.changes.is_empty() { State::Nothing } else { State::Applied };
    Ok(keep(domain, conn, row, state, &report).await?)
}

/// Whether who started the batch may still do this.
async fn allowed(domain: &Domain, conn: &mut Conn<'_>, order: &OrderRow) -> Result<bool> {
    let organization: OrganizationId = people::id(order.organization_id.clone())?;
    let person = people::id(order.started_by.clone())?;
    let needs = OrganizationPermission::ManageStoreSettings;
    holds_in_organization(conn, &organization, &person, needs, domain.now()).await
}

async fn apply(
    domain: &Domain,
    conn: &mut Conn<'_>,
    place: &Place,
    order: &OrderRow,
    task: &Task,
    row: &Claimed,
) -> Result<Report, Stopped> {
    let organization: OrganizationId = people::id(order.organization_id.clone())?;
    let origin = Origin {
        address: order.address.clone(),
        request_id: order.request_id.clone(),
        ..Origin::default()
    };
    let author = Author { actor: order.started_by.clone(), origin };
    let undone = undone(conn, task, row).await?;
    let mut report = Report::default();
    for section in task.sections(&undone) {
        let before = stored(conn, place.id(), section).await?;
        let wanted = task.wanted(section, &before.document, &undone);
        let left = wanted.left.into_iter().map(|field| (section.key.to_owned(), field));
        report.left.extend(left);
        let changes = differences(section, &before.document, &wanted.document);
        if changes.is_empty() {
            continue;
        }
        let commit = Commit {
            place,
            organization: &organization,
            section: wanted.section,
            author: &author,
            how: How::Batch(row.batch_id.clone()),
            document: &wanted.document,
        };
        let committed = settings::commit(domain, conn, &commit).await;
        committed.map_err(|error| Stopped(Some(section.key), error))?;
        report.changes.push((section.key.to_owned(), changes));
    }
    Ok(report)
}

/// What the batch that is taken back did in this store.
async fn undone(conn: &mut Conn<'_>, task: &Task, row: &Claimed) -> Result<Report> {
    let Task::Undo { batch } = task else { return Ok(Report::default()) };
    let kept = store::report(conn, batch.as_str(), &row.store_id).await?;
    kept.map_or_else(|| Ok(Report::default()), |kept| read(&kept.report))
}

async fn keep(
    domain: &Domain,
    conn: &mut Conn<'_>,
    row: &Claimed,
    state: State,
    report: &Report,
) -> Result<()> {
    Ok(store::finish(conn, row, state.code(), &write(report)?, domain.now()).await?)
}

async fn finish(domain: &Domain, row: Claimed, state: State, report: Report) -> Result<()> {
    let domain_ = domain.clone();
    let write = async move |conn: &mut Conn<'_>| keep(&domain_, conn, &row, state, &report).await;
    domain.db.write(write).await
}

/// After a fault of ours: it is tried again when its lease ends, until that was too often.
async fn give_up(domain: &Domain, row: Claimed, error: &Error) -> Result<()> {
    if row.attempts < ATTEMPTS && matches!(error, Error::Db(_)) {
        return Ok(());
    }
    finish(domain, row, State::Failed, Report::default()).await
}
