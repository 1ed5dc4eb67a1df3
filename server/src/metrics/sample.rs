//! What is looked up when somebody asks for it: how much waits, and what is in use.
use crate::Server;
use domain::outbox;
use prometheus_client::{
    metrics::gauge::Gauge,
    registry::{Registry, Unit},
};
use std::{sync::atomic::AtomicU64, time::Duration};

/// How long the database may take to answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// A number that may be unknown.
type Real = Gauge<f64, AtomicU64>;

/// The values of the last time.
#[derive(Debug, Default)]
pub(super) struct Sample {
    database_up: Gauge,
    queued: Gauge,
    connections: Gauge,
    connections_idle: Gauge,
    connections_most: Gauge,
    pages_waiting: Gauge,
    calls_waiting: Gauge,
    outbox_due: Real,
    outbox_late: Real,
}

impl Sample {
    pub(super) fn register(&self, registry: &mut Registry) {
        let gauges = [
            ("db_up", "1 where the database answers", &self.database_up),
            ("db_writes_queued", "Changes that wait for SQLite's writer", &self.queued),
            ("db_connections", "Open connections to the database", &self.connections),
            ("db_connections_idle", "Those of them that nobody uses", &self.connections_idle),
            ("db_connections_max", "As many as there may be", &self.connections_most),
            ("pages_waiting", "Pages and files that wait for their turn", &self.pages_waiting),
            ("calls_waiting", "Calls that wait for their turn", &self.calls_waiting),
        ];
        for (name, help, gauge) in gauges {
            registry.register(name, help, gauge.clone());
        }
        let help = "Effects due and not yet taken for delivery, counted up to 10000";
        registry.register("outbox_due", help, self.outbox_due.clone());
        let help = "For how long the first of the due effects has been due";
        registry.register_with_unit(
            "outbox_oldest_due",
            help,
            Unit::Seconds,
            self.outbox_late.clone(),
        );
    }

    /// Looks everything up.
    pub(super) async fn take(&self, server: &Server) {
        let (domain, lines) = (&server.domain, &server.lines);
        let connections = domain.db.connections();
        self.queued.set(whole(domain.db.queued()));
        self.pages_waiting.set(whole(lines.pages.waiting()));
        self.calls_waiting.set(whole(lines.calls.waiting()));
        self.connections.set(connections.open.into());
        self.connections_idle.set(connections.idle.into());
        self.connections_most.set(connections.most.into());
        let due = tokio::time::timeout(PATIENCE, outbox::due(domain)).await;
        let due = due.ok().and_then(Result::ok);
        self.database_up.set(due.is_some().into());
        // What is not known is not told: the last value would look like today's.
        self.outbox_due.set(due.map_or(f64::NAN, |due| count(due.effects)));
        self.outbox_late.set(due.map_or(f64::NAN, |due| seconds(due.late)));
    }
}

fn whole(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn count(number: i64) -> f64 {
    u32::try_from(number).unwrap_or(u32::MAX).into()
}

fn seconds(millis: i64) -> f64 {
    Duration::from_millis(u64::try_from(millis).unwrap_or_default()).as_secs_f64()
}
