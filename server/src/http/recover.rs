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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{config::Config, site::Site};
    use axum::{Router, body::Body, middleware::from_fn_with_state, routing::get};
    use domain::db::testing::{Engine, run};
    use http::{StatusCode, header};
    use tower::ServiceExt as _;

    #[test]
    fn a_panic_is_answered_with_the_requests_id() {
        run(Engine::Sqlite, async |t| {
            let config = Config::parse("", &|_| None).unwrap();
            let server = Server::new(t.domain.clone(), Site::new(|_| None), &config);
            let mut client = Client { plain: true, ..Client::default() };
            client.origin.request_id = "the-id".into();
            let panics = async || -> &'static str { panic!("secret of the code") };
            let router: Router = Router::new()
                .route("/", get(panics))
                .layer(from_fn_with_state(server.clone(), recover))
                .layer(axum::Extension(client));
            let request = Request::new(Body::empty());
            let response = router.oneshot(request).await.unwrap();
            assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
            assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
            let body = axum::body::to_bytes(response.into_body(), 10_000).await.unwrap();
            let body = String::from_utf8(body.to_vec()).unwrap();
            assert!(body.contains("the-id") && !body.contains("secret"), "{body}");
        });
    }
}
