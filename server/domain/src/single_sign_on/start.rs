use super::{
    Failure, Problem, VALID,
    provider::{self, Registered, Secrets},
    store::{self, NewFlow},
};
use crate::{
    Domain, Error, Result,
    access::SignedIn,
    context::Origin,
    crypto::{Token, hash_token, random_token},
    db::Conn,
    people,
    security::store as security,
    session::attempts::{self, Subject},
};
use model::{FieldError, OrganizationId, Refusal, check};
use serde::{Deserialize, Serialize};

/// Sign-ins that may be begun from one network in 15 minutes: each makes us ask a provider.
const PER_ADDRESS: i64 = 60;

/// A sign-in that waits for the person at the provider.
#[derive(Debug)]
pub struct Started {
    /// The address at the provider.
    pub url: String,
    /// Finds the sign-in again.
    pub state: String,
    /// Binds it to the browser that has this in a cookie.
    pub browser: Token,
}

/// What a page says of a sign-in under way.
#[derive(Debug)]
pub struct Waiting {
    /// The organization's name.
    pub organization: String,
    /// The address at the provider.
    pub url: String,
}

/// What must come back unchanged, sealed.
#[derive(Serialize, Deserialize)]
pub(super) struct Kept {
    pub(super) nonce: String,
    pub(super) verifier: String,
    pub(super) url: String,
}

pub(super) fn place(state_hash: &str) -> String {
    format!("sso_flow.sealed.{state_hash}")
}

/// The organization whose provider people with this e-mail address use.
///
/// # Errors
/// [`Error::Invalid`] (`email`); [`Refusal::NoSingleSignOn`] where there is none, or more than
/// one: then only the organization's own link leads on.
pub async fn find_organization(domain: &Domain, email: &str) -> Result<OrganizationId> {
    let email = check::normalize_email(email);
    let checked = check::required(&email, 254).and_then(|()| check::email(&email));
    checked.map_err(|fault| Error::Invalid(vec![FieldError::new("email", fault)]))?;
    let host = email.rsplit('@').next().unwrap_or_default();
    let found = domain.db.read(async |conn| store::organizations(conn, host).await).await?;
    match found.as_slice() {
        [one] => people::id(one.id.clone()),
        _ => Err(Refusal::NoSingleSignOn.into()),
    }
}

/// Begins a sign-in at an organization's provider, which then leads to `next`. Somebody who is
/// signed in and gives `linking` links the provider to themself.
///
/// # Errors
/// [`Problem::NotSetUp`], also where there is no such organization; what keeps the provider from
/// being asked; [`Refusal::TooManyAttempts`].
pub async fn start(
    domain: &Domain,
    origin: &Origin,
    organization: &OrganizationId,
    next: &str,
    linking: Option<&SignedIn>,
) -> Result<Started, Failure> {
    let now = domain.now();
    let counted = Subject::address(domain, "single-sign-on", &origin.address);
    let count =
        async move |conn: &mut Conn<'_>| attempts::limit(conn, &counted, PER_ADDRESS, now).await;
    domain.db.write(count).await?;
    let row = domain.db.read(async |conn| security::load(conn, organization).await).await?;
    let at = Registered::read(domain, organization, &row)?.ok_or(Problem::NotSetUp)?;
    let metadata = provider::discover(&domain.outgoing, &at.issuer).await.map_err(Problem::from)?;
    let token = || random_token(domain).expose().to_owned();
    let secrets = Secrets { state: token(), nonce: token(), verifier: token() };
    let url = provider::authorization_url(metadata, &at, &secrets).map_err(Problem::from)?;

    let state_hash = hash_token(&secrets.state);
    let kept = Kept { nonce: secrets.nonce, verifier: secrets.verifier, url: url.clone() };
    let kept = serde_json::to_vec(&kept).map_err(|e| Error::Corrupt(e.to_string()))?;
    let sealed = domain.keys.seal(&place(&state_hash), &kept);
    let browser = random_token(domain);
    let (organization, next, browser_hash) =
        (organization.clone(), next.to_owned(), browser.hash());
    let person = linking.map(|signed_in| signed_in.person.id.clone());
    let write = async move |conn: &mut Conn<'_>| {
        let flow = NewFlow {
            state_hash: &state_hash,
            organization: &organization,
            browser_hash: &browser_hash,
            sealed: &sealed,
            next: &next,
            person: person.as_ref(),
            expires_at: now + VALID,
        };
        store::insert_flow(conn, &flow).await
    };
    domain.db.write(write).await?;
    Ok(Started { url, state: secrets.state, browser })
}

/// The sign-in under way that this state finds.
///
/// # Errors
/// [`Error::NotFound`] where there is none (any more).
pub async fn waiting(domain: &Domain, state: &str) -> Result<Waiting> {
    let (hash, now) = (hash_token(state), domain.now());
    let read = async |conn: &mut Conn<'_>| {
        let Some(flow) = store::flow(conn, &hash, now).await? else { return Ok(None) };
        let Ok(id) = flow.organization_id.clone().try_into() else { return Ok(None) };
        Ok(store::organization(conn, &id).await?.map(|row| (flow, row)))
    };
    let (flow, row) = domain.db.read(read).await?.ok_or(Error::NotFound)?;
    let kept = open(domain, &hash, &flow.sealed)?;
    Ok(Waiting { organization: row.name, url: kept.url })
}

pub(super) fn open(domain: &Domain, state_hash: &str, sealed: &str) -> Result<Kept> {
    let kept = domain.keys.open(&place(state_hash), sealed)?;
    serde_json::from_slice(&kept).map_err(|error| Error::Corrupt(error.to_string()))
}
