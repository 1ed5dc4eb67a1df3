//! What operators watch of the rules' own work: counters that whoever serves them registers. No
//! label names a person, an organization, a store or an address.
use crate::Domain;
use model::Refusal;
use prometheus_client::{
    metrics::{counter::Counter, family::Family, gauge::Gauge},
    registry::Registry,
};

/// One label and its value.
pub type Label = [(&'static str, &'static str); 1];

/// The set of this one label.
pub const fn label(name: &'static str, value: &'static str) -> Label {
    [(name, value)]
}

/// Work that is done by itself, over and over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Job {
    /// What has expired is removed.
    Housekeeping,
    /// The audit log is proven.
    AuditCheck,
    /// Digests that are due are sent.
    Digests,
    /// Batches of settings are worked off.
    Batches,
    /// The outbox is worked off.
    Outbox,
}

impl Job {
    const ALL: [Job; 5] =
        [Job::Housekeeping, Job::AuditCheck, Job::Digests, Job::Batches, Job::Outbox];

    const fn code(self) -> &'static str {
        match self {
            Job::Housekeeping => "housekeeping",
            Job::AuditCheck => "audit_check",
            Job::Digests => "digests",
            Job::Batches => "batches",
            Job::Outbox => "outbox",
        }
    }
}

/// The counters of one context; clones share them.
#[derive(Clone, Debug)]
pub struct Metrics {
    runs: Family<Label, Counter>,
    failures: Family<Label, Counter>,
    deliveries: Family<Label, Counter>,
    refusals: Family<Label, Counter>,
    pub(crate) broken_chains: Gauge,
}

impl Default for Metrics {
    fn default() -> Metrics {
        let metrics = Metrics {
            runs: Family::default(),
            failures: Family::default(),
            deliveries: Family::default(),
            refusals: Family::default(),
            broken_chains: Gauge::default(),
        };
        // What has not happened yet is shown as 0: an alarm on its growth needs a beginning.
        for job in Job::ALL {
            drop(metrics.runs.get_or_create(&label("job", job.code())));
            drop(metrics.failures.get_or_create(&label("job", job.code())));
        }
        for result in ["sent", "dropped", "failed", "later"] {
            drop(metrics.deliveries.get_or_create(&label("result", result)));
        }
        for reason in ["credentials", "limit"] {
            drop(metrics.refusals.get_or_create(&label("reason", reason)));
        }
        metrics
    }
}

impl Metrics {
    /// Makes them part of what is shown.
    pub fn register(&self, registry: &mut Registry) {
        registry.register(
            "job_runs",
            "Rounds of work in the background, failed ones included",
            self.runs.clone(),
        );
        registry.register(
            "job_failures",
            "Rounds of work in the background that failed",
            self.failures.clone(),
        );
        registry.register(
            "outbox_attempts",
            "Attempts to deliver an effect: sent, dropped (no longer wanted), later (failed, is \
             tried again) or failed (for good)",
            self.deliveries.clone(),
        );
        registry.register(
            "sign_in_refusals",
            "Sign-ins by password that were refused: wrong credentials, or a limit of attempts",
            self.refusals.clone(),
        );
        registry.register(
            "audit_broken_chains",
            "Chains of the audit log that do not hold, as the last check found",
            self.broken_chains.clone(),
        );
    }

    /// Notes a round of `job`, and whether it failed; gives its result back.
    pub fn ran<T, E>(&self, job: Job, result: Result<T, E>) -> Result<T, E> {
        let label = label("job", job.code());
        self.runs.get_or_create(&label).inc();
        if result.is_err() {
            self.failures.get_or_create(&label).inc();
        }
        result
    }

    /// Notes an attempt to deliver an effect.
    pub(crate) fn delivered(&self, result: &'static str) {
        self.deliveries.get_or_create(&label("result", result)).inc();
    }

    /// Notes that a sign-in was refused.
    pub(crate) fn refused(&self, refusal: Refusal) {
        let reason = match refusal {
            Refusal::WrongCredentials => "credentials",
            Refusal::TooManyAttempts => "limit",
            _ => return,
        };
        self.refusals.get_or_create(&label("reason", reason)).inc();
    }
}

impl Domain {
    /// Does a round of `job` and notes how it went.
    pub async fn run<T, E>(
        &self,
        job: Job,
        round: impl Future<Output = Result<T, E>>,
    ) -> Result<T, E> {
        self.metrics.ran(job, round.await)
    }
}
