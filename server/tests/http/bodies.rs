//! Bodies that are too large, of a wrong type or damaged.
use crate::harness::{Actor, ORIGIN, TestApp, World};
use axum::body::Body;
use http::{Method, Request};

/// A form's body of each kind that no server function reads.
const WRONG: [(&str, &str); 6] = [
    ("", "email=a"),
    ("application/json", "{\"email\":\"a\"}"),
    ("text/plain", "email=a"),
    ("multipart/form-data", "--x\r\n"),
    ("multipart/form-data; boundary=", "--x\r\n"),
    ("application/octet-stream", "\u{0}\u{1}"),
];

fn request(path: &str, kind: &str, accept: &str, body: &str) -> Request<Body> {
    let request = Request::post(path).header("accept", accept).header("origin", ORIGIN);
    let request = if kind.is_empty() { request } else { request.header("content-type", kind) };
    request.body(Body::from(body.to_owned())).unwrap()
}

fn functions() -> Vec<&'static str> {
    server_fn::axum::server_fn_paths()
        .filter(|(_, method)| *method == Method::POST)
        .map(|(path, _)| path)
        .collect()
}

domain::both_engines! {
    async fn too_large_a_body_is_refused_and_told_so(t: TestDomain) {
        let app = TestApp::new(t);
        let large = "x".repeat(500_000); // three bytes each on the way
        let mut client = app.client().with("accept-language", "fr");
        for path in ["/api/nowhere", "/api/session/sign-in", "/nowhere"] {
            let page = client.post(path, &[("name", &large)]).await;
            assert_eq!(page.code(), 413, "{path}");
            assert!(page.text().contains("<html lang=\"fr\""));
        }
        let data = client.fetch("/api/session/sign-in", &[("name", &large)]).await;
        assert_eq!((data.code(), data.text().as_str()), (413, "\"malformed\""));
        let small = "x".repeat(300_000);
        assert_eq!(client.fetch("/api/nowhere", &[("name", &small)]).await.code(), 404);
    }

    async fn a_body_of_a_wrong_type_is_malformed_and_changes_nothing(t: TestDomain) {
        let app = TestApp::new(t);
        let w = World::new(&app, "shop").await;
        let mut client = w.client(&app, Actor::Administrator).with("accept-language", "es");
        let before = app.stored().await;
        for path in functions() {
            for (kind, body) in WRONG {
                let data = client.send(request(path, kind, "application/json", body)).await;
                assert_eq!((data.code(), data.text().as_str()), (400, "\"malformed\""), "{path} {kind}");
                let page = client.send(request(path, kind, "text/html", body)).await;
                assert_eq!(page.code(), 400, "{path} {kind}");
            }
        }
        assert_eq!(app.stored().await, before);
    }

    async fn a_form_without_its_fields_is_malformed(t: TestDomain) {
        let app = TestApp::new(t);
        let w = World::new(&app, "shop").await;
        let mut client = w.client(&app, Actor::Administrator);
        let before = app.stored().await;
        for path in ["/api/session/sign-in", "/api/members/invite", "/api/members/role", "/api/members/remove"] {
            for body in ["", "%ff%fe=1", "store=none&email=a&role=b&member=c", "a=b&a=b&&&="] {
                let form = "application/x-www-form-urlencoded";
                let data = client.send(request(path, form, "application/json", body)).await;
                let refused = data.code() == 400 || (data.code() == 200 && !data.text().contains("\"done\""));
                assert!(refused, "{path} {body}: {} {}", data.status, data.text());
                let page = client.send(request(path, form, "text/html", body)).await;
                assert!(page.code() == 400 || page.status.is_redirection(), "{path} {body}: {}", page.status);
            }
        }
        assert_eq!(app.stored().await, before);
    }

    async fn a_damaged_upload_is_malformed(t: TestDomain) {
        let app = TestApp::new(t);
        let w = World::new(&app, "shop").await;
        let mut client = w.client(&app, Actor::Administrator);
        let before = app.stored().await;
        for body in ["", "--edge", "--edge\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\ncut off", "nothing of the kind"] {
            let kind = "multipart/form-data; boundary=edge";
            let data = client.send(request("/api/settings/save", kind, "application/json", body)).await;
            let refused = matches!(data.code(), 400 | 404) || (data.code() == 200 && !data.text().contains("\"done\""));
            assert!(refused, "{body}: {} {}", data.status, data.text());
        }
        assert_eq!(app.stored().await, before);
    }
}
