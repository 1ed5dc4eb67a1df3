//! What somebody has prepared and looks at before it is done: kept sealed for whom it is, so that
//! neither another person nor another page can open it.
use super::{put_for, store};
use crate::{Domain, Error, Result, crypto::hash_token, db::Conn};
use model::{PersonId, Refusal};
use serde::{Serialize, de::DeserializeOwned};

/// How long it is kept, in milliseconds.
pub const PREPARED: i64 = 2 * 60 * 60 * 1000;

/// Keeps what a person prepared; the token finds it again. `kind` tells what it is.
///
/// # Errors
/// Faults of the database only.
pub async fn prepare(
    domain: &Domain,
    person: &PersonId,
    kind: &str,
    what: &impl Serialize,
) -> Result<String> {
    let body = serde_json::to_vec(what).map_err(|e| Error::Corrupt(format!("a draft: {e}")))?;
    let sealed = domain.keys.seal(&place(person, kind), &body);
    Ok(put_for(domain, &sealed, PREPARED).await?.expose().to_owned())
}

/// What the person prepared under this token.
///
/// # Errors
/// [`Error::NotFound`] where there is no such thing (any more), or it is somebody else's.
pub async fn prepared<T: DeserializeOwned>(
    domain: &Domain,
    person: &PersonId,
    kind: &str,
    token: &str,
) -> Result<T> {
    let sealed = super::get(domain, token).await?.ok_or(Error::NotFound)?;
    let body = domain.keys.open(&place(person, kind), &sealed).map_err(|_| Error::NotFound)?;
    serde_json::from_slice(&body).map_err(|_| Error::NotFound)
}

/// Takes it away, in the transaction that does it: it is done once, also when asked for twice.
///
/// # Errors
/// [`Refusal::Gone`] where it was done already.
pub(crate) async fn use_up(conn: &mut Conn<'_>, token: &str) -> Result<()> {
    let taken = store::remove(conn, &hash_token(token)).await?;
    if taken { Ok(()) } else { Err(Refusal::Gone.into()) }
}

fn place(person: &PersonId, kind: &str) -> String {
    format!("flash.body:{person}:{kind}")
}
