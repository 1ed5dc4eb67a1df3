//! Proving again who one is, before what cannot be taken back.
use super::store;
use crate::{
    Domain, Error, Result,
    access::SignedIn,
    audit::{self, Change},
    crypto::Token,
    db::Conn,
    passkey::{self, Offer, Purpose},
    session::{
        self,
        attempts::{self, Subject},
    },
    two_factor,
};
use model::{FieldError, check, check::Fault};
use serde_json::{Value, json};

/// Proofs tried in 15 minutes by one person.
const TRIES: i64 = 10;

/// How somebody can prove who they are.
#[derive(Debug)]
pub struct Ways {
    /// By their password.
    pub password: bool,
    /// By a code of their app: where there is no password.
    pub code: bool,
    /// By a passkey.
    pub passkey: Option<Offer>,
}

/// A proof, as typed or made.
#[derive(Clone)]
pub enum Proof {
    /// The password.
    Password(String),
    /// A code of the app, or a recovery code.
    Code(String),
    /// A passkey's answer, with the state of its ceremony.
    Passkey {
        /// From the [`Offer`].
        state: String,
        /// From the browser.
        credential: String,
    },
}

/// How this person can prove who they are.
///
/// # Errors
/// Faults of the database; [`Error::Corrupt`] where a passkey cannot be read.
pub async fn ways(domain: &Domain, signed_in: &SignedIn) -> Result<Ways> {
    let person = &signed_in.person.id;
    let row = domain.db.read(async |conn| store::account(conn, person).await).await?;
    let password = !row.password_hash.is_empty();
    let purpose = Purpose::Confirm(signed_in.session.clone());
    Ok(Ways {
        password,
        code: !password && signed_in.second_factor,
        passkey: passkey::offer(domain, person, &purpose).await?,
    })
}

/// Notes that the person has just proved who they are, and gives their session a new token.
///
/// # Errors
/// [`Error::Invalid`] (`password`, `code`); the refusals of passkeys;
/// [`Refusal::TooManyAttempts`](model::Refusal::TooManyAttempts); [`Error::SignedOut`].
pub async fn confirm(domain: &Domain, signed_in: &SignedIn, proof: Proof) -> Result<Token> {
    let (kind, passkey, code) = match proof {
        Proof::Password(password) => {
            password_is_right(domain, signed_in, "password", &password).await?;
            ("password", None, None)
        }
        Proof::Code(code) => {
            count(domain, signed_in).await?;
            ("code", None, Some(code))
        }
        Proof::Passkey { state, credential } => {
            let purpose = Purpose::Confirm(signed_in.session.clone());
            ("passkey", Some(passkey::prove(domain, &purpose, &state, &credential)?), None)
        }
    };
    let (domain_, signed_in) = (domain.clone(), signed_in.clone());
    domain
        .db
        .write(async move |conn: &mut Conn<'_>| {
            let person = &signed_in.person.id;
            if let Some(code) = code {
                let factor = two_factor::accept(&domain_, conn, person, &code).await?;
                factor.ok_or_else(|| wrong("code", Fault::CodeWrong))?;
            }
            if let Some(proof) = passkey {
                proof.settle(conn, person, domain_.now()).await?;
            }
            let token = session::renew(&domain_, conn, &signed_in.session).await?;
            let change = Change {
                chain: None,
                store: None,
                actor: person.as_str(),
                action: "session.confirm",
                subject: signed_in.session.as_str(),
                old: Value::Null,
                new: json!({ "proof": kind }),
            };
            audit::record(&domain_, conn, &signed_in.origin, change).await?;
            Ok::<_, Error>(token)
        })
        .await
}

fn wrong(field: &str, fault: Fault) -> Error {
    Error::Invalid(vec![FieldError::new(field, fault)])
}

/// Checks the password of a signed-in person, typed into `field`. Failures are counted; the last
/// one that is allowed is recorded.
///
/// # Errors
/// [`Error::Invalid`] (`field`); [`Refusal::TooManyAttempts`](model::Refusal::TooManyAttempts).
pub(super) async fn password_is_right(
    domain: &Domain,
    signed_in: &SignedIn,
    field: &str,
    password: &str,
) -> Result<()> {
    if password.is_empty() {
        return Err(wrong(field, Fault::Required));
    }
    let (counted_at, attempts) = count(domain, signed_in).await?;
    let person = &signed_in.person.id;
    let row = domain.db.read(async |conn| store::account(conn, person).await).await?;
    let hash = Some(row.password_hash).filter(|hash| !hash.is_empty());
    let password: String = password.chars().take(check::PASSWORD_MAX + 1).collect();
    let right = domain.passwords.verify(password, hash).await?;
    let (domain_, signed_in) = (domain.clone(), signed_in.clone());
    if right {
        let subject = subject(domain, &signed_in);
        let forgive =
            async move |conn: &mut Conn<'_>| attempts::forgive(conn, &subject, counted_at).await;
        domain.db.write(forgive).await?;
        return Ok(());
    }
    if attempts == TRIES {
        let note = async move |conn: &mut Conn<'_>| refused(&domain_, conn, &signed_in).await;
        domain.db.write(note).await?;
    }
    Err(wrong(field, Fault::PasswordWrong))
}

async fn refused(domain: &Domain, conn: &mut Conn<'_>, signed_in: &SignedIn) -> Result<()> {
    let change = Change {
        chain: None,
        store: None,
        actor: signed_in.person.id.as_str(),
        action: "session.confirm.refused",
        subject: signed_in.session.as_str(),
        old: Value::Null,
        new: json!({ "limit_reached": true }),
    };
    Ok(audit::record(domain, conn, &signed_in.origin, change).await?)
}

fn subject(domain: &Domain, signed_in: &SignedIn) -> Subject {
    Subject::email(domain, "confirm", signed_in.person.id.as_str())
}

/// Counts an attempt: when, and how many that makes.
async fn count(domain: &Domain, signed_in: &SignedIn) -> Result<(i64, i64)> {
    let (subject, now) = (subject(domain, signed_in), domain.now());
    let write = async move |conn: &mut Conn<'_>| attempts::limit(conn, &subject, TRIES, now).await;
    Ok((now, domain.db.write(write).await?))
}
