use super::{
    Factor, app,
    codes::{self, COUNT},
    store,
};
use crate::{
    Domain, Error, Result,
    access::SignedIn,
    audit::{self, Change},
    db::Conn,
    outbox::{self, SecurityNews},
};
use model::{FieldError, PersonId, Refusal, check::Fault};
use serde_json::{Value, json};
use zeroize::Zeroizing;

/// Where a person's secret is kept.
fn place(person: &PersonId) -> String {
    format!("two_factor.secret of {person}")
}

/// A person's two-factor sign-in as their own page shows it.
#[derive(Debug)]
pub enum Status {
    /// It is off.
    Off,
    /// It is being set up.
    Pending {
        /// The secret as people type it.
        secret: Zeroizing<String>,
        /// The secret as an image to scan: a `data:` address.
        picture: Zeroizing<String>,
    },
    /// It is on.
    On {
        /// Since when.
        since: i64,
        /// Recovery codes that were not used yet.
        codes_left: i64,
        /// An organization demands it.
        demanded: bool,
    },
}

/// How it stands with a person's two-factor sign-in.
///
/// # Errors
/// [`Error::Corrupt`] where the secret cannot be read.
pub async fn status(domain: &Domain, signed_in: &SignedIn) -> Result<Status> {
    let person = &signed_in.person;
    let read = async |conn: &mut Conn<'_>| {
        let row = store::find(conn, &person.id).await?;
        let codes = store::codes_left(conn, &person.id).await?;
        Ok((row, codes, store::demanded(conn, &person.id).await?))
    };
    let (row, codes_left, demanded) = domain.db.read(read).await?;
    let Some(row) = row else { return Ok(Status::Off) };
    if let Some(since) = row.confirmed_at {
        return Ok(Status::On { since, codes_left, demanded });
    }
    let secret = domain.keys.open(&place(&person.id), &row.secret)?;
    Ok(Status::Pending {
        secret: Zeroizing::new(app::typed(&secret)?),
        picture: Zeroizing::new(app::picture(&secret, &person.email)?),
    })
}

/// Makes a secret for an app; nothing is asked for until a code of it was [confirmed](confirm).
///
/// # Errors
/// [`Refusal::ConfirmIdentity`]: who finds a screen unlocked must not lock its owner out;
/// [`Refusal::Gone`] where two-factor sign-in is on already.
pub async fn begin(domain: &Domain, signed_in: &SignedIn) -> Result<()> {
    signed_in.recently_confirmed(domain.now())?;
    let secret = Zeroizing::new(domain.random_bytes::<{ app::SECRET }>());
    let person = signed_in.person.id.clone();
    let (sealed, now) = (domain.keys.seal(&place(&person), secret.as_slice()), domain.now());
    let write = async move |conn: &mut Conn<'_>| store::begin(conn, &person, &sealed, now).await;
    if domain.db.write(write).await? { Ok(()) } else { Err(Refusal::Gone.into()) }
}

/// Gives up setting it up.
///
/// # Errors
/// Faults of the database only.
pub async fn cancel(domain: &Domain, signed_in: &SignedIn) -> Result<()> {
    let person = signed_in.person.id.clone();
    let write = async move |conn: &mut Conn<'_>| store::cancel(conn, &person).await;
    Ok(domain.db.write(write).await?)
}

/// Turns it on with a first code of the app; gives the recovery codes, sealed for
/// [`shown`](super::shown).
///
/// # Errors
/// [`Error::Invalid`] (`code`); [`Refusal::ConfirmIdentity`]; [`Refusal::Gone`] where nothing is
/// being set up.
pub async fn confirm(domain: &Domain, signed_in: &SignedIn, code: &str) -> Result<String> {
    signed_in.recently_confirmed(domain.now())?;
    let (domain_, signed_in, code) = (domain.clone(), signed_in.clone(), codes::normal(code));
    domain
        .db
        .write(async move |conn: &mut Conn<'_>| {
            let (person, now) = (&signed_in.person, domain_.now());
            let pending = store::lock(conn, &person.id).await?;
            let pending = pending.filter(|row| row.confirmed_at.is_none()).ok_or(Refusal::Gone)?;
            let secret = domain_.keys.open(&place(&person.id), &pending.secret)?;
            let wrong = || Error::Invalid(vec![FieldError::new("code", Fault::CodeWrong)]);
            let step = app::step(&secret, &code, now)?.ok_or_else(wrong)?;
            store::confirm(conn, &person.id, step, now).await?;
            let sealed = codes::replace(&domain_, conn, &signed_in).await?;
            outbox::tell(&domain_, conn, person, SecurityNews::TwoFactorOn).await?;
            record(&domain_, conn, &signed_in, "two_factor.turn_on", (false, true)).await?;
            Ok::<_, Error>(sealed)
        })
        .await
}

