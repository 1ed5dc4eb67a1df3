//! Signing in with a passkey alone: the browser finds it, and it says whose it is.
use super::{
    ceremony::{self, Offer, Proof, Purpose, Returned, webauthn},
    manage, store,
};
use crate::{
    Domain, Result,
    access::{Method, SignedIn},
    context::Origin,
    crypto::Token,
    db::Conn,
    people,
    session::{
        self, Entry,
        attempts::{self, Subject},
    },
};
use model::{PersonId, Refusal};
use webauthn_rs::prelude::{DiscoverableAuthentication, PublicKeyCredential};

/// Passkeys tried in 15 minutes from one network.
const PER_ADDRESS: i64 = 100;

/// What a browser needs to look for a passkey of anybody here.
///
/// # Errors
/// [`Refusal::PasskeyNotUsed`] where passkeys cannot be used at this address.
pub fn offer_sign_in(domain: &Domain) -> Result<Offer> {
    let started = webauthn(domain)?.start_discoverable_authentication();
    let (options, state) = started.map_err(ceremony::broken)?;
    ceremony::make(domain, &Purpose::SignIn, &options, state, |options| {
        // People ask for it by a button; the library means suggestions while typing.
        if let Some(options) = options.as_object_mut() {
            options.remove("mediation");
        }
    })
}

/// Opens a session for whoever has a passkey here.
///
/// # Errors
/// [`Refusal::PasskeyUnknown`], [`Refusal::PasskeyNotUsed`]; [`Refusal::StepExpired`] where it took
/// too long; [`Refusal::LinkUsed`] where the same answer came before; [`Refusal::TooManyAttempts`].
pub async fn sign_in(
    domain: &Domain,
    origin: &Origin,
    state: &str,
    credential: &str,
) -> Result<(SignedIn, Token)> {
    let (state, answer): (Returned<DiscoverableAuthentication>, PublicKeyCredential) =
        ceremony::take(domain, &Purpose::SignIn, state, credential)?;
    limit(domain, origin).await?;
    let webauthn = webauthn(domain)?;
    let (user, id) =
        webauthn.identify_discoverable_authentication(&answer).map_err(ceremony::refused)?;
    let id = ceremony::credential_id(id);
    let row = domain.db.read(async |conn| store::by_credential(conn, &id).await).await?;
    let row = row.ok_or(Refusal::PasskeyUnknown)?;
    let person: PersonId = people::id(row.person_id)?;
    if manage::uuid(&person)? != user {
        return Err(Refusal::PasskeyUnknown.into());
    }
    let key = ceremony::read(&row.body)?;
    let result = webauthn
        .finish_discoverable_authentication_v2(&answer, state.inner, &key)
        .map_err(ceremony::refused)?;
    let proof = Proof { result, spending: state.spending };
    let (domain_, origin) = (domain.clone(), origin.clone());
    domain
        .db
        .write(async move |conn: &mut Conn<'_>| {
            proof.settle(conn, &person, domain_.now()).await?;
            let person = session::person(store::person(conn, &person).await?)?;
            let entry = Entry { method: Method::Passkey, proof: "passkey" };
            session::enter(&domain_, conn, &origin, person, entry).await
        })
        .await
}

async fn limit(domain: &Domain, origin: &Origin) -> Result<()> {
    let (subject, now) = (Subject::address(domain, "passkey", &origin.address), domain.now());
    let write = async move |conn: &mut Conn<'_>| {
        attempts::limit(conn, &subject, PER_ADDRESS, now).await.map(|_| ())
    };
    domain.db.write(write).await
}
