use super::{
    ABSOLUTE, IDLE, TOUCH,
    attempts::{self, Subject},
    step,
    store::{self, NewSession},
};
use crate::{
    Domain, Error, Result,
    access::{Method, Person, SignedIn},
    audit::{self, Change},
    context::Origin,
    crypto::{Token, hash_token, random_token},
    db::{self, Conn},
    people::{self, PersonRow},
};
use model::{PersonId, Refusal, SessionId, check, text::Lang, view::Theme};
use serde_json::{Value, json};

/// Sign-in attempts in 15 minutes for one e-mail address from one network.
const PER_PAIR: i64 = 10;
/// Sign-in attempts in 15 minutes from one network.
const PER_ADDRESS: i64 = 100;
/// Sign-in attempts in 15 minutes for one e-mail address. They do not lock out its owner: networks
/// from which the person signed in before are exempt.
const PER_EMAIL: i64 = 50;

/// How far a right password leads.
#[derive(Debug)]
pub enum Entered {
    /// Into a session.
    In(Box<SignedIn>, Token),
    /// To the [second factor](super::step), under this token.
    Step(Token),
}

impl Entered {
    /// The session, if there is one already.
    pub fn opened(self) -> Option<(SignedIn, Token)> {
        match self {
            Entered::In(signed_in, token) => Some((*signed_in, token)),
            Entered::Step(_) => None,
        }
    }
}

/// Opens a session for whoever knows `email`'s password, or a step towards it where the person has
/// a second factor. From outside an unknown address cannot be told from a wrong password: same
/// answer, same counts, one password check each.
///
/// # Errors
/// [`Refusal::WrongCredentials`]; [`Refusal::TooManyAttempts`]; [`Busy`](crate::Error::Busy).
pub async fn sign_in(
    domain: &Domain,
    origin: &Origin,
    email: &str,
    password: &str,
) -> Result<Entered> {
    let entered = check_password(domain, origin, email, password).await;
    if let Err(Error::Refused(refusal)) = &entered {
        domain.metrics.refused(*refusal);
    }
    entered
}

async fn check_password(
    domain: &Domain,
    origin: &Origin,
    email: &str,
    password: &str,
) -> Result<Entered> {
    let email = check::normalize_email(email);
    let counts = Counts::new(domain, &email, origin);
    let counted_at = domain.now();
    let last = counts.clone().add(domain, counted_at, &email, &origin.address).await?;
    // What is no e-mail address is not looked up, yet checked like one.
    let known = check::email(&email).is_ok();
    let found = domain.db.read(async |conn| people::by_email(conn, &email).await);
    let row = if known { found.await? } else { None };
    // Who comes by single sign-on only has none.
    let hash = row.as_ref().map(|row| row.password_hash.clone()).filter(|hash| !hash.is_empty());
    // Longer passwords than may be chosen are never right; they would only cost time.
    let password: String = password.chars().take(check::PASSWORD_MAX + 1).collect();
    let right = domain.passwords.verify(password, hash).await?;
    let row = match row {
        Some(row) if right => row,
        row => {
            if last {
                note_refused(domain, origin, row).await?;
            }
            return Err(Refusal::WrongCredentials.into());
        }
    };
    let person = person(row)?;
    let (domain_, origin_) = (domain.clone(), origin.clone());
    domain
        .db
        .write(async move |conn: &mut Conn<'_>| {
            counts.success(conn, counted_at).await?;
            let entry = Entry { method: Method::Password, proof: "password" };
            enter_or_step(&domain_, conn, &origin_, person, entry).await
        })
        .await
}

/// How somebody came in, as the audit log tells it.
pub(crate) struct Entry {
    pub(crate) method: Method,
    /// What was proved last: `password`, `app`, `recovery_code`, `passkey` and the like.
    pub(crate) proof: &'static str,
}

/// As [`enter`], or leads to the second factor where the person has one.
pub(crate) async fn enter_or_step(
    domain: &Domain,
    conn: &mut Conn<'_>,
    origin: &Origin,
    person: Person,
    entry: Entry,
) -> Result<Entered> {
    if store::second_factor(conn, &person.id).await? {
        let step = step::begin(domain, conn, &person.id, &entry.method).await?;
        return Ok(Entered::Step(step));
    }
    let (signed_in, token) = enter(domain, conn, origin, person, entry).await?;
    Ok(Entered::In(Box::new(signed_in), token))
}

