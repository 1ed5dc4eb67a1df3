//! Talks to an OpenID provider.
use super::{CALLBACK, secret_place};
use crate::{
    Domain, Result,
    outgoing::{self, Outgoing},
    security::store::SecurityRow,
};
use chrono::DateTime;
use model::{OrganizationId, check};
use openidconnect::{
    AccessTokenHash, AuthType, AuthorizationCode, ClientId, ClientSecret, CsrfToken,
    DiscoveryError, HttpRequest, HttpResponse, IssuerUrl, Nonce, OAuth2TokenResponse as _,
    PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RequestTokenError, Scope, TokenResponse as _,
    core::{
        CoreAuthenticationFlow, CoreClient, CoreClientAuthMethod, CoreIdTokenClaims,
        CoreJwsSigningAlgorithm, CoreProviderMetadata, CoreUserInfoClaims,
    },
};
use std::pin::Pin;

/// Signatures that a provider makes with a key that only it has.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 9] = {
    use CoreJwsSigningAlgorithm as A;
    [
        A::RsaSsaPkcs1V15Sha256,
        A::RsaSsaPkcs1V15Sha384,
        A::RsaSsaPkcs1V15Sha512,
        A::RsaSsaPssSha256,
        A::RsaSsaPssSha384,
        A::RsaSsaPssSha512,
        A::EcdsaP256Sha256,
        A::EcdsaP384Sha384,
        A::EdDsa,
    ]
};

/// Why a provider is of no use. What exactly is in the log, for the operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    Address,
    Unreachable,
    Client,
    Token,
}

/// An organization's client at its provider.
#[derive(Clone)]
pub(super) struct Registered {
    pub(super) issuer: String,
    pub(super) client: String,
    secret: String,
    redirect: String,
}

impl Registered {
    /// As it is stored; `None` where it is not set up.
    pub(super) fn read(
        domain: &Domain,
        organization: &OrganizationId,
        row: &SecurityRow,
    ) -> Result<Option<Registered>> {
        let (Some(issuer), Some(client)) = (&row.sso_issuer, &row.sso_client_id) else {
            return Ok(None);
        };
        let secret = match &row.sso_client_secret {
            Some(sealed) => domain.keys.open(&secret_place(organization), sealed)?.to_vec(),
            None => Vec::new(),
        };
        let broken = |_| crate::Error::Corrupt("a client's secret".to_owned());
        Ok(Some(Registered {
            issuer: issuer.clone(),
            client: client.clone(),
            secret: String::from_utf8(secret).map_err(broken)?,
            redirect: format!("{}{CALLBACK}", domain.options.public_url),
        }))
    }
}

/// What belongs to one sign-in and must come back.
pub(super) struct Secrets {
    pub(super) state: String,
    pub(super) nonce: String,
    pub(super) verifier: String,
}

/// Who a provider says that somebody is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Identity {
    pub(super) issuer: String,
    pub(super) subject: String,
    /// Only if the provider has verified it.
    pub(super) email: Option<String>,
    pub(super) first_name: String,
    pub(super) last_name: String,
}

type Answer = Pin<Box<dyn Future<Output = Result<HttpResponse, outgoing::Fault>> + Send>>;

fn client_for(outgoing: &Outgoing) -> impl Fn(HttpRequest) -> Answer + Send + Sync + use<> {
    let outgoing = outgoing.clone();
    move |request| {
        let outgoing = outgoing.clone();
        Box::pin(async move { outgoing.send(request).await })
    }
}

fn refused(fault: &outgoing::Fault) -> Fault {
    use outgoing::Fault as F;
    match fault {
        F::Address | F::Insecure | F::Private => Fault::Address,
        F::Unknown | F::TooLarge | F::NoAnswer(_) => Fault::Unreachable,
    }
}

/// Asks a provider what it is able to do, and for its keys.
pub(super) async fn discover(
    outgoing: &Outgoing,
    issuer: &str,
) -> Result<CoreProviderMetadata, Fault> {
    let url = IssuerUrl::new(issuer.to_owned()).map_err(|_| Fault::Address)?;
    let http = client_for(outgoing);
    let found = CoreProviderMetadata::discover_async(url, &http).await;
    found.map_err(|error| {
        tracing::info!(issuer, error = %chain(&error), "a provider cannot be discovered");
        match &error {
            DiscoveryError::Request(fault) => refused(fault),
            DiscoveryError::UrlParse(_) => Fault::Address,
            _ => Fault::Unreachable,
        }
    })
}

/// The address at the provider where somebody signs in.
pub(super) fn authorization_url(
    metadata: CoreProviderMetadata,
    at: &Registered,
    secrets: &Secrets,
) -> Result<String, Fault> {
    let verifier = PkceCodeVerifier::new(secrets.verifier.clone());
    let redirect = RedirectUrl::new(at.redirect.clone()).map_err(|_| Fault::Address)?;
    let client =
        CoreClient::from_provider_metadata(metadata, ClientId::new(at.client.clone()), None)
            .set_redirect_uri(redirect);
    let (state, nonce) = (secrets.state.clone(), secrets.nonce.clone());
    let (url, ..) = client
        .authorize_url(
            CoreAuthenticationFlow::AuthorizationCode,
            move || CsrfToken::new(state),
            move || Nonce::new(nonce),
        )
        .add_scopes(["email", "profile"].map(|scope| Scope::new(scope.to_owned())))
        .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
        .url();
    // Where the browser goes to is as encrypted as where we go to.
    let same = url.scheme() == "https" || at.issuer.starts_with("http://");
    if same && matches!(url.scheme(), "http" | "https") {
        Ok(url.into())
    } else {
        Err(Fault::Address)
    }
}

