//! What every answer carries.
use crate::harness::{PROXY, TestApp};
use domain::testing;

domain::both_engines! {
    async fn every_answer_is_hardened(t: TestDomain) {
        let app = TestApp::new(t);
        for path in ["/sign-in", "/nowhere", "/api/nowhere", "/healthz", "/pkg/app.0123456789ab.js", "/media/x"] {
            let answer = app.client().get(path).await;
            for (name, value) in [
                ("x-content-type-options", "nosniff"),
                ("x-frame-options", "DENY"),
                ("referrer-policy", "same-origin"),
                ("cross-origin-opener-policy", "same-origin"),
                ("strict-transport-security", "max-age=31536000"),
            ] {
                assert_eq!(answer.header(name), value, "{path}: {name}");
            }
            let policy = answer.header("content-security-policy");
            assert!(policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
            assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{path}: {policy}");
            assert!(answer.header("permissions-policy").contains("camera=()"), "{path}");
            assert_eq!(answer.header("x-request-id").len(), 36, "{path}");
        }
    }

    async fn each_request_has_an_id_of_its_own(t: TestDomain) {
        let app = TestApp::new(t);
        let mut client = app.client().with("x-request-id", "forged");
        let (first, second) = (client.get("/healthz").await, client.get("/healthz").await);
        assert_ne!(first.header("x-request-id"), second.header("x-request-id"));
        assert_ne!(first.header("x-request-id"), "forged");
    }

    async fn https_is_what_the_trusted_proxy_says(t: TestDomain) {
        let app = TestApp::new(t);
        let mut client = app.client().with("x-forwarded-proto", "http");
        // From elsewhere the header is a claim: the public address tells.
        assert_ne!(client.get("/healthz").await.header("strict-transport-security"), "");
        client.peer.set_ip(PROXY.parse().unwrap());
        assert_eq!(client.get("/healthz").await.header("strict-transport-security"), "");
    }

    async fn what_does_not_exist_is_404_in_the_browsers_language(t: TestDomain) {
        let app = TestApp::new(t);
        let mut client = app.client().with("accept-language", "es");
        for path in ["/nowhere", "/api/nowhere", "/stores/x/y/z"] {
            let answer = client.get(path).await;
            assert_eq!(answer.code(), 404, "{path}");
            assert!(answer.text().contains("<html lang=\"es\""), "{path}: {}", answer.text());
        }
        let data = client.fetch("/api/nowhere", &[]).await;
        assert_eq!((data.code(), data.text().as_str()), (404, "\"not_found\""));
        assert_eq!(client.post("/nowhere", &[]).await.code(), 404);
    }

    async fn a_wrong_method_is_405(t: TestDomain) {
        let app = TestApp::new(t);
        let mut client = app.client().with("accept-language", "pl");
        let read = client.get("/api/session/sign-out").await;
        assert_eq!(read.code(), 405);
        assert!(read.text().contains("<html lang=\"pl\""), "{}", read.text());
        assert_eq!(client.post("/sign-in", &[]).await.code(), 405);
    }

    async fn pages_and_data_are_compressed(t: TestDomain) {
        let app = TestApp::new(t);
        for (accept, encoding) in [("gzip, br", "br"), ("gzip", "gzip"), ("identity", "")] {
            let mut client = app.client().with("accept-encoding", accept);
            let page = client.get("/sign-in").await;
            assert_eq!(page.header("content-encoding"), encoding, "{accept}");
            assert!(encoding.is_empty() || page.body.len() < 3_000, "{} bytes", page.body.len());
        }
    }

    async fn the_audit_log_names_the_client_and_not_the_proxy(t: TestDomain) {
        let app = TestApp::new(t);
        testing::with_password(&app.t.domain, "ann@lee.example", "correct horse battery").await;
        let fields = [("email", "ann@lee.example"), ("password", "correct horse battery")];
        let mut client = app.client().with("x-forwarded-for", "6.6.6.6, 198.51.100.7");
        // Who is no proxy of ours has no say in where it comes from.
        client.post("/api/session/sign-in", &fields).await;
        client.peer.set_ip(PROXY.parse().unwrap());
        client.post("/api/session/sign-in", &fields).await;
        let stored = app.stored().await;
        let entries = stored["audit_entry"].join("\n");
        assert!(entries.contains("192.0.2.1") && entries.contains("198.51.100.7"), "{entries}");
        assert!(!entries.contains("6.6.6.6") && !entries.contains(PROXY), "{entries}");
    }
}
