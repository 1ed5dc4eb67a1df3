//! What the next page shows after a plain form post: kept for a short while under a random token
//! that a cookie carries.
mod draft;
mod store;
#[cfg(test)]
mod tests;

pub(crate) use draft::use_up;
pub use draft::{PREPARED, prepare, prepared};

use crate::{
    Domain, Result,
    crypto::{Token, hash_token, random_token},
    db::Conn,
};

/// How long it is kept, in milliseconds.
pub const VALID: i64 = 10 * 60 * 1000;

/// Keeps `body`; the token finds it again.
pub async fn put(domain: &Domain, body: &str) -> Result<Token> {
    keep(domain, body, VALID).await
}

async fn keep(domain: &Domain, body: &str, valid: i64) -> Result<Token> {
    let token = random_token(domain);
    let (hash, body, until) = (token.hash(), body.to_owned(), domain.now() + valid);
    domain
        .db
        .write(async move |conn: &mut Conn<'_>| store::insert(conn, &hash, &body, until).await)
        .await?;
    Ok(token)
}

/// What was kept under `token`, unless that was too long ago. Reading does not remove it, so that
/// a page may be loaded again.
pub async fn get(domain: &Domain, token: &str) -> Result<Option<String>> {
    let (hash, now) = (hash_token(token), domain.now());
    let row = domain.db.read(async |conn| store::find(conn, &hash, now).await).await?;
    Ok(row.map(|row| row.body))
}
