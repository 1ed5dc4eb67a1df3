//! What is answered when ours fails: a panic, or work that does not end.
use super::{
    Client,
    answer::{Problem, refuse},
    pages,
};
use crate::state::Server;
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use futures::FutureExt as _;
use std::{panic::AssertUnwindSafe, time::Duration};

/// The time an answer may take.
const USUAL: Duration = Duration::from_secs(30);
/// The time an upload may take, for it may come over a slow line.
const UPLOAD: Duration = Duration::from_secs(120);

/// Turns panics and timeouts into answers. What panicked is in the log (see `logging`).
pub(super) async fn recover(
    State(server): State<Server>,
    request: Request,
    next: Next,
) -> Response {
    let client = request.extensions().get::<Client>().cloned();
    let patience = if pages::takes_upload(request.uri().path()) { UPLOAD } else { USUAL };
    // A panic ends the request's own state with it; what is shared is behind locks and channels.
    let run = AssertUnwindSafe(next.run(request)).catch_unwind();
    let problem = match tokio::time::timeout(patience, run).await {
        Ok(Ok(response)) => return response,
        Ok(Err(_)) => Problem::Internal,
        Err(_) => Problem::Timeout,
    };
    let client = client.unwrap_or_default();
    refuse(&client, &server.site.assets(), problem)
}
