use super::{
    Effect, Mailer,
    store::{self, Claimed},
};
use crate::{Domain, Error, Result, branding::Brand, db::Conn, images, mail, notifications};
use futures::FutureExt as _;
use std::panic::AssertUnwindSafe;

/// Rows a worker takes at once and delivers side by side.
pub(super) const BATCH: i64 = 8;
/// For so long a row belongs to the worker that took it: longer than an attempt can take. When the
/// worker dies, another one takes the row after that.
const LEASE: i64 = 2 * 60 * 1000;
/// How long to wait after the first, second, ... failure; the last for all that follow.
const BACKOFF: [i64; 6] = [5_000, 30_000, 2 * 60_000, 10 * 60_000, 60 * 60_000, 4 * 60 * 60_000];
/// After so long, no further attempt is made.
const GIVE_UP: i64 = 3 * 24 * 60 * 60 * 1000;

/// What came of an attempt.
enum Attempt {
    Sent,
    /// Its reason has gone: nothing was sent, nothing needs to be.
    Dropped,
    /// Trying again is pointless.
    Failed(String),
    Later(String),
}

/// Takes the rows that are due, a batch at most, and tries each once; how many it took. Any number
/// of workers may do so at once. What fails is tried again later, and says why in the meantime.
pub async fn deliver_due(domain: &Domain, mailer: &Mailer) -> Result<usize> {
    let now = domain.now();
    let claimed = domain
        .db
        .write(async move |conn: &mut Conn<'_>| store::claim(conn, now, now + LEASE, BATCH).await)
        .await?;
    let taken = claimed.len();
    let attempts = claimed.into_iter().map(|row| deliver(domain, mailer, row));
    let recorded: Vec<Result<()>> = futures::future::join_all(attempts).await;
    recorded.into_iter().collect::<Result<()>>()?;
    Ok(taken)
}

async fn deliver(domain: &Domain, mailer: &Mailer, row: Claimed) -> Result<()> {
    // A panic while one row is tried must not end the worker and with it all others.
    let attempt = AssertUnwindSafe(attempt(domain, mailer, &row)).catch_unwind().await;
    let attempt = attempt.unwrap_or_else(|_| Attempt::Later("an internal fault".to_owned()));
    record(domain, row, attempt).await
}

async fn attempt(domain: &Domain, mailer: &Mailer, row: &Claimed) -> Attempt {
    let effect: Effect = match serde_json::from_str(&row.payload) {
        Ok(effect) => effect,
        Err(error) => return Attempt::Failed(format!("the effect cannot be read: {error}")),
    };
    if let Effect::NotificationMail { notification, .. } = &effect
        && let Err(error) = notifications::close(domain, notification).await
    {
        return Attempt::Later(error.to_string());
    }
    let letter = match mail::letter(domain, &effect).await {
        Ok(Some(letter)) if letter.wanted => letter,
        Ok(_) => return Attempt::Dropped,
        Err(error @ Error::Corrupt(_)) => return Attempt::Failed(error.to_string()),
        Err(error) => return Attempt::Later(error.to_string()),
    };
    let logo = match &letter.mail.brand {
        Some(brand) if mailer.delivers() => match logo(domain, brand).await {
            Ok(logo) => logo,
            Err(error) => return Attempt::Later(error.to_string()),
        },
        _ => None,
    };
    match mailer.send(&letter.mail, logo, &row.id, domain.now()).await {
        Ok(()) => Attempt::Sent,
        Err(error) if error.is_final() => Attempt::Failed(error.to_string()),
        Err(error) => Attempt::Later(error.to_string()),
    }
}

/// The logo that goes with a mail of this store.
async fn logo(domain: &Domain, brand: &Brand) -> Result<Option<Vec<u8>>> {
    match &brand.logo {
        Some(id) => images::mail_logo(domain, &brand.store, id).await,
        None => Ok(None),
    }
}

async fn record(domain: &Domain, row: Claimed, attempt: Attempt) -> Result<()> {
    let now = domain.now();
    let attempt = match attempt {
        Attempt::Later(reason) if now - row.created_at >= GIVE_UP => Attempt::Failed(reason),
        other => other,
    };
    domain.metrics.delivered(match &attempt {
        Attempt::Sent => "sent",
        Attempt::Dropped => "dropped",
        Attempt::Failed(_) => "failed",
        Attempt::Later(_) => "later",
    });
    match &attempt {
        Attempt::Failed(reason) => tracing::error!(id = row.id, reason, "effect failed for good"),
        Attempt::Later(reason) => {
            tracing::warn!(id = row.id, attempt = row.attempts, reason, "effect failed so far");
        }
        Attempt::Sent | Attempt::Dropped => {}
    }
    domain
        .db
        .write(async move |conn: &mut Conn<'_>| match attempt {
            Attempt::Sent => store::finish(conn, &row.id, "sent", now).await,
            Attempt::Dropped => store::finish(conn, &row.id, "dropped", now).await,
            Attempt::Failed(reason) => {
                store::fail(conn, &row, "failed", &reason, now, Some(now)).await
            }
            Attempt::Later(reason) => {
                let next = now + backoff(row.attempts);
                store::fail(conn, &row, "waiting", &reason, next, None).await
            }
        })
        .await?;
    Ok(())
}

fn backoff(attempts: i64) -> i64 {
    let index = usize::try_from(attempts - 1).unwrap_or_default();
    BACKOFF[index.min(BACKOFF.len() - 1)]
}
