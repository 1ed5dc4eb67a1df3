use super::public;
use http::{Request, Response};
use ipnet::IpNet;
use reqwest::{
    Url,
    dns::{Addrs, Name, Resolve, Resolving},
    redirect::Policy,
};
use std::{
    net::{IpAddr, SocketAddr},
    sync::{Arc, OnceLock},
    time::Duration,
};

/// How long a whole request may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// How much of an answer is read, in bytes.
const LIMIT: usize = 1024 * 1024;

/// Why a request was not made, or not answered.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// It is no address of a web server.
    #[error("not an http or https address")]
    Address,
    /// It would go over the open net unencrypted.
    #[error("not an https address")]
    Insecure,
    /// Its host has no address.
    #[error("the host cannot be found")]
    Unknown,
    /// It leads to this machine, a private network or the like.
    #[error("the address is not on the public internet")]
    Private,
    /// The answer is too large.
    #[error("the answer is too large")]
    TooLarge,
    /// Nobody answered, or not in time, or not as the protocol has it.
    #[error("no answer: {0}")]
    NoAnswer(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// The one client for requests to addresses that people type: cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Outgoing {
    exceptions: Arc<[IpNet]>,
    tls: Arc<OnceLock<rustls::ClientConfig>>,
}

impl Outgoing {
    /// A client that may also reach these networks, and those without encryption.
    pub fn new(exceptions: &[IpNet]) -> Outgoing {
        Outgoing { exceptions: exceptions.into(), tls: Arc::default() }
    }

    /// Sends a request and reads its answer whole. The host is resolved once, all its addresses
    /// are checked, and it is connected to one of those. A redirect is an answer like any other.
    ///
    /// # Errors
    /// [`Fault`].
    pub async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, Fault> {
        let (parts, body) = request.into_parts();
        let url: Url = parts.uri.to_string().parse().map_err(|_| Fault::Address)?;
        let reached = tokio::time::timeout(PATIENCE, self.reach(&url)).await;
        let client = reached.map_err(|late| Fault::NoAnswer(late.into()))??;
        let request = client.request(parts.method, url).headers(parts.headers).body(body);
        let answer = tokio::time::timeout(PATIENCE, read(request)).await;
        answer.map_err(|late| Fault::NoAnswer(late.into()))?
    }

    /// A client that connects to the checked addresses of this host and nowhere else.
    async fn reach(&self, url: &Url) -> Result<reqwest::Client, Fault> {
        let addresses = self.resolve(url).await?;
        let excepted = addresses.iter().all(|address| self.excepted(address.ip()));
        if url.scheme() != "https" && !excepted {
            return Err(Fault::Insecure);
        }
        reqwest::Client::builder()
            .tls_backend_preconfigured(self.tls.get_or_init(tls).clone())
            .dns_resolver(Arc::new(Checked(addresses.into())))
            .no_proxy()
            .redirect(Policy::none())
            .connect_timeout(PATIENCE / 2)
            .timeout(PATIENCE)
            .user_agent("store-manager")
            .build()
            .map_err(|error| Fault::NoAnswer(error.into()))
    }

    async fn resolve(&self, url: &Url) -> Result<Vec<SocketAddr>, Fault> {
        let plain = url.username().is_empty() && url.password().is_none();
        if !matches!(url.scheme(), "http" | "https") || !plain {
            return Err(Fault::Address);
        }
        let port = url.port_or_known_default().ok_or(Fault::Address)?;
        let host = url.host_str().ok_or(Fault::Address)?.trim_matches(['[', ']']);
        let found = tokio::net::lookup_host((host, port)).await.map_err(|_| Fault::Unknown)?;
        let addresses: Vec<SocketAddr> = found.collect();
        if addresses.is_empty() {
            return Err(Fault::Unknown);
        }
        // One that is not public among others is a trap, not a mistake.
        let allowed = |address: &SocketAddr| public(address.ip()) || self.excepted(address.ip());
        if addresses.iter().all(allowed) { Ok(addresses) } else { Err(Fault::Private) }
    }

    fn excepted(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.exceptions.iter().any(|network| network.contains(&address))
    }
}

async fn read(request: reqwest::RequestBuilder) -> Result<Response<Vec<u8>>, Fault> {
    let broken = |error: reqwest::Error| Fault::NoAnswer(error.without_url().into());
    let mut answer = request.send().await.map_err(broken)?;
    let mut response = Response::new(Vec::new());
    *response.status_mut() = answer.status();
    *response.headers_mut() = std::mem::take(answer.headers_mut());
    while let Some(chunk) = answer.chunk().await.map_err(broken)? {
        if response.body().len() + chunk.len() > LIMIT {
            return Err(Fault::TooLarge);
        }
        response.body_mut().extend_from_slice(&chunk);
    }
    Ok(response)
}

/// Names lead to the addresses that were checked, whatever a name server says now.
struct Checked(Arc<[SocketAddr]>);

impl Resolve for Checked {
    fn resolve(&self, _: Name) -> Resolving {
        let addresses: Vec<SocketAddr> = self.0.to_vec();
        Box::pin(async move { Ok(Box::new(addresses.into_iter()) as Addrs) })
    }
}

/// Trusts whom the machine trusts, and whom browsers do where the machine has no list.
#[expect(clippy::expect_used, reason = "these versions are those that ring has")]
fn tls() -> rustls::ClientConfig {
    let mut roots =
        rustls::RootCertStore::from_iter(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions that ring has")
        .with_root_certificates(roots)
        .with_no_client_auth()
}
