//! The site bundle: caching, compression, what is not served.
use crate::harness::TestApp;

domain::both_engines! {
    async fn bundle_files_are_kept_for_ever_and_sent_as_the_browser_likes_best(t: TestDomain) {
        let app = TestApp::new(t);
        let path = "/pkg/app.0123456789ab.js";
        for (accept, encoding, body) in [
            ("gzip, deflate, br", "br", "brotli script"),
            ("gzip", "gzip", "gzip script"),
            ("br;q=0, gzip;q=0.5", "gzip", "gzip script"),
            ("identity", "", "plain script"),
        ] {
            let answer = app.client().with("accept-encoding", accept).get(path).await;
            assert_eq!((answer.code(), answer.text().as_str()), (200, body), "{accept}");
            assert_eq!(answer.header("content-encoding"), encoding);
            assert_eq!(answer.header("vary"), "accept-encoding");
            assert_eq!(answer.header("content-type"), "text/javascript; charset=utf-8");
            assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable");
            assert_eq!(answer.header("x-content-type-options"), "nosniff");
        }
        // What has no compressed form is sent as it is.
        let font = app.client().with("accept-encoding", "br").get("/pkg/font.0123456789ab.woff2").await;
        assert_eq!((font.header("content-encoding"), font.text().as_str()), ("", "font"));
        let icon = app.client().get("/favicon.ico").await;
        assert_eq!((icon.code(), icon.header("content-type")), (200, "image/svg+xml"));
        assert_eq!(icon.header("cache-control"), "public, max-age=86400");
    }

    async fn only_files_of_the_bundle_are_served(t: TestDomain) {
        let app = TestApp::new(t);
        for path in [
            "/pkg/app.js",
            "/pkg/../manifest.json",
            "/pkg/%2e%2e/manifest.json",
            "/pkg/..%2fmanifest.json",
            "/pkg/app.0123456789ab.js.br",
            "/pkg/notes.0123456789ab.exe",
            "/pkg/",
            "/manifest.json",
        ] {
            let answer = app.client().get(path).await;
            assert_eq!(answer.code(), 404, "{path}");
            assert_ne!(answer.header("cache-control"), "public, max-age=31536000, immutable", "{path}");
        }
    }

    async fn static_files_need_no_database(t: TestDomain) {
        let app = TestApp::new(t);
        assert_eq!(app.client().get("/healthz").await.code(), 200);
        app.t.domain.db.close().await;
        let mut client = app.client();
        client.cookies.insert("__Host-session".into(), "x".into());
        assert_eq!(client.get("/healthz").await.code(), 503);
        assert_eq!(client.get("/pkg/app.0123456789ab.js").await.code(), 200);
        // What needs it says so, in the browser's language.
        let page = client.with("accept-language", "fr").get("/").await;
        assert_eq!((page.code(), page.header("retry-after")), (503, "5"));
        assert!(page.text().contains("<html lang=\"fr\""), "{}", page.text());
    }
}
