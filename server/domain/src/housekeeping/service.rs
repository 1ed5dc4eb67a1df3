use super::store;
use crate::{Domain, Result, db::Conn, notifications, organization, presence, session};

const DAY: i64 = 24 * 60 * 60 * 1000;
/// Ended sessions are kept this long: the networks they came from stay exempt from the limit of
/// sign-in attempts that is meant for strangers.
const SESSIONS: i64 = 60 * DAY;
/// Used and expired confirmation links can tell so for this long.
const REGISTRATIONS: i64 = 7 * DAY;
/// Used and expired links of password resets and new e-mail addresses can tell so for this long.
const LINKS: i64 = 7 * DAY;
/// An image uploaded into a form that nobody saved is kept this long.
const IMAGES: i64 = DAY;
/// What was sent, and what had lost its reason, is kept this long; the audit log says what
/// happened.
const SENT: i64 = 30 * DAY;
/// What could not be delivered is kept this long for whoever asks why.
const FAILED: i64 = 90 * DAY;

/// Removes ended sessions, old counts of attempts, expired flashes and registrations, steps and
/// links of account security that are over, who had settings open, delivered and failed effects,
/// and images that nothing refers to; ends memberships whose time has come, warns of those that end
/// soon and tells of invitations that have expired. Each in a
/// transaction of its own; any process may do it at any time.
///
/// # Errors
/// Faults of the database only.
pub async fn run_once(domain: &Domain) -> Result<()> {
    let now = domain.now();
    let db = &domain.db;
    db.write(async move |conn: &mut Conn<'_>| {
        store::sessions(conn, now - SESSIONS, now - session::IDLE - SESSIONS).await
    })
    .await?;
    let attempts = now - 2 * session::attempts::WINDOW;
    db.write(async move |conn: &mut Conn<'_>| store::attempts(conn, attempts).await).await?;
    db.write(async move |conn: &mut Conn<'_>| store::flashes(conn, now).await).await?;
    db.write(async move |conn: &mut Conn<'_>| store::ways_in(conn, now).await).await?;
    let expired = now - REGISTRATIONS;
    db.write(async move |conn: &mut Conn<'_>| store::registrations(conn, expired).await).await?;
    for (state, kept) in [("sent", SENT), ("dropped", SENT), ("failed", FAILED)] {
        let before = now - kept;
        db.write(async move |conn: &mut Conn<'_>| store::effects(conn, state, before).await)
            .await?;
    }
    db.write(async move |conn: &mut Conn<'_>| store::steps(conn, now, now - LINKS).await).await?;
    db.write(async move |conn: &mut Conn<'_>| store::images(conn, now - IMAGES).await).await?;
    // As long as its mail may still be waiting, and then as long as that is kept.
    db.write(async move |conn: &mut Conn<'_>| notifications::forget(conn, now - FAILED).await)
        .await?;
    let gone = now - presence::GONE;
    db.write(async move |conn: &mut Conn<'_>| presence::forget_expired(conn, gone).await).await?;
    organization::warn_due(domain).await?;
    organization::end_due(domain).await?;
    notifications::tell_expired(domain).await?;
    Ok(())
}
