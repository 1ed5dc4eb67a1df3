use super::{Db, Error, Fault};
use crate::metrics::{Label, label};
use prometheus_client::{
    metrics::{
        counter::Counter,
        family::Family,
        histogram::{Histogram, exponential_buckets},
    },
    registry::{Registry, Unit},
};
use std::{sync::Arc, time::Duration};

/// How writing goes; handles that share what they count.
#[derive(Clone, Debug)]
pub struct Figures {
    commits: Histogram,
    group: Histogram,
    failures: Family<Label, Counter>,
}

/// Connections for reading (SQLite) or of all kinds (PostgreSQL).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Connections {
    /// How many there may be.
    pub most: u32,
    /// How many are open.
    pub open: u32,
    /// How many of these nobody uses.
    pub idle: u32,
}

impl Default for Figures {
    fn default() -> Figures {
        Figures {
            // 0.25 ms to 8 s: a commit waits for the disk.
            commits: Histogram::new(exponential_buckets(0.000_25, 2.0, 16)),
            group: Histogram::new(exponential_buckets(1.0, 2.0, 9)),
            failures: Family::default(),
        }
    }
}

impl Figures {
    /// Makes them part of what is shown.
    pub fn register(&self, registry: &mut Registry) {
        registry.register_with_unit(
            "db_commit",
            "Time that a transaction's commit took; on SQLite of a whole group of changes",
            Unit::Seconds,
            self.commits.clone(),
        );
        registry.register(
            "db_commit_changes",
            "Changes committed together (SQLite)",
            self.group.clone(),
        );
        registry.register(
            "db_commit_failures",
            "Commits that failed: full, read_only, broken or other",
            self.failures.clone(),
        );
    }

    pub(super) fn committed(&self, changes: usize, took: Duration) {
        self.commits.observe(took.as_secs_f64());
        self.group.observe(u32::try_from(changes).unwrap_or(u32::MAX).into());
    }

    pub(super) fn failed(&self, error: &Arc<Fault>) {
        let trouble = Error::Commit(error.clone()).trouble();
        let reason = trouble.map_or("other", super::Trouble::code);
        self.failures.get_or_create(&label("reason", reason)).inc();
    }
}

impl Db {
    /// How writing goes.
    pub fn figures(&self) -> &Figures {
        match self {
            Db::Sqlite { figures, .. } | Db::Postgres { figures, .. } => figures,
        }
    }

    /// Changes that wait for SQLite's one writer; PostgreSQL has none.
    pub fn queued(&self) -> usize {
        match self {
            Db::Sqlite { write, .. } => write.max_capacity() - write.capacity(),
            Db::Postgres { .. } => 0,
        }
    }

    /// How many connections there are.
    pub fn connections(&self) -> Connections {
        let (most, open, idle) = match self {
            Db::Sqlite { read, .. } => return read.connections(),
            Db::Postgres { pool, .. } => {
                (pool.options().get_max_connections(), pool.size(), pool.num_idle())
            }
        };
        Connections { most, open, idle: u32::try_from(idle).unwrap_or(open).min(open) }
    }
}
