//! The request's id and its line in the log.
use super::client::RequestId;
use crate::state::Server;
use axum::{
    extract::{MatchedPath, Request, State},
    middleware::Next,
    response::Response,
};
use http::{HeaderName, HeaderValue};
use std::time::Instant;
use tracing::Instrument as _;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Gives the request an id, which the answer tells too, and logs how it went. The log names the
/// route's pattern, never the address: addresses hold invitation tokens and what people search.
pub(super) async fn observe(
    State(server): State<Server>,
    mut request: Request,
    next: Next,
) -> Response {
    let id = uuid::Uuid::from_u128(server.domain.id_bits()).to_string();
    let route =
        request.extensions().get::<MatchedPath>().map_or("-", MatchedPath::as_str).to_owned();
    let quiet = matches!(route.as_str(), "/healthz" | "/favicon.ico") || route.starts_with("/pkg/");
    let span = tracing::info_span!("request", %id, method = %request.method(), route);
    request.extensions_mut().insert(RequestId(id.clone()));

    let start = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let (status, ms) = (response.status().as_u16(), start.elapsed().as_secs_f64() * 1000.0);
    let ms = (ms * 10.0).round() / 10.0;
    span.in_scope(|| match status {
        500.. => tracing::error!(status, ms, "answered"),
        _ if quiet => tracing::debug!(status, ms, "answered"),
        _ => tracing::info!(status, ms, "answered"),
    });
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}
