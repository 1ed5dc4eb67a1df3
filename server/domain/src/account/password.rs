use super::{identity, store};
use crate::{
    Domain, Error, Result,
    access::SignedIn,
    audit::{self, Change},
    crypto::Token,
    db::Conn,
    outbox::{self, SecurityNews},
    password_reset, session,
};
use model::{FieldError, check};
use serde_json::{Value, json};

/// Gives the person another password. All their other sessions end, and this one gets a new token.
/// Who has no password yet must have proved who they are a short while ago.
///
/// # Errors
/// [`Error::Invalid`] (`current`, `password`);
/// [`Refusal::ConfirmIdentity`](model::Refusal::ConfirmIdentity);
/// [`Refusal::TooManyAttempts`](model::Refusal::TooManyAttempts); [`Error::Busy`].
pub async fn change(
    domain: &Domain,
    signed_in: &SignedIn,
    current: &str,
    new: &str,
) -> Result<Token> {
    let person = &signed_in.person;
    if let Err(fault) = check::password(new, &person.email) {
        return Err(Error::Invalid(vec![FieldError::new("password", fault)]));
    }
    let row = domain.db.read(async |conn| store::account(conn, &person.id).await).await?;
    if row.password_hash.is_empty() {
        signed_in.recently_confirmed(domain.now())?;
    } else {
        identity::password_is_right(domain, signed_in, "current", current).await?;
    }
    let hash = domain.passwords.hash(new.to_owned(), domain.random_bytes()).await?;
    let (domain_, signed_in) = (domain.clone(), signed_in.clone());
    domain
        .db
        .write(async move |conn: &mut Conn<'_>| {
            let (person, session) = (&signed_in.person, &signed_in.session);
            // Not where somebody changed it since the current one was checked.
            if !store::replace_password(conn, &person.id, &row.password_hash, &hash).await? {
                return Err(Error::SignedOut);
            }
            password_reset::end_others(conn, &person.id, domain_.now()).await?;
            let ended = session::end_all(&domain_, conn, &person.id, Some(session)).await?;
            let token = session::renew(&domain_, conn, session).await?;
            outbox::tell(&domain_, conn, person, SecurityNews::PasswordChanged).await?;
            let change = Change {
                chain: None,
                store: None,
                actor: person.id.as_str(),
                action: "password.change",
                subject: person.id.as_str(),
                old: Value::Null,
                new: json!({ "ended_sessions": ended }),
            };
            audit::record(&domain_, conn, &signed_in.origin, change).await?;
            Ok(token)
        })
        .await
}
