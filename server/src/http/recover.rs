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
#[derive(Clone, Copy, Debug)]
pub(super) struct Patience {
    usual: Duration,
    /// An upload may come over a slow line.
    pub(super) upload: Duration,
}

/// What everybody gets.
pub(super) const PATIENCE: Patience =
    Patience { usual: Duration::from_secs(30), upload: Duration::from_secs(120) };

/// Turns panics and timeouts into answers. What panicked is in the log (see `logging`).
pub(super) async fn recover(
    State((server, patience)): State<(Server, Patience)>,
    request: Request,
    next: Next,
) -> Response {
    let client = request.extensions().get::<Client>().cloned();
    let upload = pages::takes_upload(request.uri().path());
    let patience = if upload { patience.upload } else { patience.usual };
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
    use axum::{
        Router, body::Body, handler::Handler, middleware::from_fn_with_state, routing::get,
    };
    use domain::db::testing::{Engine, TestDomain, run};
    use http::{StatusCode, header};
    use tower::ServiceExt as _;

    /// What somebody gets whose request ends in `handler`: status, headers, text.
    async fn answered<H: Handler<T, ()>, T: 'static>(
        t: &TestDomain,
        path: &str,
        handler: H,
    ) -> (StatusCode, http::HeaderMap, String) {
        let config = Config::parse("", &|_| None).unwrap();
        let server = Server::new(t.domain.clone(), Site::new(|_| None), &config);
        let mut client = Client { plain: true, ..Client::default() };
        client.origin.request_id = "the-id".into();
        let patience =
            Patience { usual: Duration::from_millis(20), upload: Duration::from_secs(60) };
        let router: Router = Router::new()
            .route(path, get(handler))
            .layer(from_fn_with_state((server, patience), recover))
            .layer(axum::Extension(client));
        let request = http::Request::get(path).body(Body::empty()).unwrap();
        let (parts, body) = router.oneshot(request).await.unwrap().into_parts();
        let body = axum::body::to_bytes(body, 10_000).await.unwrap();
        (parts.status, parts.headers, String::from_utf8(body.to_vec()).unwrap())
    }

    #[test]
    fn a_panic_is_answered_with_the_requests_id() {
        run(Engine::Sqlite, async |t| {
            let panics = async || -> &'static str { panic!("secret of the code") };
            let (status, headers, body) = answered(&t, "/", panics).await;
            assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
            assert_eq!(headers[header::CACHE_CONTROL], "no-store");
            assert!(body.contains("the-id") && !body.contains("secret"), "{body}");
        });
    }

    #[test]
    fn work_that_does_not_end_is_given_up() {
        run(Engine::Sqlite, async |t| {
            let (status, headers, body) = answered(&t, "/", std::future::pending::<()>).await;
            assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
            assert_eq!(headers[header::RETRY_AFTER], "5");
            let texts = model::text::Texts::of(Default::default());
            let told = texts.get(model::text::Key::ErrorUnavailableTitle);
            assert!(body.contains(told), "{body}");
            // An upload has longer.
            let slow = async || tokio::time::sleep(Duration::from_millis(100)).await;
            assert_eq!(answered(&t, "/", slow).await.0, StatusCode::SERVICE_UNAVAILABLE);
            assert_eq!(answered(&t, "/api/settings/save", slow).await.0, StatusCode::OK);
        });
    }
}
