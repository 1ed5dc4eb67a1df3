use super::{
    Mailer,
    deliver::{BATCH, deliver_due},
};
use crate::{Domain, metrics::Job};
use std::{pin::pin, time::Duration};

/// How often a worker looks without being woken: retries, and rows of other processes.
const TICK: Duration = Duration::from_secs(1);
/// After a failure of the database itself.
const PAUSE: Duration = Duration::from_secs(5);
/// A row is announced before its transaction commits; by then it has.
const COMMIT: Duration = Duration::from_millis(30);

/// Delivers what is due until `stop` is ready; an attempt that is under way is finished first.
pub async fn run(domain: Domain, mailer: Mailer, stop: impl Future<Output = ()>) {
    let mut stop = pin!(stop);
    loop {
        let wait = match domain.run(Job::Outbox, deliver_due(&domain, &mailer)).await {
            Ok(taken) if taken >= BATCH as usize => Duration::ZERO,
            Ok(_) => TICK,
            Err(error) => {
                tracing::error!(%error, "the outbox could not be worked off");
                PAUSE
            }
        };
        tokio::select! {
            biased;
            () = &mut stop => return,
            () = tokio::time::sleep(wait) => {}
            () = domain.outbox.notified() => tokio::time::sleep(COMMIT).await,
        }
    }
}
