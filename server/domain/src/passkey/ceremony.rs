//! What all ceremonies share. The challenge is taken from the library's own randomness.
use super::{VALID, store};
use crate::{Domain, Error, Result, crypto::hash_token, db::Conn};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use model::{PersonId, Refusal, SessionId};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use webauthn_rs::prelude::{
    AuthenticationResult, Passkey, PasskeyAuthentication, PublicKeyCredential, Url, Webauthn,
    WebauthnBuilder, WebauthnError,
};

/// What the form of a ceremony carries.
#[derive(Debug)]
pub struct Offer {
    /// For `navigator.credentials`, as JSON.
    pub options: String,
    /// Comes back unread with the answer.
    pub state: String,
}

/// What a ceremony is for. Its state opens for nothing else.
#[derive(Clone, Debug)]
pub(crate) enum Purpose {
    /// A new passkey, made in this session.
    New(SessionId),
    /// Signing in without a password.
    SignIn,
    /// The second factor of the step with this hash.
    Step(String),
    /// Confirming who one is in this session.
    Confirm(SessionId),
}

impl Purpose {
    fn place(&self) -> String {
        match self {
            Purpose::New(session) => format!("new passkey in {session}"),
            Purpose::SignIn => "sign-in by passkey".to_owned(),
            Purpose::Step(hash) => format!("passkey for step {hash}"),
            Purpose::Confirm(session) => format!("passkey confirms {session}"),
        }
    }
}

/// A ceremony's state as it is sealed.
#[derive(Serialize, Deserialize)]
struct State<T> {
    until: i64,
    inner: T,
}

/// A state that came back with an answer, to be used up in the transaction of what it leads to.
#[derive(Debug)]
pub(super) struct Returned<T> {
    pub(super) inner: T,
    pub(super) spending: Spending,
}

/// What is written down of a ceremony that is completed.
#[derive(Debug)]
pub(super) struct Spending {
    hash: String,
    until: i64,
}

impl Spending {
    /// Uses the ceremony up.
    pub(super) async fn spend(&self, conn: &mut Conn<'_>) -> Result<()> {
        if store::spend(conn, &self.hash, self.until).await? {
            Ok(())
        } else {
            Err(Refusal::LinkUsed.into())
        }
    }
}

/// Whether passkeys can be used: browsers bind them to a domain name, and an IP address is none.
pub fn available(domain: &Domain) -> bool {
    webauthn(domain).is_ok()
}

/// The rules for the address that people reach this server by.
pub(super) fn webauthn(domain: &Domain) -> Result<Webauthn> {
    let origin = Url::parse(&domain.options.public_url)
        .map_err(|error| Error::Corrupt(format!("the public address: {error}")))?;
    let host = origin.domain().ok_or(Refusal::PasskeyNotUsed)?.to_owned();
    let rules = WebauthnBuilder::new(&host, &origin).map_err(broken)?;
    rules.rp_name("Store Manager").build().map_err(broken)
}

pub(super) fn broken(error: WebauthnError) -> Error {
    Error::Corrupt(format!("passkeys: {error}"))
}

/// An answer that proves nothing. Which check it failed is for the log.
pub(super) fn refused(error: WebauthnError) -> Error {
    tracing::info!(%error, "a passkey was refused");
    Refusal::PasskeyUnknown.into()
}

/// The form's values for a ceremony: `options` as the browser's parser wants them.
pub(super) fn make<T: Serialize>(
    domain: &Domain,
    purpose: &Purpose,
    options: &impl Serialize,
    inner: T,
    adapt: impl FnOnce(&mut serde_json::Value),
) -> Result<Offer> {
    let broken = |error: serde_json::Error| Error::Corrupt(format!("passkeys: {error}"));
    let mut options = serde_json::to_value(options).map_err(broken)?;
    adapt(&mut options);
    let state = State { until: domain.now() + VALID, inner };
    let state = serde_json::to_vec(&state).map_err(broken)?;
    let state = domain.keys.seal(&purpose.place(), &state);
    Ok(Offer { options: options.to_string(), state })
}

/// Reads what came back.
///
/// # Errors
/// [`Refusal::PasskeyNotUsed`] where the browser had nothing to give; [`Refusal::StepExpired`]
/// where it took too long; [`Refusal::Malformed`] where it is not ours.
pub(super) fn take<T: DeserializeOwned, C: DeserializeOwned>(
    domain: &Domain,
    purpose: &Purpose,
    state: &str,
    credential: &str,
) -> Result<(Returned<T>, C)> {
    if credential.trim().is_empty() {
        return Err(Refusal::PasskeyNotUsed.into());
    }
    let opened = domain.keys.open(&purpose.place(), state).map_err(|_| Refusal::Malformed)?;
    let opened: State<T> = serde_json::from_slice(&opened).map_err(|_| Refusal::Malformed)?;
    if opened.until <= domain.now() {
        return Err(Refusal::StepExpired.into());
    }
    let credential = serde_json::from_str(credential).map_err(|_| Refusal::Malformed)?;
    let spending = Spending { hash: hash_token(state), until: opened.until };
    Ok((Returned { inner: opened.inner, spending }, credential))
}

/// Asks for one of a person's passkeys; `None` where they have none, or none can be used here.
pub(crate) async fn offer(
    domain: &Domain,
    person: &PersonId,
    purpose: &Purpose,
) -> Result<Option<Offer>> {
    let Ok(webauthn) = webauthn(domain) else { return Ok(None) };
    let rows = domain.db.read(async |conn| store::of(conn, person).await).await?;
    let keys = rows.iter().map(|row| read(&row.body)).collect::<Result<Vec<Passkey>>>()?;
    if keys.is_empty() {
        return Ok(None);
    }
    let (options, state) = webauthn.start_passkey_authentication(&keys).map_err(broken)?;
    make(domain, purpose, &options, state, |_| ()).map(Some)
}

/// A passkey that was used, its signature proved.
pub(crate) struct Proof {
    pub(super) result: AuthenticationResult,
    pub(super) spending: Spending,
}

/// Checks the answer to an [`offer`]. It counts once it is [settled](Proof::settle).
pub(crate) fn prove(
    domain: &Domain,
    purpose: &Purpose,
    state: &str,
    credential: &str,
) -> Result<Proof> {
    let (state, credential): (Returned<PasskeyAuthentication>, PublicKeyCredential) =
        take(domain, purpose, state, credential)?;
    let result = webauthn(domain)?
        .finish_passkey_authentication(&credential, &state.inner)
        .map_err(refused)?;
    Ok(Proof { result, spending: state.spending })
}

impl Proof {
    /// Uses the ceremony up and notes the use of the passkey, which must still be this person's.
    pub(crate) async fn settle(
        &self,
        conn: &mut Conn<'_>,
        person: &PersonId,
        now: i64,
    ) -> Result<()> {
        if !self.result.user_verified() {
            return Err(Refusal::PasskeyUnknown.into());
        }
        self.spending.spend(conn).await?;
        let id = credential_id(self.result.cred_id());
        let row = store::lock(conn, person, &id).await?.ok_or(Refusal::PasskeyUnknown)?;
        let mut key = read(&row.body)?;
        key.update_credential(&self.result);
        Ok(store::used(conn, &id, &write(&key)?, now).await?)
    }
}

pub(super) fn credential_id(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

pub(super) fn read(body: &str) -> Result<Passkey> {
    serde_json::from_str(body).map_err(|error| Error::Corrupt(format!("passkey: {error}")))
}

pub(super) fn write(key: &Passkey) -> Result<String> {
    serde_json::to_string(key).map_err(|error| Error::Corrupt(format!("passkey: {error}")))
}