/// Turns it off; the recovery codes go with it.
///
/// # Errors
/// [`Refusal::ConfirmIdentity`]; [`Refusal::TwoFactorDemanded`]; [`Refusal::Gone`] where it is off.
pub async fn turn_off(domain: &Domain, signed_in: &SignedIn) -> Result<()> {
    signed_in.recently_confirmed(domain.now())?;
    let (domain_, signed_in) = (domain.clone(), signed_in.clone());
    let done = domain
        .db
        .write(async move |conn: &mut Conn<'_>| {
            let person = &signed_in.person;
            let row = store::lock(conn, &person.id).await?;
            row.filter(|row| row.confirmed_at.is_some()).ok_or(Refusal::Gone)?;
            if store::demanded(conn, &person.id).await? {
                // The refusal is recorded, so this is no error of the transaction.
                let action = "two_factor.turn_off.refused";
                record(&domain_, conn, &signed_in, action, (true, true)).await?;
                return Ok(false);
            }
            store::delete(conn, &person.id).await?;
            outbox::tell(&domain_, conn, person, SecurityNews::TwoFactorOff).await?;
            record(&domain_, conn, &signed_in, "two_factor.turn_off", (true, false)).await?;
            Ok::<_, Error>(true)
        })
        .await?;
    if done { Ok(()) } else { Err(Refusal::TwoFactorDemanded.into()) }
}

async fn record(
    domain: &Domain,
    conn: &mut Conn<'_>,
    signed_in: &SignedIn,
    action: &'static str,
    (before, after): (bool, bool),
) -> Result<()> {
    let person = signed_in.person.id.as_str();
    let codes = if after { json!(COUNT) } else { Value::Null };
    let change = Change {
        chain: None,
        store: None,
        actor: person,
        action,
        subject: person,
        old: json!({ "on": before }),
        new: json!({ "on": after, "recovery_codes": codes }),
    };
    Ok(audit::record(domain, conn, &signed_in.origin, change).await?)
}

/// Uses up a code: the app's or a recovery code. `None` where it is neither, or was used before;
/// of many who send the same at once one succeeds.
pub(crate) async fn accept(
    domain: &Domain,
    conn: &mut Conn<'_>,
    person: &PersonId,
    code: &str,
) -> Result<Option<Factor>> {
    let (code, now) = (codes::normal(code), domain.now());
    let Some(row) = store::lock(conn, person).await?.filter(|row| row.confirmed_at.is_some())
    else {
        return Ok(None);
    };
    if code.len() == app::DIGITS {
        let secret = domain.keys.open(&place(person), &row.secret)?;
        let Some(step) = app::step(&secret, &code, now)? else { return Ok(None) };
        return Ok(store::use_step(conn, person, step).await?.then_some(Factor::App));
    }
    let hash = codes::hash(domain, person, &code);
    Ok(store::use_code(conn, person, &hash, now).await?.then_some(Factor::RecoveryCode))
}

/// Two-factor sign-in with this secret, turned on without the detours, for tests.
#[cfg(any(test, feature = "testing"))]
pub(crate) async fn turn_on(
    domain: &Domain,
    signed_in: &SignedIn,
    secret: &[u8],
) -> Result<Vec<String>> {
    let sealed = domain.keys.seal(&place(&signed_in.person.id), secret);
    let (domain_, signed_in_, now) = (domain.clone(), signed_in.clone(), domain.now());
    let write = async move |conn: &mut Conn<'_>| {
        let person = &signed_in_.person.id;
        store::begin(conn, person, &sealed, now).await?;
        store::confirm(conn, person, 0, now).await?;
        codes::replace(&domain_, conn, &signed_in_).await
    };
    let sealed = domain.db.write(write).await?;
    super::shown(domain, signed_in, &sealed).await
}