/// Opens a session and records that somebody signed in.
pub(crate) async fn enter(
    domain: &Domain,
    conn: &mut Conn<'_>,
    origin: &Origin,
    person: Person,
    entry: Entry,
) -> Result<(SignedIn, Token)> {
    let opened = open(domain, conn, origin, person, entry.method).await?;
    let SignedIn { person, session, method, .. } = &opened.0;
    let mut change = session_change(&person.id, session, "session.sign_in", true);
    change.new = json!({ "live": true, "method": method.code(), "proof": entry.proof });
    audit::record(domain, conn, origin, change).await?;
    Ok(opened)
}

/// Records failed sign-ins: once when a limit is reached, so that nobody makes the log grow.
async fn note_refused(domain: &Domain, origin: &Origin, row: Option<PersonRow>) -> Result<()> {
    let (domain_, origin) = (domain.clone(), origin.clone());
    let id = row.map(|row| people::id::<PersonId>(row.id)).transpose()?;
    let write = async move |conn: &mut Conn<'_>| {
        refused(&domain_, conn, &origin, id.as_ref(), "password").await
    };
    domain.db.write(write).await
}

/// Records that no more of somebody's sign-ins are heard for a while.
pub(super) async fn refused(
    domain: &Domain,
    conn: &mut Conn<'_>,
    origin: &Origin,
    person: Option<&PersonId>,
    proof: &'static str,
) -> Result<()> {
    let change = Change {
        chain: None,
        store: None,
        actor: audit::ANONYMOUS,
        action: "session.sign_in.refused",
        subject: person.map_or("unknown", PersonId::as_str),
        old: Value::Null,
        new: json!({ "proof": proof, "limit_reached": true }),
    };
    Ok(audit::record(domain, conn, origin, change).await?)
}

/// The subjects under which a sign-in attempt counts.
#[derive(Clone)]
struct Counts {
    address: Subject,
    pair: Subject,
    email: Subject,
}

impl Counts {
    fn new(domain: &Domain, email: &str, origin: &Origin) -> Counts {
        Counts {
            address: Subject::address(domain, "sign-in", &origin.address),
            pair: Subject::pair(domain, "sign-in", email, &origin.address),
            email: Subject::email(domain, "sign-in", email),
        }
    }

    /// Counts an attempt; whether it is the last one of those that are allowed.
    async fn add(self, domain: &Domain, now: i64, email: &str, address: &str) -> Result<bool> {
        let (email, address) = (email.to_owned(), address.to_owned());
        domain
            .db
            .write(async move |conn: &mut Conn<'_>| {
                let of_address = attempts::limit(conn, &self.address, PER_ADDRESS, now).await?;
                let of_pair = attempts::limit(conn, &self.pair, PER_PAIR, now).await?;
                let of_email = attempts::count(conn, &self.email, now).await?;
                if of_email > PER_EMAIL && !attempts::known_there(conn, &email, &address).await? {
                    return Err(Refusal::TooManyAttempts.into());
                }
                let counts = (of_address, of_pair, of_email);
                Ok(counts.0 == PER_ADDRESS || counts.1 == PER_PAIR || counts.2 == PER_EMAIL)
            })
            .await
    }

    /// Only failures count; who knows the password starts anew.
    async fn success(&self, conn: &mut Conn<'_>, counted_at: i64) -> db::Result<()> {
        attempts::forgive(conn, &self.address, counted_at).await?;
        attempts::forget(conn, &self.pair).await?;
        attempts::forgive(conn, &self.email, counted_at).await
    }
}

/// Opens a session in the transaction of what lets the person in. The caller audits.
pub(crate) async fn open(
    domain: &Domain,
    conn: &mut Conn<'_>,
    origin: &Origin,
    person: Person,
    method: Method,
) -> Result<(SignedIn, Token)> {
    let token = random_token(domain);
    let session = SessionId::from_u128(domain.id_bits());
    let now = domain.now();
    let confirmed_at = if method.confirms() { now } else { 0 };
    let new = NewSession {
        id: &session,
        token_hash: &token.hash(),
        person: &person.id,
        origin,
        method: &method,
        confirmed_at,
        now,
        expires_at: now + ABSOLUTE,
    };
    store::insert(conn, &new).await?;
    let second_factor = store::second_factor(conn, &person.id).await?;
    let origin = origin.clone();
    let signed_in = SignedIn {
        person,
        session,
        method,
        opened_at: now,
        confirmed_at,
        pause: 0,
        // Known from the next request on.
        organization: None,
        second_factor,
        origin,
    };
    Ok((signed_in, token))
}

