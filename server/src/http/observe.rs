//! The request's id, its line in the log, and its place in the metrics.
use super::client::RequestId;
use crate::{metrics::Route, state::Server};
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
    let route = Route::new(request.extensions().get::<MatchedPath>());
    let pattern = route.as_str();
    let quiet = matches!(pattern, "/healthz" | "/favicon.ico") || pattern.starts_with("/pkg/");
    let span = tracing::info_span!("request", %id, method = %request.method(), route = pattern);
    #[cfg(feature = "opentelemetry")]
    crate::traces::follow(&span, request.headers());
    let (requests, method) = (&server.metrics.requests, request.method().clone());
    let under_way = requests.begin();
    request.extensions_mut().insert(RequestId(id.clone()));

    let start = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let took = start.elapsed();
    drop(under_way);
    requests.answered(&method, route, response.status(), took);
    let (status, ms) = (response.status().as_u16(), took.as_secs_f64() * 1000.0);
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
