use super::{
    TOKEN, VALID,
    store::{self, ResetRow},
};
use crate::{
    Domain, Error, Result,
    audit::{self, Change},
    context::Origin,
    crypto::hash_token,
    db::Conn,
    outbox::{self, Effect, SecurityNews},
    people,
    session::{
        self,
        attempts::{self, Subject},
    },
};
use model::{FieldError, PersonId, Refusal, ResetId, check, text::Lang};
use serde_json::{Value, json};

/// Requests in 15 minutes from one network.
const PER_ADDRESS: i64 = 30;
/// Requests in 15 minutes for one e-mail address: nobody's mailbox is flooded.
const PER_EMAIL: i64 = 3;

/// Sends a link with which to set a new password, if the address belongs to somebody. The answer
/// is the same in any case.
///
/// # Errors
/// [`Error::Invalid`] (`email`); [`Refusal::TooManyAttempts`].
pub async fn ask(domain: &Domain, origin: &Origin, email: &str) -> Result<()> {
    let email = check::normalize_email(email);
    let fault = check::required(&email, 254).and_then(|()| check::email(&email));
    fault.map_err(|fault| Error::Invalid(vec![FieldError::new("email", fault)]))?;
    let id = ResetId::from_u128(domain.id_bits());
    let (domain_, origin, now) = (domain.clone(), origin.clone(), domain.now());
    domain
        .db
        .write(async move |conn: &mut Conn<'_>| {
            let by_address = Subject::address(&domain_, "reset", &origin.address);
            let by_email = Subject::email(&domain_, "reset", &email);
            attempts::limit(conn, &by_address, PER_ADDRESS, now).await?;
            attempts::limit(conn, &by_email, PER_EMAIL, now).await?;
            let Some(row) = people::by_email(conn, &email).await? else { return Ok(()) };
            let person: PersonId = people::id(row.id)?;
            let hash = domain_.keys.token(TOKEN, id.as_str()).hash();
            store::insert(conn, &id, &person, &hash, now, now + VALID).await?;
            let lang = Lang::from_code(&row.language).unwrap_or_default();
            let effect = Effect::ResetMail { reset: id.clone(), lang };
            outbox::enqueue(&domain_, conn, &effect).await?;
            let change = Change {
                chain: None,
                store: None,
                actor: audit::ANONYMOUS,
                action: "password.reset.request",
                subject: person.as_str(),
                old: Value::Null,
                new: json!({ "reset": id }),
            };
            audit::record(&domain_, conn, &origin, change).await?;
            Ok::<_, Error>(())
        })
        .await
}

/// The e-mail address of the person whose password a link sets. Changes nothing: mail scanners
/// open links.
///
/// # Errors
/// [`Refusal::LinkUnknown`], [`Refusal::LinkUsed`], [`Refusal::LinkExpired`].
pub async fn pending(domain: &Domain, token: &str) -> Result<String> {
    Ok(find(domain, token).await?.email)
}

async fn find(domain: &Domain, token: &str) -> Result<ResetRow> {
    let hash = hash_token(token);
    let row = domain.db.read(async |conn| store::by_token(conn, &hash).await).await?;
    let row = row.ok_or(Refusal::LinkUnknown)?;
    if row.used_at.is_some() {
        return Err(Refusal::LinkUsed.into());
    }
    if row.expires_at <= domain.now() {
        return Err(Refusal::LinkExpired.into());
    }
    Ok(row)
}

/// Sets the password. All sessions end, and so do all other links; a second factor is asked for at
/// the next sign-in as before.
///
/// # Errors
/// As [`pending`]; [`Error::Invalid`] (`password`); [`Error::Busy`].
pub async fn set(domain: &Domain, origin: &Origin, token: &str, password: &str) -> Result<()> {
    let row = find(domain, token).await?;
    let fault = check::password(password, &row.email).err();
    if let Some(fault) = fault {
        return Err(Error::Invalid(vec![FieldError::new("password", fault)]));
    }
    let hash = domain.passwords.hash(password.to_owned(), domain.random_bytes()).await?;
    let (domain_, origin) = (domain.clone(), origin.clone());
    domain
        .db
        .write(async move |conn: &mut Conn<'_>| {
            if !store::use_up(conn, &row.id, domain_.now()).await? {
                return Err(Refusal::LinkUsed.into());
            }
            let person: PersonId = people::id(row.person_id)?;
            store::set_password(conn, &person, &hash).await?;
            store::end_others(conn, &person, domain_.now()).await?;
            let ended = session::end_all(&domain_, conn, &person, None).await?;
            let lang = Lang::from_code(&row.language).unwrap_or_default();
            let news = SecurityNews::PasswordChanged;
            let effect = Effect::SecurityMail { person: person.clone(), news, lang };
            outbox::enqueue(&domain_, conn, &effect).await?;
            let change = Change {
                chain: None,
                store: None,
                actor: person.as_str(),
                action: "password.reset",
                subject: person.as_str(),
                old: Value::Null,
                new: json!({ "reset": row.id, "ended_sessions": ended }),
            };
            Ok(audit::record(&domain_, conn, &origin, change).await?)
        })
        .await
}
