//! One data layer, one SQL text, two engines: embedded SQLite (default) and PostgreSQL.
//!
//! The rules for portable SQL stand in `migrations/README.md`.
mod figures;
mod migrate;
mod sql;
mod sqlite;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
#[cfg(test)]
mod tests;
mod trouble;
mod version;
mod writer;

pub use figures::{Connections, Figures};
pub use migrate::latest;
pub use sql::{Arg, Columns, FromSqlite, Row, Sql, sql};
pub use sqlite::Readers;
pub(crate) use sqlite::{read_file, write_file};
pub use trouble::Trouble;
pub use version::Watch;

use sqlx::{
    ConnectOptions, PgConnection, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::{path::Path, str::FromStr, sync::Arc, time::Duration};
use tokio::{
    sync::{mpsc, oneshot},
    time::Instant,
};
use writer::{Job, Queued};

/// Why the data layer could not do as asked. Nothing of a failed write is kept.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// A unique key exists already.
    #[error("a unique key exists already")]
    Duplicate,
    /// The group's BEGIN or COMMIT failed: nothing of it was kept.
    #[error("the transaction could not be committed: {0}")]
    Commit(Arc<Fault>),
    /// The writer is gone: the process is stopping.
    #[error("the database is closed")]
    Closed,
    /// The schema is not the one this program knows.
    #[error("migration failed: {0}")]
    Migration(Arc<str>),
    /// Any other fault of the engine.
    #[error("{0}")]
    Sql(Arc<Fault>),
}

/// What an engine says.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// SQLite.
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
    /// PostgreSQL, or what became of a row's values.
    #[error(transparent)]
    Postgres(#[from] sqlx::Error),
}

/// A result of the data layer.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match error.as_database_error() {
            Some(fault) if fault.is_unique_violation() => Error::Duplicate,
            _ => Error::Sql(Arc::new(error.into())),
        }
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ffi::{SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_UNIQUE};
        match error.sqlite_error().map(|fault| fault.extended_code) {
            Some(SQLITE_CONSTRAINT_PRIMARYKEY | SQLITE_CONSTRAINT_UNIQUE) => Error::Duplicate,
            _ => Error::Sql(Arc::new(error.into())),
        }
    }
}

/// A connection of either engine, borrowed for one read or one transaction.
pub enum Conn<'c> {
    /// SQLite.
    Sqlite(&'c mut rusqlite::Connection),
    /// PostgreSQL.
    Postgres(&'c mut PgConnection),
}

/// A database of either engine; cheap to clone.
#[derive(Clone)]
pub enum Db {
    /// One writer that commits in groups, and a pool of read-only connections.
    Sqlite {
        /// The queue of the writer.
        write: mpsc::Sender<Box<dyn Job>>,
        /// The readers.
        read: Readers,
        /// Sees whether anything was written.
        watch: Watch,
        /// How writing goes.
        figures: Figures,
    },
    /// PostgreSQL.
    Postgres {
        /// All connections.
        pool: PgPool,
        /// How writing goes.
        figures: Figures,
    },
}

impl Db {
    /// Opens, or creates, the database at `url` (`postgres://...` or `sqlite:PATH`) and brings its
    /// schema up to date. `connections` is the size of the pool of readers (SQLite) or of all
    /// connections (PostgreSQL).
    pub async fn open(url: &str, connections: u32) -> Result<Db> {
        match url.strip_prefix("sqlite:") {
            Some(path) => Db::open_sqlite(Path::new(path), connections).await,
            None => Db::open_postgres(PgConnectOptions::from_str(url)?, connections).await,
        }
    }

    async fn open_sqlite(path: &Path, readers: u32) -> Result<Db> {
        migrate::sqlite(path).await?;
        let figures = Figures::default();
        let write = writer::spawn(write_file(path)?, figures.clone())?;
        let (read, watch) = (Readers::open(path, readers)?, Watch::open(path)?);
        Ok(Db::Sqlite { write, read, watch, figures })
    }

    async fn open_postgres(options: PgConnectOptions, connections: u32) -> Result<Db> {
        let pool = PgPoolOptions::new()
            .max_connections(connections)
            .acquire_timeout(Duration::from_secs(10))
            .connect_with(options.disable_statement_logging())
            .await?;
        migrate::postgres(&mut *pool.acquire().await?).await?;
        Ok(Db::Postgres { pool, figures: Figures::default() })
    }

    /// Reads, outside a transaction: each statement sees the newest committed state. `f` awaits
    /// nothing but its queries.
    pub async fn read<T>(&self, f: impl AsyncFnOnce(&mut Conn<'_>) -> Result<T>) -> Result<T> {
        match self {
            Db::Sqlite { read, .. } => read.read(f).await,
            Db::Postgres { pool, .. } => f(&mut Conn::Postgres(&mut *pool.acquire().await?)).await,
        }
    }

    /// Runs `f` in a transaction: all of it is durable when this gives `Ok`, none when `f` gave
    /// `Err` or panicked. `f` must await nothing but its queries (on SQLite all writers wait for
    /// it) and must never call `write`. On PostgreSQL (READ COMMITTED) code that reads and then
    /// writes first locks a row by updating it.
    pub async fn write<T, E, F>(&self, f: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
        F: AsyncFnOnce(&mut Conn<'_>) -> Result<T, E> + Send + 'static,
    {
        match self {
            Db::Postgres { pool, figures } => {
                // Dropped without commit: rolled back.
                let mut transaction = pool.begin().await.map_err(Error::from)?;
                let out = f(&mut Conn::Postgres(&mut transaction)).await?;
                let start = Instant::now();
                let committed = transaction.commit().await;
                if let Err(error) = committed.map_err(|error| Arc::new(Fault::from(error))) {
                    figures.failed(&error);
                    return Err(Error::Commit(error).into());
                }
                figures.committed(1, start.elapsed());
                Ok(out)
            }
            Db::Sqlite { write, .. } => {
                let (reply, answer) = oneshot::channel();
                let job = Queued::new(f, reply);
                write.send(Box::new(job)).await.map_err(|_| Error::Closed)?;
                match answer.await.map_err(|_| Error::Closed)? {
                    Ok(out) => out,
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
        }
    }

    /// Waits until what was queued is written, then closes all connections.
    pub async fn close(&self) {
        self.write(async |_: &mut Conn<'_>| Ok::<_, Error>(())).await.ok();
        match self {
            Db::Sqlite { read, .. } => read.close(),
            Db::Postgres { pool, .. } => pool.close().await,
        }
    }
}
