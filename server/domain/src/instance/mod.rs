//! What must be the same for every process that uses a database.
mod store;
#[cfg(test)]
mod tests;

use crate::{Domain, Error, Result, audit, db::Conn, localization};

/// Checks at start that this process has the secret key that the database was set up with; the
/// first process sets it up.
///
/// # Errors
/// [`Error::Corrupt`] that says what to do, where the key is another one: links in mails that
/// are on their way would stop working.
pub async fn check(domain: &Domain) -> Result<()> {
    let (fingerprint, demo) = (domain.keys.fingerprint(), domain.options.demo);
    let now = domain.now();
    let row = domain
        .db
        .write(async move |conn: &mut Conn<'_>| {
            store::found(conn, &fingerprint, demo, now).await?;
            store::read(conn).await
        })
        .await?;
    if row.key_fingerprint != domain.keys.fingerprint() {
        return Err(Error::Corrupt(
            "the secret key is not the one that this database was set up with; give the server \
             the key file that belongs to it"
                .to_owned(),
        ));
    }
    if row.demo && !demo {
        tracing::warn!(
            "this database was filled with demonstration data: its passwords are public"
        );
    }
    audit::adopt(domain).await?;
    localization::adopt(domain).await?;
    Ok(())
}
