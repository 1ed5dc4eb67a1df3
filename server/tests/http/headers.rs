//! What every answer carries.
use crate::harness::{PROXY, TestApp};

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
}
