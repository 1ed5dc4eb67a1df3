//! Another e-mail address: confirmed from the new one, the old one told.
use super::{
    EMAIL_TOKEN, EMAIL_VALID, identity,
    store::{self, EmailChangeRow},
};
use crate::{
    Domain, Error, Result,
    access::SignedIn,
    audit::{self, Change},
    context::Origin,
    crypto::hash_token,
    db::{self, Conn},
    outbox::{self, Effect},
    password_reset, people,
    session::attempts::{self, Subject},
};
use model::{EmailChangeId, FieldError, PersonId, Refusal, check, check::Fault, text::Lang};
use serde_json::{Value, json};

/// Changes asked for in 15 minutes by one person.
const PER_PERSON: i64 = 5;

/// Asks for another address. A link goes to it, a notice without link to the one that is used now.
/// An address that belongs to somebody else gets no mail, and the answer does not tell.
///
/// # Errors
/// [`Error::Invalid`] (`email`, `password`); [`Refusal::TooManyAttempts`];
/// [`Refusal::ConfirmIdentity`] for who has no password.
pub async fn ask(domain: &Domain, signed_in: &SignedIn, email: &str, password: &str) -> Result<()> {
    let email = check::normalize_email(email);
    let fault = match check::required(&email, 254).and_then(|()| check::email(&email)) {
        Ok(()) if email == signed_in.person.email => Err(Fault::EmailSame),
        other => other,
    };
    fault.map_err(|fault| Error::Invalid(vec![FieldError::new("email", fault)]))?;
    let id = &signed_in.person.id;
    let row = domain.db.read(async |conn| store::account(conn, id).await).await?;
    if row.password_hash.is_empty() {
        signed_in.recently_confirmed(domain.now())?;
    } else {
        identity::password_is_right(domain, signed_in, "password", password).await?;
    }
    let (domain_, signed_in) = (domain.clone(), signed_in.clone());
    let write = async move |conn: &mut Conn<'_>| begin(&domain_, conn, &signed_in, &email).await;
    domain.db.write(write).await
}

async fn begin(
    domain: &Domain,
    conn: &mut Conn<'_>,
    signed_in: &SignedIn,
    email: &str,
) -> Result<()> {
    let (person, now) = (&signed_in.person, domain.now());
    let subject = Subject::email(domain, "email change", person.id.as_str());
    attempts::limit(conn, &subject, PER_PERSON, now).await?;
    store::lock(conn, &person.id).await?;
    store::end_changes(conn, &person.id, now).await?;
    let id = EmailChangeId::from_u128(domain.id_bits());
    let hash = domain.keys.token(EMAIL_TOKEN, id.as_str()).hash();
    let taken = people::by_email(conn, email).await?.is_some();
    let change = store::NewEmailChange {
        id: &id,
        person: &person.id,
        old_email: &person.email,
        new_email: email,
        token_hash: &hash,
        now,
        expires_at: now + EMAIL_VALID,
    };
    store::insert_change(conn, &change).await?;
    let lang = person.language;
    if !taken {
        let effect = Effect::NewEmailMail { change: id.clone(), lang };
        outbox::enqueue(domain, conn, &effect).await?;
    }
    let effect = Effect::OldEmailMail { change: id.clone(), done: false, lang };
    outbox::enqueue(domain, conn, &effect).await?;
    let change = Change {
        chain: None,
        store: None,
        actor: person.id.as_str(),
        action: "person.email.request",
        subject: id.as_str(),
        old: Value::Null,
        new: json!({ "email": email }),
    };
    Ok(audit::record(domain, conn, &signed_in.origin, change).await?)
}

/// The address that a link confirms. Changes nothing: mail scanners open links.
///
/// # Errors
/// [`Refusal::LinkUnknown`] (also where a later change took its place), [`Refusal::LinkUsed`],
/// [`Refusal::LinkExpired`].
pub async fn pending(domain: &Domain, token: &str) -> Result<String> {
    Ok(find(domain, token).await?.new_email)
}

async fn find(domain: &Domain, token: &str) -> Result<EmailChangeRow> {
    let hash = hash_token(token);
    let row = domain.db.read(async |conn| store::change_by_token(conn, &hash).await).await?;
    let row = row.ok_or(Refusal::LinkUnknown)?;
    match row.how.as_deref() {
        Some("confirmed") => Err(Refusal::LinkUsed.into()),
        Some(_) => Err(Refusal::LinkUnknown.into()),
        None if row.expires_at <= domain.now() => Err(Refusal::LinkExpired.into()),
        None => Ok(row),
    }
}

/// Makes the new address the person's. Sessions stay; links that were mailed to the old address
/// to set a password end.
///
/// # Errors
/// As [`pending`]; [`Refusal::LinkUsed`] also where the address came to belong to somebody else.
pub async fn confirm(domain: &Domain, origin: &Origin, token: &str) -> Result<()> {
    let row = find(domain, token).await?;
    let (domain_, origin) = (domain.clone(), origin.clone());
    let write = async move |conn: &mut Conn<'_>| {
        let now = domain_.now();
        if !store::use_up_change(conn, &row.id, now).await? {
            return Err(Refusal::LinkUsed.into());
        }
        let person: PersonId = people::id(row.person_id)?;
        let old = store::lock(conn, &person).await?;
        if people::by_email(conn, &row.new_email).await?.is_some() {
            return Err(Refusal::LinkUsed.into());
        }
        store::set_email(conn, &person, &row.new_email).await?;
        password_reset::end_others(conn, &person, now).await?;
        let lang = Lang::from_code(&old.language).unwrap_or_default();
        let change: EmailChangeId = people::id(row.id)?;
        let effect = Effect::OldEmailMail { change, done: true, lang };
        outbox::enqueue(&domain_, conn, &effect).await?;
        let change = Change {
            chain: None,
            store: None,
            actor: person.as_str(),
            action: "person.email.change",
            subject: person.as_str(),
            old: json!({ "email": old.email }),
            new: json!({ "email": row.new_email }),
        };
        Ok(audit::record(&domain_, conn, &origin, change).await?)
    };
    match domain.db.write(write).await {
        // Somebody else took the address at the same moment.
        Err(Error::Db(db::Error::Duplicate)) => Err(Refusal::LinkUsed.into()),
        other => other,
    }
}