/// Ends the session at once, also for other tabs; a session that has ended already stays so.
///
/// # Errors
/// Faults of the database only.
pub async fn sign_out(domain: &Domain, signed_in: &SignedIn) -> Result<()> {
    let (domain_, signed_in) = (domain.clone(), signed_in.clone());
    domain
        .db
        .write(async move |conn: &mut Conn<'_>| {
            let SignedIn { person, session, origin, .. } = &signed_in;
            if store::end(conn, session, domain_.now()).await? {
                let change = session_change(&person.id, session, "session.sign_out", false);
                audit::record(&domain_, conn, origin, change).await?;
            }
            Ok(())
        })
        .await
}

fn session_change<'a>(
    person: &'a PersonId,
    session: &'a SessionId,
    action: &'static str,
    live: bool,
) -> Change<'a> {
    Change {
        chain: None,
        store: None,
        actor: person.as_str(),
        action,
        subject: session.as_str(),
        old: json!({ "live": !live }),
        new: json!({ "live": live }),
    }
}

/// The person whose live session has this token, with one query; `None` for a token that is
/// unknown or whose session has ended. What a person asks for counts as use of the session.
///
/// # Errors
/// Faults of the database only.
pub async fn find(domain: &Domain, token: &str, origin: Origin) -> Result<Option<SignedIn>> {
    let Some((signed_in, used_at)) = look_up(domain, token, origin).await? else {
        return Ok(None);
    };
    let now = domain.now();
    if used_at <= now - TOUCH {
        touch(domain, &signed_in.session, &signed_in.person.id, now).await;
    }
    Ok(Some(signed_in))
}

/// As [`find`], for what a page asks for by itself: nobody need be there, so it is no use of the
/// session. A console left open neither stays signed in nor passes an organization's limit of
/// pauses by what it asks for.
///
/// # Errors
/// Faults of the database only.
pub async fn find_unattended(
    domain: &Domain,
    token: &str,
    origin: Origin,
) -> Result<Option<SignedIn>> {
    Ok(look_up(domain, token, origin).await?.map(|(signed_in, _)| signed_in))
}

/// Who it is, and when the session was last used.
async fn look_up(domain: &Domain, token: &str, origin: Origin) -> Result<Option<(SignedIn, i64)>> {
    let (hash, now) = (hash_token(token), domain.now());
    let found = domain.db.read(async |conn| store::find(conn, &hash, now, now - IDLE).await);
    let Some(row) = found.await? else { return Ok(None) };
    let session: SessionId = people::id(row.session_id)?;
    let person = Person {
        id: people::id(row.id)?,
        email: row.email,
        first_name: row.first_name,
        last_name: row.last_name,
        language: Lang::from_code(&row.language).unwrap_or_default(),
        theme: Theme::from_code(&row.theme).unwrap_or_default(),
        time_zone: row.time_zone,
    };
    let used_at = row.last_used_at;
    let signed_in = SignedIn {
        person,
        session,
        method: Method::read(&row.method, row.organization_id)?,
        opened_at: row.created_at,
        confirmed_at: row.confirmed_at,
        pause: row.longest_pause.max(now - row.last_used_at),
        organization: row.first_organization.map(people::id).transpose()?,
        second_factor: row.second_factor,
        origin,
    };
    Ok(Some((signed_in, used_at)))
}

/// Notes the use of a session. A page is not refused because this could not be written.
async fn touch(domain: &Domain, session: &SessionId, person: &PersonId, now: i64) {
    let (session, person) = (session.clone(), person.clone());
    let written = domain
        .db
        .write(async move |conn: &mut Conn<'_>| {
            store::touch(conn, &session, &person, now, now - TOUCH).await
        })
        .await;
    if let Err(error) = written {
        tracing::warn!(%error, "the use of a session could not be noted");
    }
}

/// The stored person as the rest of the program knows them.
pub(crate) fn person(row: PersonRow) -> Result<Person> {
    Ok(Person {
        id: people::id(row.id)?,
        email: row.email,
        first_name: row.first_name,
        last_name: row.last_name,
        language: Lang::from_code(&row.language).unwrap_or_default(),
        theme: Theme::from_code(&row.theme).unwrap_or_default(),
        time_zone: row.time_zone,
    })
}
