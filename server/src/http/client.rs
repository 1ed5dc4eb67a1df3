//! Who asks: what the headers say of a request before the database is asked anything.
use super::{address, cookies};
use crate::state::Server;
use axum::{
    extract::{ConnectInfo, Request, State},
    middleware::Next,
    response::Response,
};
use domain::context::Origin;
use http::{HeaderMap, HeaderName, header};
use model::{text::Lang, view::Theme};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// Longest part of a user agent's name that is kept.
const USER_AGENT: usize = 200;

/// The request's client, in the request's extensions.
#[derive(Clone, Debug, Default)]
pub struct Client {
    /// Address, request id, user agent and language.
    pub origin: Origin,
    /// The theme that its cookie asks for.
    pub theme: Theme,
    /// Whether it came by https.
    pub secure: bool,
    /// Whether a browser waits for a page, not a script for data.
    pub plain: bool,
}

/// The request's id, in the request's extensions.
#[derive(Clone, Debug)]
pub(super) struct RequestId(pub String);

/// Puts a [`Client`] into the request's extensions.
pub(super) async fn know(
    State(server): State<Server>,
    mut request: Request,
    next: Next,
) -> Response {
    let client = Client::of(&server, &request);
    request.extensions_mut().insert(client);
    next.run(request).await
}

impl Client {
    fn of(server: &Server, request: &Request) -> Client {
        let headers = request.headers();
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
        let peer = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.0.ip());
        let (address, scheme) = address::of(peer, headers, &server.front.trusted_proxies);
        let id = request.extensions().get::<RequestId>().map(|id| id.0.clone());
        let origin = Origin {
            address: address.to_string(),
            request_id: id.unwrap_or_default(),
            user_agent: text(headers, &header::USER_AGENT).chars().take(USER_AGENT).collect(),
            lang: lang(headers),
        };
        Client {
            origin,
            theme: cookies::get(headers, cookies::THEME)
                .and_then(Theme::from_code)
                .unwrap_or_default(),
            secure: scheme.map_or(server.front.origin.starts_with("https://"), |s| s == "https"),
            plain: accepts(headers, &header::ACCEPT, "text/html"),
        }
    }
}

fn lang(headers: &HeaderMap) -> Lang {
    let chosen = cookies::get(headers, cookies::LANG).and_then(Lang::from_code);
    let accepted = || Lang::from_accept_language(text(headers, &header::ACCEPT_LANGUAGE));
    chosen.or_else(accepted).unwrap_or_default()
}

fn text<'h>(headers: &'h HeaderMap, name: &HeaderName) -> &'h str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// Whether a list header such as `Accept-Encoding` names `wanted` and does not refuse it (`q=0`).
pub(crate) fn accepts(headers: &HeaderMap, name: &HeaderName, wanted: &str) -> bool {
    let lines = headers.get_all(name).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(',')).any(|item| {
        let mut parts = item.split(';').map(str::trim);
        let named = parts.next().is_some_and(|item| item.eq_ignore_ascii_case(wanted));
        let weight =
            parts.find_map(|part| part.strip_prefix("q=")).map_or(Ok(1.0), str::parse::<f32>);
        named && weight.is_ok_and(|weight| weight > 0.0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    #[test]
    fn a_weight_of_zero_refuses() {
        let accepts = |value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(value));
            accepts(&headers, &header::ACCEPT_ENCODING, "br")
        };
        assert!(accepts("gzip, deflate, br"));
        assert!(accepts("gzip;q=1.0, BR;q=0.2"));
        assert!(!accepts("br;q=0, gzip"));
        assert!(!accepts("br;q=none"));
        assert!(!accepts("brotli, *"));
    }
}
