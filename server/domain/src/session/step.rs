//! Between the right password and the session: a short-lived step, held by a cookie, in which the
//! second factor is asked for.
use super::{
    MINUTE,
    attempts::{self, Subject},
    service::{self, Entry},
    store,
};
use crate::{
    Domain, Error, Result,
    access::{Method, Person, SignedIn},
    context::Origin,
    crypto::{Token, hash_token, random_token},
    db::Conn,
    passkey::{self, Offer, Purpose},
    people,
    two_factor::{self, Factor},
};
use model::{FieldError, PersonId, Refusal, check::Fault};

/// How long somebody may take to give the second factor, in milliseconds.
pub const STEP: i64 = 5 * MINUTE;
/// Codes that may be tried in one step.
const TRIES: i64 = 5;
/// Codes tried in 15 minutes for one person from one network, over all steps.
const PER_PAIR: i64 = 10;
/// Codes tried in 15 minutes for one person. Networks they signed in from before are exempt.
const PER_PERSON: i64 = 20;

/// Begins a step for somebody who gave the right password, or came by a link of their shop.
pub(super) async fn begin(
    domain: &Domain,
    conn: &mut Conn<'_>,
    person: &PersonId,
    method: &Method,
) -> Result<Token> {
    let token = random_token(domain);
    let now = domain.now();
    store::insert_step(conn, &token.hash(), person, method, (now, now + STEP)).await?;
    Ok(token)
}

/// What the page of a step offers besides a code.
#[derive(Debug)]
pub struct Pending {
    /// A passkey may be used instead; `None` where the person has none.
    pub passkey: Option<Offer>,
}

/// The step with this token.
///
/// # Errors
/// [`Refusal::StepExpired`] where there is none any more.
pub async fn pending(domain: &Domain, token: &str) -> Result<Pending> {
    let (hash, now) = (hash_token(token), domain.now());
    let row = domain.db.read(async |conn| store::step(conn, &hash, now, TRIES).await).await?;
    let person = people::id(row.ok_or(Refusal::StepExpired)?.person_id)?;
    Ok(Pending { passkey: passkey::offer(domain, &person, &Purpose::Step(hash)).await? })
}

/// What came of a code.
enum Tried {
    In(Box<SignedIn>, Token),
    Wrong,
    Ended,
}

/// Opens the session if `code` is the app's or one of the recovery codes. No code counts twice,
/// also when it is sent many times at once.
///
/// # Errors
/// [`Error::Invalid`] (`code`); [`Refusal::StepExpired`]; [`Refusal::TooManyAttempts`].
pub async fn verify(
    domain: &Domain,
    origin: &Origin,
    token: &str,
    code: &str,
) -> Result<(SignedIn, Token)> {
    let trial = Trial {
        domain: domain.clone(),
        origin: origin.clone(),
        hash: hash_token(token),
        code: code.chars().take(64).collect(),
    };
    let write = async move |conn: &mut Conn<'_>| trial.run(conn).await;
    match domain.db.write(write).await? {
        Tried::In(signed_in, token) => Ok((*signed_in, token)),
        Tried::Wrong => Err(Error::Invalid(vec![FieldError::new("code", Fault::CodeWrong)])),
        Tried::Ended => Err(Refusal::StepExpired.into()),
    }
}

struct Trial {
    domain: Domain,
    origin: Origin,
    hash: String,
    code: String,
}

impl Trial {
    /// A wrong code is no error of the transaction: its count must be kept.
    async fn run(self, conn: &mut Conn<'_>) -> Result<Tried> {
        let (domain, now) = (&self.domain, self.domain.now());
        let Some(row) = store::try_step(conn, &self.hash, now, TRIES).await? else {
            return Ok(Tried::Ended);
        };
        let id: PersonId = people::id(row.person_id)?;
        let method = Method::read(&row.method, row.organization_id)?;
        let person = service::person(store::person(conn, &id).await?)?;
        self.limit(conn, &person, now).await?;
        match two_factor::accept(domain, conn, &id, &self.code).await? {
            Some(factor) => {
                let entry = Entry { method, proof: factor.code() };
                let opened = enter(domain, conn, &self.origin, &self.hash, person, entry).await?;
                if let Factor::RecoveryCode = factor {
                    two_factor::tell_used(domain, conn, &opened.0.person).await?;
                }
                Ok(Tried::In(Box::new(opened.0), opened.1))
            }
            None => {
                // The last one that may be tried: once a step, so the log stays small.
                if row.attempts == TRIES {
                    service::refused(domain, conn, &self.origin, Some(&id), "code").await?;
                }
                Ok(Tried::Wrong)
            }
        }
    }

    async fn limit(&self, conn: &mut Conn<'_>, person: &Person, now: i64) -> Result<()> {
        let (email, address) = (&person.email, &self.origin.address);
        let pair = Subject::pair(&self.domain, "second-factor", email, address);
        attempts::limit(conn, &pair, PER_PAIR, now).await?;
        let whole = Subject::email(&self.domain, "second-factor", email);
        let many = attempts::count(conn, &whole, now).await? > PER_PERSON;
        if many && !attempts::known_there(conn, email, address).await? {
            return Err(Refusal::TooManyAttempts.into());
        }
        Ok(())
    }
}

/// As [`verify`], with a passkey in place of a code.
///
/// # Errors
/// [`Refusal::PasskeyUnknown`], [`Refusal::PasskeyNotUsed`]; [`Refusal::StepExpired`].
pub async fn verify_passkey(
    domain: &Domain,
    origin: &Origin,
    token: &str,
    state: &str,
    credential: &str,
) -> Result<(SignedIn, Token)> {
    let hash = hash_token(token);
    let proof = passkey::prove(domain, &Purpose::Step(hash.clone()), state, credential)?;
    let (domain_, origin) = (domain.clone(), origin.clone());
    domain
        .db
        .write(async move |conn: &mut Conn<'_>| {
            let now = domain_.now();
            let row = store::step(conn, &hash, now, TRIES).await?.ok_or(Refusal::StepExpired)?;
            let id: PersonId = people::id(row.person_id)?;
            let person = service::person(store::person(conn, &id).await?)?;
            proof.settle(conn, &id, now).await?;
            let method = Method::read(&row.method, row.organization_id)?;
            let entry = Entry { method, proof: "passkey" };
            enter(&domain_, conn, &origin, &hash, person, entry).await
        })
        .await
}

/// Ends the step and opens the session.
async fn enter(
    domain: &Domain,
    conn: &mut Conn<'_>,
    origin: &Origin,
    hash: &str,
    person: Person,
    entry: Entry,
) -> Result<(SignedIn, Token)> {
    if !store::end_step(conn, hash).await? {
        return Err(Refusal::StepExpired.into());
    }
    let pair = Subject::pair(domain, "second-factor", &person.email, &origin.address);
    attempts::forget(conn, &pair).await?;
    service::enter(domain, conn, origin, person, entry).await
}
