//! Limits on attempts that hold across processes: counts in the database, a row a minute and
//! subject. A refused attempt is rolled back with its counts, so it costs nothing and does not
//! prolong the wait.
use super::MINUTE;
use crate::{
    Domain, Result,
    db::{self, Conn, sql},
    row,
};
use model::Refusal;
use std::net::{IpAddr, Ipv6Addr};

/// The time in which attempts are counted, in milliseconds.
pub(crate) const WINDOW: i64 = 15 * MINUTE;

row! { struct Count { attempts: i64 } }
row! { struct Address { address: String } }

/// Something that attempts are counted for, as a keyed hash: the table tells nobody's address.
#[derive(Clone, Debug)]
pub(crate) struct Subject(String);

impl Subject {
    /// Attempts of `kind` from the network of `address`.
    pub(crate) fn address(domain: &Domain, kind: &str, address: &str) -> Subject {
        Subject::of(domain, kind, &format!("address {}", network(address)))
    }

    /// Attempts of `kind` for the person with this e-mail address.
    pub(crate) fn email(domain: &Domain, kind: &str, email: &str) -> Subject {
        Subject::of(domain, kind, &format!("email {email}"))
    }

    /// Attempts of `kind` for this e-mail address from the network of `address`.
    pub(crate) fn pair(domain: &Domain, kind: &str, email: &str, address: &str) -> Subject {
        Subject::of(domain, kind, &format!("pair {} {email}", network(address)))
    }

    fn of(domain: &Domain, kind: &str, what: &str) -> Subject {
        Subject(domain.keys.token("attempt", &format!("{kind} {what}")).hash())
    }
}

/// What counts as one origin: an IPv4 address, or the 64 bits of IPv6 that one customer gets.
fn network(address: &str) -> String {
    match address.parse::<IpAddr>().map(|ip| ip.to_canonical()) {
        Ok(IpAddr::V6(ip)) => Ipv6Addr::from_bits(ip.to_bits() & !u128::from(u64::MAX)).to_string(),
        Ok(ip) => ip.to_string(),
        Err(_) => address.to_owned(),
    }
}

/// Counts an attempt and returns how many there were in the last [`WINDOW`], this one included.
/// The row is locked until the transaction ends: parallel attempts count one after another. In
/// one transaction count addresses first, then pairs, then e-mails, so that none wait in a circle.
pub(crate) async fn count(conn: &mut Conn<'_>, subject: &Subject, now: i64) -> db::Result<i64> {
    sql("INSERT INTO attempt (subject, window_start, attempts) VALUES ($1, $2, 1)
         ON CONFLICT (subject, window_start) DO UPDATE SET attempts = attempt.attempts + 1")
    .bind(&subject.0)
    .bind(minute(now))
    .execute(conn)
    .await?;
    let total: Count = sql("SELECT CAST(COALESCE(SUM(attempts), 0) AS BIGINT) AS attempts
         FROM attempt WHERE subject = $1 AND window_start > $2")
    .bind(&subject.0)
    .bind(now - WINDOW)
    .one(conn)
    .await?;
    Ok(total.attempts)
}

/// Counts an attempt; how many that makes.
///
/// # Errors
/// [`Refusal::TooManyAttempts`] where there were `limit` in the last [`WINDOW`] already.
pub(crate) async fn limit(
    conn: &mut Conn<'_>,
    subject: &Subject,
    limit: i64,
    now: i64,
) -> Result<i64> {
    let attempts = count(conn, subject, now).await?;
    if attempts > limit { Err(Refusal::TooManyAttempts.into()) } else { Ok(attempts) }
}

/// Takes back an attempt counted at `counted_at`: it was a success.
pub(crate) async fn forgive(
    conn: &mut Conn<'_>,
    subject: &Subject,
    counted_at: i64,
) -> db::Result<()> {
    sql("UPDATE attempt SET attempts = attempts - 1
         WHERE subject = $1 AND window_start = $2 AND attempts > 0")
    .bind(&subject.0)
    .bind(minute(counted_at))
    .execute(conn)
    .await?;
    Ok(())
}

/// Forgets all attempts counted for `subject`.
pub(crate) async fn forget(conn: &mut Conn<'_>, subject: &Subject) -> db::Result<()> {
    sql("DELETE FROM attempt WHERE subject = $1").bind(&subject.0).execute(conn).await?;
    Ok(())
}

/// Whether the person with this e-mail address has, or had, a session from the network of
/// `address`.
pub(crate) async fn known_there(
    conn: &mut Conn<'_>,
    email: &str,
    address: &str,
) -> db::Result<bool> {
    let rows: Vec<Address> = sql("SELECT DISTINCT s.address
         FROM session s JOIN person p ON p.id = s.person_id WHERE p.email = $1")
    .bind(email)
    .all(conn)
    .await?;
    let here = network(address);
    Ok(rows.iter().any(|row| network(&row.address) == here))
}

fn minute(at: i64) -> i64 {
    at - at.rem_euclid(MINUTE)
}

#[cfg(test)]
mod tests {
    use super::network;

    #[test]
    fn an_ipv6_customer_is_one_origin() {
        assert_eq!(network("2001:db8:1:2:3:4:5:6"), network("2001:db8:1:2::1"));
        assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
        assert_eq!(network("::ffff:192.0.2.7"), "192.0.2.7");
        assert_ne!(network("192.0.2.7"), network("192.0.2.8"));
    }
}
