//! Connections to SQLite. They are rusqlite's, not sqlx's: sqlx hands each statement to a thread of
//! its own and back, which takes several times as long as the statement. A reader's statement runs
//! where it is asked for: it takes microseconds, and what could take longer (exports, proofs) comes
//! in pages, between which others have their turn.
use super::{Conn, Connections, Error, Result};
use rusqlite::{Connection, OpenFlags, config::DbConfig};
use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};
use tokio::sync::Semaphore;

/// How long one who finds the file locked (by a command of another process) waits.
pub(super) const BUSY: Duration = Duration::from_secs(5);
/// The statements that a connection keeps prepared: more than the program has.
const STATEMENTS: usize = 1_024;
/// Who has read for longer lets the others of its thread go first: a read that finds a connection
/// free never waits, so one page after another would keep the thread to itself.
const TURN: Duration = Duration::from_millis(1);

/// A connection that only reads the database in a file.
pub(crate) fn read_file(path: &Path) -> Result<Connection> {
    connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
}

/// The writer's connection. An answered commit is on the disk.
pub(crate) fn write_file(path: &Path) -> Result<Connection> {
    let conn = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    conn.pragma_update(None, "synchronous", "FULL")?;
    conn.pragma_update(None, "foreign_keys", true)?;
    Ok(conn)
}

fn connect(path: &Path, flags: OpenFlags) -> Result<Connection> {
    let conn = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    conn.busy_timeout(BUSY)?;
    conn.set_prepared_statement_cache_capacity(STATEMENTS);
    // Else SQLite prepares a kept statement anew for each use, to look at what is bound to it.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(conn)
}

/// Read-only connections, opened as they are needed and kept; cheap to clone.
#[derive(Clone)]
pub struct Readers(Arc<Pool>);

struct Pool {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
    room: Semaphore,
    most: u32,
}

impl Readers {
    /// At most `most` connections to the file at `path`.
    pub(super) fn open(path: &Path, most: u32) -> Result<Readers> {
        let first = read_file(path)?;
        let most = most.max(1);
        Ok(Readers(Arc::new(Pool {
            path: path.to_owned(),
            idle: Mutex::new(vec![first]),
            room: Semaphore::new(most as usize),
            most,
        })))
    }

    /// Runs `f` on a connection, once one is free.
    pub(super) async fn read<T>(
        &self,
        f: impl AsyncFnOnce(&mut Conn<'_>) -> Result<T>,
    ) -> Result<T> {
        let pool = &self.0;
        let _room = pool.room.acquire().await.map_err(|_| Error::Closed)?;
        let mut conn = match pool.take() {
            Some(conn) => conn,
            None => read_file(&pool.path)?,
        };
        let start = Instant::now();
        let out = f(&mut Conn::Sqlite(&mut conn)).await;
        pool.keep(conn);
        if start.elapsed() > TURN {
            tokio::task::yield_now().await;
        }
        out
    }

    /// How many there are.
    pub(super) fn connections(&self) -> Connections {
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let idle = count(self.0.idle.lock().unwrap_or_else(PoisonError::into_inner).len());
        let used = self.0.most.saturating_sub(count(self.0.room.available_permits()));
        Connections { most: self.0.most, open: idle + used, idle }
    }

    /// Closes those that are idle, and the others as they come back; there will be none any more.
    pub(super) fn close(&self) {
        self.0.room.close();
        while self.0.take().is_some() {}
    }
}

impl Pool {
    /// The one used last: what it needs is in its cache.
    fn take(&self) -> Option<Connection> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }

    fn keep(&self, conn: Connection) {
        if !self.room.is_closed() {
            self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(conn);
        }
    }
}
