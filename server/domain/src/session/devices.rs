//! The sessions of a person: where they are signed in, and how they end that.
use super::{IDLE, store, user_agent};
use crate::{
    Domain, Error, Result,
    access::SignedIn,
    audit::{self, Change},
    crypto::{Token, random_token},
    db::Conn,
    people,
};
use model::{PersonId, Refusal, SessionId};
use serde_json::{Value, json};

/// A live session as its person sees it.
#[derive(Clone, Debug)]
pub struct Device {
    /// The session.
    pub id: SessionId,
    /// The browser's name, if it is known.
    pub browser: Option<&'static str>,
    /// The system's name, if it is known.
    pub system: Option<&'static str>,
    /// The address it was opened from.
    pub address: String,
    /// When it was opened.
    pub created_at: i64,
    /// When it was last used, give or take a few minutes.
    pub last_used_at: i64,
    /// It is the one that asks.
    pub here: bool,
}

/// The person's live sessions, this one first, then those used last.
///
/// # Errors
/// Faults of the database only.
pub async fn devices(domain: &Domain, signed_in: &SignedIn) -> Result<Vec<Device>> {
    let (person, now) = (&signed_in.person.id, domain.now());
    let read = async |conn: &mut Conn<'_>| store::live(conn, person, now, now - IDLE).await;
    let rows = domain.db.read(read).await?;
    let mut devices = Vec::with_capacity(rows.len());
    for row in rows {
        let id: SessionId = people::id(row.id)?;
        devices.push(Device {
            here: id == signed_in.session,
            id,
            browser: user_agent::browser(&row.user_agent),
            system: user_agent::system(&row.user_agent),
            address: row.address,
            created_at: row.created_at,
            last_used_at: row.last_used_at,
        });
    }
    devices.sort_by_key(|device| (!device.here, -device.last_used_at));
    Ok(devices)
}

/// Ends one other session of the person.
///
/// # Errors
/// [`Error::NotFound`] where it is none of theirs; [`Refusal::Gone`] where it has ended already.
pub async fn end_device(domain: &Domain, signed_in: &SignedIn, id: &SessionId) -> Result<()> {
    let (domain_, signed_in, id) = (domain.clone(), signed_in.clone(), id.clone());
    domain
        .db
        .write(async move |conn: &mut Conn<'_>| {
            let person = &signed_in.person.id;
            if !store::belongs(conn, &id, person).await? {
                return Err(Error::NotFound);
            }
            if !store::end(conn, &id, domain_.now()).await? {
                return Err(Refusal::Gone.into());
            }
            let change = Change {
                chain: None,
                store: None,
                actor: person.as_str(),
                action: "session.revoke",
                subject: id.as_str(),
                old: json!({ "live": true }),
                new: json!({ "live": false }),
            };
            Ok(audit::record(&domain_, conn, &signed_in.origin, change).await?)
        })
        .await
}

/// Ends every other session of the person; how many.
///
/// # Errors
/// Faults of the database only.
pub async fn end_others(domain: &Domain, signed_in: &SignedIn) -> Result<u64> {
    let (domain_, signed_in) = (domain.clone(), signed_in.clone());
    domain
        .db
        .write(async move |conn: &mut Conn<'_>| {
            let person = &signed_in.person.id;
            let ended = end_all(&domain_, conn, person, Some(&signed_in.session)).await?;
            if ended > 0 {
                let change = Change {
                    chain: None,
                    store: None,
                    actor: person.as_str(),
                    action: "session.revoke_others",
                    subject: person.as_str(),
                    old: Value::Null,
                    new: json!({ "ended": ended }),
                };
                audit::record(&domain_, conn, &signed_in.origin, change).await?;
            }
            Ok::<_, Error>(ended)
        })
        .await
}

/// Ends all sessions of a person but one, and the sign-ins that are under way; the caller audits.
pub(crate) async fn end_all(
    domain: &Domain,
    conn: &mut Conn<'_>,
    person: &PersonId,
    but: Option<&SessionId>,
) -> Result<u64> {
    store::end_steps(conn, person).await?;
    Ok(store::end_all(conn, person, but, domain.now()).await?)
}

/// Gives the session a new token, so that nobody else holds it, and notes that the person has just
/// proved who they are. The caller audits.
///
/// # Errors
/// [`Error::SignedOut`] where the session has ended in the meantime.
pub(crate) async fn renew(
    domain: &Domain,
    conn: &mut Conn<'_>,
    session: &SessionId,
) -> Result<Token> {
    let token = random_token(domain);
    if store::renew(conn, session, &token.hash(), domain.now()).await? {
        Ok(token)
    } else {
        Err(Error::SignedOut)
    }
}
