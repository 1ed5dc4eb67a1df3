//! The passkeys of a person.
use super::{
    ceremony::{self, Offer, Purpose, Returned, webauthn},
    store::{self, NewPasskey},
};
use crate::{
    Domain, Error, Result,
    access::{Person, SignedIn},
    audit::{self, Change},
    db::Conn,
    outbox::{self, SecurityNews},
    people,
};
use model::{FieldError, PasskeyId, PersonId, Refusal, check};
use serde_json::{Value, json};
use webauthn_rs::prelude::{PasskeyRegistration, RegisterPublicKeyCredential, Uuid};

/// Longest name of a passkey.
pub const NAME: u32 = 60;

/// A passkey as its person sees it.
#[derive(Clone, Debug)]
pub struct PasskeyView {
    /// The passkey.
    pub id: PasskeyId,
    /// What its person calls it.
    pub name: String,
    /// When it was added.
    pub created_at: i64,
    /// When it was last used.
    pub last_used_at: Option<i64>,
}

/// The person's passkeys, the oldest first.
///
/// # Errors
/// Faults of the database only.
pub async fn list(domain: &Domain, signed_in: &SignedIn) -> Result<Vec<PasskeyView>> {
    let person = &signed_in.person.id;
    let rows = domain.db.read(async |conn| store::of(conn, person).await).await?;
    let view = |row: store::PasskeyRow| {
        Ok(PasskeyView {
            id: people::id(row.id)?,
            name: row.name,
            created_at: row.created_at,
            last_used_at: row.last_used_at,
        })
    };
    rows.into_iter().map(view).collect()
}

/// What a browser needs to make a passkey for this person.
///
/// # Errors
/// [`Refusal::ConfirmIdentity`]: a passkey outlives the session that added it;
/// [`Refusal::PasskeyNotUsed`] where passkeys cannot be used at this address.
pub async fn offer_new(domain: &Domain, signed_in: &SignedIn) -> Result<Offer> {
    signed_in.recently_confirmed(domain.now())?;
    let Person { id, email, .. } = &signed_in.person;
    let rows = domain.db.read(async |conn| store::of(conn, id).await).await?;
    let known = rows.iter().map(|row| Ok(ceremony::read(&row.body)?.cred_id().clone()));
    let known = known.collect::<Result<Vec<_>>>()?;
    let (options, state) = webauthn(domain)?
        .start_passkey_registration(uuid(id)?, email, &signed_in.person.name(), Some(known))
        .map_err(ceremony::broken)?;
    let purpose = Purpose::New(signed_in.session.clone());
    // It must be found again without the person's name.
    ceremony::make(domain, &purpose, &options, state, |options| {
        let selection = &mut options["publicKey"]["authenticatorSelection"];
        selection["residentKey"] = json!("required");
        selection["requireResidentKey"] = json!(true);
    })
}

/// The person as passkeys know them.
pub(super) fn uuid(person: &PersonId) -> Result<Uuid> {
    let digits = person.as_str().trim_start_matches(PersonId::PREFIX);
    Uuid::parse_str(digits).map_err(|error| Error::Corrupt(format!("person: {error}")))
}

/// Adds the passkey that a browser made.
///
/// # Errors
/// [`Error::Invalid`] (`name`); [`Refusal::ConfirmIdentity`]; [`Refusal::PasskeyNotUsed`],
/// [`Refusal::PasskeyUnknown`] where its answer proves nothing.
pub async fn add(
    domain: &Domain,
    signed_in: &SignedIn,
    name: &str,
    state: &str,
    credential: &str,
) -> Result<()> {
    signed_in.recently_confirmed(domain.now())?;
    let name = named(name)?;
    let purpose = Purpose::New(signed_in.session.clone());
    let (state, answer): (Returned<PasskeyRegistration>, RegisterPublicKeyCredential) =
        ceremony::take(domain, &purpose, state, credential)?;
    let key = webauthn(domain)?
        .finish_passkey_registration(&answer, &state.inner)
        .map_err(ceremony::refused)?;
    let new = NewPasskey {
        id: PasskeyId::from_u128(domain.id_bits()),
        person: signed_in.person.id.clone(),
        credential_id: ceremony::credential_id(key.cred_id()),
        body: ceremony::write(&key)?,
        name,
        now: domain.now(),
    };
    let (domain_, signed_in) = (domain.clone(), signed_in.clone());
    domain
        .db
        .write(async move |conn: &mut Conn<'_>| {
            state.spending.spend(conn).await?;
            if !store::insert(conn, &new).await? {
                return Err(Refusal::PasskeyUnknown.into());
            }
            let person = &signed_in.person;
            outbox::tell(&domain_, conn, person, SecurityNews::PasskeyAdded).await?;
            let value = (Value::Null, json!({ "name": new.name }));
            record(&domain_, conn, &signed_in, "passkey.add", &new.id, value).await
        })
        .await
}

fn named(name: &str) -> Result<String> {
    let name = name.trim().to_owned();
    match check::required(&name, NAME) {
        Ok(()) => Ok(name),
        Err(fault) => Err(Error::Invalid(vec![FieldError::new("name", fault)])),
    }
}

/// Gives a passkey another name.
///
/// # Errors
/// [`Error::Invalid`] (`name`); [`Error::NotFound`] where it is none of theirs.
pub async fn rename(
    domain: &Domain,
    signed_in: &SignedIn,
    id: &PasskeyId,
    name: &str,
) -> Result<()> {
    let name = named(name)?;
    let (domain_, signed_in, id) = (domain.clone(), signed_in.clone(), id.clone());
    domain
        .db
        .write(async move |conn: &mut Conn<'_>| {
            let person = &signed_in.person.id;
            let old = store::lock_by_id(conn, person, &id).await?.ok_or(Error::NotFound)?.name;
            if old == name {
                return Ok(());
            }
            store::rename(conn, &id, &name).await?;
            let value = (json!({ "name": old }), json!({ "name": name }));
            record(&domain_, conn, &signed_in, "passkey.rename", &id, value).await
        })
        .await
}

/// Removes a passkey: it signs nobody in any more.
///
/// # Errors
/// [`Refusal::ConfirmIdentity`]; [`Error::NotFound`] where it is none of theirs.
pub async fn remove(domain: &Domain, signed_in: &SignedIn, id: &PasskeyId) -> Result<()> {
    signed_in.recently_confirmed(domain.now())?;
    let (domain_, signed_in, id) = (domain.clone(), signed_in.clone(), id.clone());
    domain
        .db
        .write(async move |conn: &mut Conn<'_>| {
            let person = &signed_in.person;
            let row = store::lock_by_id(conn, &person.id, &id).await?.ok_or(Error::NotFound)?;
            store::delete(conn, &id).await?;
            outbox::tell(&domain_, conn, person, SecurityNews::PasskeyRemoved).await?;
            let value = (json!({ "name": row.name }), Value::Null);
            record(&domain_, conn, &signed_in, "passkey.remove", &id, value).await
        })
        .await
}

async fn record(
    domain: &Domain,
    conn: &mut Conn<'_>,
    signed_in: &SignedIn,
    action: &'static str,
    id: &PasskeyId,
    (old, new): (Value, Value),
) -> Result<()> {
    let change = Change {
        chain: None,
        store: None,
        actor: signed_in.person.id.as_str(),
        action,
        subject: id.as_str(),
        old,
        new,
    };
    Ok(audit::record(domain, conn, &signed_in.origin, change).await?)
}