/// Gives the code that somebody came back with for what the provider says of them; checks its
/// signature, issuer, audience, nonce and time.
pub(super) async fn redeem(
    outgoing: &Outgoing,
    at: &Registered,
    code: &str,
    secrets: Secrets,
    now: i64,
) -> Result<Identity, Fault> {
    let metadata = discover(outgoing, &at.issuer).await?;
    let http = client_for(outgoing);
    let redirect = RedirectUrl::new(at.redirect.clone()).map_err(|_| Fault::Address)?;
    let secret = (!at.secret.is_empty()).then(|| ClientSecret::new(at.secret.clone()));
    let basic = authenticates(&metadata, &CoreClientAuthMethod::ClientSecretBasic);
    let body = authenticates(&metadata, &CoreClientAuthMethod::ClientSecretPost);
    let client =
        CoreClient::from_provider_metadata(metadata, ClientId::new(at.client.clone()), secret)
            .set_redirect_uri(redirect)
            .set_auth_type(if body && !basic {
                AuthType::RequestBody
            } else {
                AuthType::BasicAuth
            });
    let request = client.exchange_code(AuthorizationCode::new(code.to_owned()));
    let request = request.map_err(|_| Fault::Unreachable)?;
    let answer = request
        .set_pkce_verifier(PkceCodeVerifier::new(secrets.verifier))
        .request_async(&http)
        .await
        .map_err(|error| {
            tracing::info!(issuer = at.issuer, error = %chain(&error), "a code was not redeemed");
            match &error {
                RequestTokenError::ServerResponse(_) => Fault::Client,
                RequestTokenError::Request(fault) => refused(fault),
                _ => Fault::Unreachable,
            }
        })?;

    let wrong = |what: &str, error: &dyn std::error::Error| {
        tracing::warn!(issuer = at.issuer, what, error = %chain(error), "a provider is not believed");
        Fault::Token
    };
    let token = answer.id_token().ok_or(Fault::Token)?;
    let time = move || DateTime::from_timestamp_millis(now).unwrap_or_default();
    let verifier = client.id_token_verifier().set_allowed_algs(ALGORITHMS).set_time_fn(time);
    let claims = token.claims(&verifier, &Nonce::new(secrets.nonce));
    let claims = claims.map_err(|error| wrong("id token", &error))?;
    if let Some(expected) = claims.access_token_hash() {
        let key = token.signing_key(&verifier).map_err(|error| wrong("key", &error))?;
        let algorithm = token.signing_alg().map_err(|error| wrong("algorithm", &error))?;
        let actual = AccessTokenHash::from_token(answer.access_token(), algorithm, key);
        if actual.map_err(|error| wrong("access token", &error))? != *expected {
            return Err(Fault::Token);
        }
    }
    let identity = of_token(at, claims);
    if identity.email.is_some() {
        return Ok(identity);
    }
    // Some providers tell the address only when asked.
    let subject = claims.subject().clone();
    let Ok(request) = client.user_info(answer.access_token().clone(), Some(subject)) else {
        return Ok(identity);
    };
    let more: CoreUserInfoClaims =
        request.request_async(&http).await.map_err(|error| wrong("user info", &error))?;
    Ok(Identity {
        email: email(more.email().map(|e| e.as_str()), more.email_verified()),
        first_name: name(more.given_name(), &identity.first_name),
        last_name: name(more.family_name(), &identity.last_name),
        ..identity
    })
}

fn authenticates(metadata: &CoreProviderMetadata, method: &CoreClientAuthMethod) -> bool {
    match metadata.token_endpoint_auth_methods_supported() {
        Some(methods) => methods.contains(method),
        // What providers are to be able to do that do not say.
        None => *method == CoreClientAuthMethod::ClientSecretBasic,
    }
}

fn of_token(at: &Registered, claims: &CoreIdTokenClaims) -> Identity {
    Identity {
        issuer: at.issuer.clone(),
        subject: claims.subject().to_string(),
        email: email(claims.email().map(|email| email.as_str()), claims.email_verified()),
        first_name: name(claims.given_name(), ""),
        last_name: name(claims.family_name(), ""),
    }
}

/// A verified address that is one.
fn email(text: Option<&str>, verified: Option<bool>) -> Option<String> {
    let email = check::normalize_email(text.filter(|_| verified == Some(true))?);
    check::email(&email).is_ok().then_some(email)
}

fn name<T>(claim: Option<&openidconnect::LocalizedClaim<T>>, otherwise: &str) -> String
where
    T: std::ops::Deref<Target = String>,
{
    let claimed = claim.and_then(|claim| claim.get(None)).map(|name| name.trim().to_owned());
    let good = |name: &String| check::required(name, 80).is_ok();
    claimed.filter(good).unwrap_or_else(|| otherwise.to_owned())
}

/// An error with its causes.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text.chars().take(500).collect()
}
