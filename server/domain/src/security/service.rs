use super::{
    change::Changing,
    domains,
    store::{self, SecurityRow},
};
use crate::{
    Domain, Error, Result,
    access::{ManageSecurity, OrganizationAccess},
    db::Conn,
    outbox::{self, Effect},
};
use jiff::{Timestamp, ToSpan as _, civil::Date, tz::TimeZone};
use model::{FieldError, check::Fault, text::Lang};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// The pauses that can be allowed, in milliseconds.
pub const IDLE_CHOICES: [i64; 7] =
    [15 * MINUTE, 30 * MINUTE, HOUR, 4 * HOUR, 12 * HOUR, DAY, 7 * DAY];
/// The times after which people must prove who they are again, in milliseconds.
pub const ABSOLUTE_CHOICES: [i64; 6] = [HOUR, 8 * HOUR, 12 * HOUR, DAY, 7 * DAY, 30 * DAY];

/// What an organization demands, as its page shows it.
#[derive(Clone, Debug)]
pub struct Overview {
    /// From when on a second factor is needed.
    pub two_factor_from: Option<i64>,
    /// The longest pause.
    pub idle: Option<i64>,
    /// The longest time since people proved who they are.
    pub absolute: Option<i64>,
    /// Domains of people who may be invited; none: any.
    pub invitation_domains: Vec<String>,
    /// Whether addresses are limited.
    pub addresses_only: bool,
    /// Whether there is a provider for single sign-on.
    pub single_sign_on: bool,
    /// Whether members must use it.
    pub enforced: bool,
    /// Whether links from connected shops sign in.
    pub shop_sign_in: bool,
}

/// What an organization demands.
///
/// # Errors
/// Faults of the database only.
pub async fn overview(
    domain: &Domain,
    access: &OrganizationAccess<ManageSecurity>,
) -> Result<Overview> {
    let row = domain.db.read(async |conn| store::load(conn, access.organization()).await).await?;
    let domains = row.invitation_domains.split(',').filter(|domain| !domain.is_empty());
    Ok(Overview {
        two_factor_from: row.two_factor_from,
        idle: row.session_idle,
        absolute: row.session_absolute,
        invitation_domains: domains.map(str::to_owned).collect(),
        addresses_only: row.addresses_only,
        single_sign_on: row.sso_issuer.is_some(),
        enforced: row.sso_enforced,
        shop_sign_in: row.shop_sign_in,
    })
}

/// Demands a second factor from the beginning of a day on (in the actor's time zone; empty: from
/// now on), or no longer (`on` false). Who lacks one is told by mail, once for each time that it
/// is switched on.
///
/// # Errors
/// [`Error::Invalid`] (`from`); as `Changing::begin`.
pub async fn demand_two_factor(
    domain: &Domain,
    access: &OrganizationAccess<ManageSecurity>,
    on: bool,
    from: &str,
) -> Result<()> {
    let now = domain.now();
    let from = match (on, from.trim()) {
        (false, _) => None,
        (true, "") => Some(now),
        (true, day) => Some(beginning(day, &access.signed_in().person.time_zone, now)?),
    };
    let (domain_, access) = (domain.clone(), access.clone());
    let write = async move |conn: &mut Conn<'_>| {
        let changing = Changing::begin(&domain_, conn, &access).await?;
        // "From now on" again is no change.
        let kept = changing.before.two_factor_from.filter(|was| *was <= now);
        let from = if from.is_some_and(|from| from <= now) { kept.or(from) } else { from };
        let first = changing.before.two_factor_from.is_none() && from.is_some();
        let after = SecurityRow { two_factor_from: from, ..changing.before.clone() };
        if first {
            warn(&domain_, conn, &access).await?;
        }
        changing.finish(conn, "security.two_factor", after).await
    };
    domain.db.write(write).await.map(drop)
}

/// The first moment of a day that has not passed.
fn beginning(day: &str, zone: &str, now: i64) -> Result<i64> {
    let wrong = || Error::Invalid(vec![FieldError::new("from", Fault::Day)]);
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let day: Date = day.parse().map_err(|_| wrong())?;
    let today = Timestamp::from_millisecond(now).unwrap_or_default().to_zoned(zone.clone()).date();
    let furthest = today.checked_add(1.year()).map_err(|_| wrong())?;
    if day < today || day > furthest {
        return Err(wrong());
    }
    let start = day.to_zoned(zone).map_err(|_| wrong())?.timestamp().as_millisecond();
    Ok(start.max(now))
}

async fn warn(
    domain: &Domain,
    conn: &mut Conn<'_>,
    access: &OrganizationAccess<ManageSecurity>,
) -> Result<()> {
    let organization = access.organization();
    for row in store::without_second_factor(conn, organization, domain.now()).await? {
        let effect = Effect::TwoFactorMail {
            organization: organization.clone(),
            person: crate::people::id(row.person_id)?,
            lang: Lang::from_code(&row.language).unwrap_or_default(),
        };
        outbox::enqueue(domain, conn, &effect).await?;
    }
    Ok(())
}

/// Limits how long sessions may pause, and how long after people proved who they are they must do
/// so again: milliseconds of [`IDLE_CHOICES`] and [`ABSOLUTE_CHOICES`], or nothing.
///
/// # Errors
/// [`Error::Invalid`] (`idle`, `absolute`); as `Changing::begin`.
pub async fn set_session_limits(
    domain: &Domain,
    access: &OrganizationAccess<ManageSecurity>,
    idle: &str,
    absolute: &str,
) -> Result<()> {
    let choices = [("idle", idle, &IDLE_CHOICES[..]), ("absolute", absolute, &ABSOLUTE_CHOICES)];
    let mut errors = Vec::new();
    let limits = choices.map(|(field, text, choices)| {
        let limit = text.parse::<i64>().ok().filter(|limit| choices.contains(limit));
        if limit.is_none() && !text.is_empty() {
            errors.push(FieldError::new(field, Fault::Choice));
        }
        limit
    });
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let [session_idle, session_absolute] = limits;
    let (domain_, access) = (domain.clone(), access.clone());
    let write = async move |conn: &mut Conn<'_>| {
        let changing = Changing::begin(&domain_, conn, &access).await?;
        let after = SecurityRow { session_idle, session_absolute, ..changing.before.clone() };
        changing.finish(conn, "security.sessions", after).await
    };
    domain.db.write(write).await.map(drop)
}

/// Limits invitations to e-mail addresses of these domains; none: to nobody.
///
/// # Errors
/// [`Error::Invalid`] (`domains`); as `Changing::begin`.
pub async fn set_invitation_domains(
    domain: &Domain,
    access: &OrganizationAccess<ManageSecurity>,
    text: &str,
) -> Result<()> {
    let domains = domains::read(text);
    let domains = domains.map_err(|f| Error::Invalid(vec![FieldError::new("domains", f)]))?;
    let (domain_, access) = (domain.clone(), access.clone());
    let write = async move |conn: &mut Conn<'_>| {
        let changing = Changing::begin(&domain_, conn, &access).await?;
        let after =
            SecurityRow { invitation_domains: domains.join(","), ..changing.before.clone() };
        changing.finish(conn, "security.invitation_domains", after).await
    };
    domain.db.write(write).await.map(drop)
}
