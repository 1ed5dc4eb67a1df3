//! SQLite's one writer: it runs queued closures, each in its savepoint, and commits them in groups.
use super::{Conn, Error, Fault, Figures, Result};
use rusqlite::{Connection, ErrorCode};
use std::{any::Any, panic, pin::Pin, sync::Arc, task::Poll, time::Duration};
use tokio::{
    runtime::Handle,
    sync::{mpsc, oneshot},
    time::Instant,
};

/// A group commit ends at this many writes or after this long, so no caller waits for long.
const GROUP_JOBS: usize = 256;
const GROUP_TIME: Duration = Duration::from_millis(20);
/// Callers beyond this many wait before they queue.
const QUEUE: usize = 1024;

/// The outer `Err` is a panic.
type Answer<T, E> = Result<Result<T, E>, Box<dyn Any + Send>>;

/// A write on its way through the writer, its types erased.
pub trait Job: Send {
    /// True when its changes are to be kept.
    fn run<'a>(&'a mut self, conn: &'a mut Conn<'_>) -> Pin<Box<dyn Future<Output = bool> + 'a>>;
    /// Tells the caller how it went; a job that lost the transaction itself says why.
    fn answer(self: Box<Self>, commit: Result<(), Lost>);
}

/// Why a group was not kept, as one of its jobs is told.
#[derive(Clone)]
pub struct Lost {
    error: Arc<Fault>,
    /// Whether it was this job that lost the transaction.
    by_this: bool,
}

pub(super) struct Queued<T, E, F> {
    f: Option<F>,
    out: Option<Answer<T, E>>,
    reply: oneshot::Sender<Answer<T, E>>,
}

impl<T, E, F> Queued<T, E, F> {
    pub(super) fn new(f: F, reply: oneshot::Sender<Answer<T, E>>) -> Self {
        Self { f: Some(f), out: None, reply }
    }
}

impl<T, E, F> Job for Queued<T, E, F>
where
    T: Send,
    E: From<Error> + Send,
    F: AsyncFnOnce(&mut Conn<'_>) -> Result<T, E> + Send,
{
    fn run<'a>(&'a mut self, conn: &'a mut Conn<'_>) -> Pin<Box<dyn Future<Output = bool> + 'a>> {
        Box::pin(async move {
            // A caller that gave up while queued has nothing done; one that gives up later may.
            let Some(f) = self.f.take().filter(|_| !self.reply.is_closed()) else { return false };
            let mut future = std::pin::pin!(f(conn));
            let out = std::future::poll_fn(move |cx| {
                panic::catch_unwind(panic::AssertUnwindSafe(|| future.as_mut().poll(cx)))
                    .map_or_else(|panic| Poll::Ready(Err(panic)), |poll| poll.map(Ok))
            })
            .await;
            matches!(self.out.insert(out), Ok(Ok(_)))
        })
    }

    fn answer(self: Box<Self>, commit: Result<(), Lost>) {
        let out = match (self.out, commit) {
            (Some(Err(panic)), _) => Err(panic),
            // Its own fault, such as a full disk, tells more than what followed from it.
            (Some(Ok(Err(error))), Err(lost)) if lost.by_this => Ok(Err(error)),
            (_, Err(lost)) => Ok(Err(Error::Commit(lost.error).into())),
            (Some(out), Ok(())) => out,
            (None, Ok(())) => return, // the caller was gone
        };
        self.reply.send(out).ok();
    }
}

/// Starts the writer on a thread of its own: a job's future then need not be `Send`.
pub(super) fn spawn(conn: Connection, figures: Figures) -> Result<mpsc::Sender<Box<dyn Job>>> {
    let (queue, jobs) = mpsc::channel(QUEUE);
    let runtime = Handle::current();
    std::thread::Builder::new()
        .name("db-writer".into())
        .spawn(move || runtime.block_on(write_all(conn, jobs, figures)))
        .map_err(sqlx::Error::Io)?;
    Ok(queue)
}

async fn write_all(mut conn: Connection, mut jobs: mpsc::Receiver<Box<dyn Job>>, figures: Figures) {
    while let Some(first) = jobs.recv().await {
        let mut group = vec![first];
        let committed = run_group(&mut conn, &mut group, &mut jobs, &figures).await;
        let lost = committed.err().map(|(error, by)| (Arc::new(Fault::from(error)), by));
        if let Some((error, _)) = &lost {
            figures.failed(error);
            // SQLite may have rolled back by itself: then there is nothing to do.
            conn.execute_batch("ROLLBACK").ok();
        }
        for (i, job) in group.into_iter().enumerate() {
            job.answer(match &lost {
                None => Ok(()),
                Some((error, by)) => Err(Lost { error: error.clone(), by_this: *by == Some(i) }),
            });
        }
    }
}

/// Runs the queued jobs, each in its savepoint, and commits them all at once. A step fails when a job
/// lost the transaction (disk full, its own COMMIT): the whole group then gets that error. With it
/// goes the job that lost it, if one did.
async fn run_group(
    conn: &mut Connection,
    group: &mut Vec<Box<dyn Job>>,
    jobs: &mut mpsc::Receiver<Box<dyn Job>>,
    figures: &Figures,
) -> Result<(), (rusqlite::Error, Option<usize>)> {
    step(conn, &["BEGIN IMMEDIATE", "SAVEPOINT job"]).map_err(|error| (error, None))?;
    let until = Instant::now() + GROUP_TIME;
    loop {
        let ran = group.len();
        let keep = match group.last_mut() {
            Some(job) => job.run(&mut Conn::Sqlite(conn)).await,
            None => false,
        };
        let full = ran >= GROUP_JOBS || Instant::now() >= until;
        // Even if it is not run because a step fails, a job taken gets an answer.
        group.extend(if full { None } else { jobs.try_recv().ok() });
        let more = group.len() > ran;
        let start = Instant::now();
        let steps: &[&str] = match (keep, more) {
            (true, true) => &["RELEASE job", "SAVEPOINT job"],
            (false, true) => &["ROLLBACK TO job"],
            (true, false) => &["RELEASE job", "COMMIT"],
            (false, false) => &["ROLLBACK TO job", "COMMIT"],
        };
        step(conn, steps).map_err(|error| {
            let by = if savepoint_gone(&error) { ran.checked_sub(1) } else { None };
            (error, by)
        })?;
        if !more {
            figures.committed(group.len(), start.elapsed());
            return Ok(());
        }
    }
}

/// Whether a job's savepoint was gone after it: SQLITE_ERROR. What fails while it is stored has
/// other codes.
fn savepoint_gone(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(ErrorCode::Unknown)
}

fn step(conn: &Connection, statements: &[&str]) -> rusqlite::Result<()> {
    for statement in statements {
        conn.prepare_cached(statement)?.execute([])?;
    }
    Ok(())
}
