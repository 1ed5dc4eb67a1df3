//! Requests that another site makes a browser send.
use crate::harness::{Client, ORIGIN, TestApp};
use axum::body::Body;
use http::{Method, Request};

/// Whether a state change with these headers is refused.
async fn refused(
    client: &Client,
    method: Method,
    site: Option<&str>,
    origin: Option<&str>,
) -> bool {
    let mut request = Request::builder().method(method).uri("/api/nowhere");
    for (name, value) in [("sec-fetch-site", site), ("origin", origin)] {
        if let Some(value) = value {
            request = request.header(name, value);
        }
    }
    let answer = client.clone().send(request.body(Body::empty()).unwrap()).await;
    assert!(matches!(answer.code(), 403 | 400 | 404), "{}", answer.status);
    answer.code() == 403
}

domain::both_engines! {
    async fn only_this_site_and_no_browser_at_all_may_change_anything(t: TestDomain) {
        let app = TestApp::new(t);
        let client = app.client();
        let evil = Some("https://evil.example");
        let here = Some(ORIGIN);
        for (site, origin, expected) in [
            (Some("same-origin"), here, false),
            (Some("same-origin"), None, false),
            (Some("none"), None, false),
            (Some("same-site"), Some("https://other.console.example"), true),
            (Some("same-site"), None, true),
            (Some("cross-site"), evil, true),
            (Some("cross-site"), None, true),
            (Some("cross-site"), Some("null"), true),
            (Some("Same-Origin"), evil, true),
            (Some("anything"), None, true),
            (None, here, false),
            (None, None, false),
            (None, evil, true),
            (None, Some("null"), true),
            (None, Some("https://console.example.evil.example"), true),
            (None, Some("https://console.example:8443"), true),
        ] {
            for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
                let refused = refused(&client, method.clone(), site, origin).await;
                assert_eq!(refused, expected, "{method} {site:?} {origin:?}");
            }
        }
    }

    async fn links_from_elsewhere_work(t: TestDomain) {
        let app = TestApp::new(t);
        let client = app.client().with("sec-fetch-site", "cross-site").with("sec-fetch-mode", "navigate");
        assert_ne!(client.clone().get("/sign-in").await.code(), 403);
    }

    async fn a_proxy_may_rewrite_the_host(t: TestDomain) {
        let app = TestApp::new(t);
        let client = app.client().with("host", "127.0.0.1:3000");
        assert!(!refused(&client, Method::POST, None, Some(ORIGIN)).await);
        assert!(refused(&client, Method::POST, None, Some("https://evil.example")).await);
    }

    async fn the_refusal_speaks_the_persons_language(t: TestDomain) {
        let app = TestApp::new(t);
        let cross = |client: Client| client.with("sec-fetch-site", "cross-site").with("origin", "null");
        let mut polish = cross(app.client().with("accept-language", "pl, en;q=0.5"));
        let page = polish.post("/api/nowhere", &[]).await;
        assert_eq!(page.code(), 403);
        assert!(page.text().contains("<html lang=\"pl\""));
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
        assert_eq!(page.header("cache-control"), "no-store");
        let data = polish.fetch("/api/nowhere", &[]).await;
        assert_eq!((data.code(), data.header("content-type")), (403, "application/json"));
    }
}
