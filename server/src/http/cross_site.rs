//! Requests that another site makes a browser send. Server functions have no guard of their own.
use super::{
    Client,
    answer::{Problem, refuse},
};
use crate::state::Server;
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use tower_http::csrf::{ConfigError, CsrfLayer, ProtectionError};

/// The guard, by `Sec-Fetch-Site` and `Origin`. Our public address is trusted besides the `Host`
/// that arrives, which a proxy may have rewritten.
pub(super) fn guard(origin: &str) -> Result<CsrfLayer, ConfigError> {
    CsrfLayer::new().add_trusted_origin(origin)
}

/// Gives a refused request an answer that tells so.
pub(super) async fn explain(
    State(server): State<Server>,
    request: Request,
    next: Next,
) -> Response {
    let client = request.extensions().get::<Client>().cloned();
    let response = next.run(request).await;
    match (client, response.extensions().get::<ProtectionError>()) {
        (Some(client), Some(error)) => {
            tracing::warn!(%error, "refused a cross-site request");
            refuse(&client, &server.site.assets(), Problem::CrossSite)
        }
        _ => response,
    }
}
