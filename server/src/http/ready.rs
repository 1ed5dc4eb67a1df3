//! `/healthz`: whether this process can do its work.
use axum::extract::State;
use domain::Domain;
use http::StatusCode;
use std::time::Duration;

/// How long the database may take to answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// 200 when the database answers, else 503.
pub(super) async fn ready(State(domain): State<Domain>) -> (StatusCode, &'static str) {
    // Taking a connection is enough: PostgreSQL is pinged before one is handed out.
    let reached = domain.db.read(async |_| Ok(()));
    match tokio::time::timeout(PATIENCE, reached).await {
        Ok(Ok(())) => (StatusCode::OK, "ready\n"),
        _ => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n"),
    }
}
