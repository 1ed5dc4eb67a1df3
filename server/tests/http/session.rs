//! Signing up, in and out; the cookie; where one lands.
use crate::harness::{Actor, Client, TestApp, World};
use domain::testing;

const PASSWORD: &str = "correct horse battery";

/// What a person types to sign up.
fn sign_up<'a>(email: &'a str, store: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("first_name", "Ann"),
        ("last_name", "Lee"),
        ("email", email),
        ("password", PASSWORD),
        ("phone", "+34915550100"),
        ("language", "es"),
        ("organization", "Lee & Sons"),
        ("store", store),
        ("consent_data", "on"),
    ]
}

async fn sign_in(client: &mut Client, email: &str, next: &str) -> String {
    let fields = [("email", email), ("password", PASSWORD), ("next", next)];
    client.post("/api/session/sign-in", &fields).await.location().to_owned()
}

domain::both_engines! {
    async fn a_sign_up_is_confirmed_by_mail_and_lands_in_the_new_store(t: TestDomain) {
        let app = TestApp::new(t);
        let mut client = app.client();
        let sent = client.post("/api/session/sign-up", &sign_up("ann@lee.example", "Lee's")).await;
        assert_eq!(sent.location(), "/sign-up/sent");
        assert!(!client.cookies.contains_key("__Host-session"), "not before the mail is confirmed");
        assert_eq!(client.follow(&sent).await.code(), 200);

        let link = app.last_link().await;
        assert!(app.last_mail().await.text.contains("Lee & Sons"));
        assert_eq!(client.get(&link).await.code(), 200);
        let token = link.rsplit('/').next().unwrap();
        let confirmed = client.post("/api/session/confirm", &[("token", token), ("password", PASSWORD)]).await;
        assert!(confirmed.location().starts_with("/stores/sto_"), "{}", confirmed.location());
        assert!(client.cookies.contains_key("__Host-session"));
        let mut page = client.follow(&confirmed).await;
        if page.status.is_redirection() {
            page = client.follow(&page).await;
        }
        assert_eq!(page.code(), 200);
        // The language chosen at sign-up is the person's now.
        assert!(page.text().contains("<html lang=\"es\""));
        assert!(page.text().contains("Lee's") || page.text().contains("Lee&#x27;s"));

        let again = app.client().post("/api/session/confirm", &[("token", token), ("password", PASSWORD)]).await;
        assert!(!again.headers.contains_key("set-cookie") || !again.header("set-cookie").contains("session="));
    }

    async fn a_known_address_cannot_be_told_from_a_new_one(t: TestDomain) {
        let app = TestApp::new(t);
        testing::person(&app.t.domain, "ann@lee.example").await;
        let known = app.client().fetch("/api/session/sign-up", &sign_up("ann@lee.example", "A")).await;
        let new = app.client().fetch("/api/session/sign-up", &sign_up("ben@lee.example", "A")).await;
        assert_eq!((known.code(), known.text()), (new.code(), new.text()));
        let sign_in = |email: &'static str| {
            let mut client = app.client();
            async move { client.fetch("/api/session/sign-in", &[("email", email), ("password", "x")]).await }
        };
        let (known, new) = (sign_in("ann@lee.example").await, sign_in("nobody@lee.example").await);
        assert_eq!((known.code(), known.text()), (new.code(), new.text()));
        assert!(known.text().contains("wrong_credentials"), "{}", known.text());
    }

    async fn signing_out_ends_the_session_everywhere(t: TestDomain) {
        let app = TestApp::new(t);
        testing::with_password(&app.t.domain, "ann@lee.example", PASSWORD).await;
        let mut client = app.client();
        sign_in(&mut client, "ann@lee.example", "").await;
        let copy = client.clone();
        assert_eq!(copy.clone().get("/stores").await.code(), 200);
        client.post("/api/session/sign-out", &[]).await;
        assert!(!client.cookies.contains_key("__Host-session"));
        assert_eq!(copy.clone().get("/stores").await.code(), 302);
    }

    async fn the_cookie_is_out_of_reach_and_new_at_each_sign_in(t: TestDomain) {
        let app = TestApp::new(t);
        testing::with_password(&app.t.domain, "ann@lee.example", PASSWORD).await;
        let mut client = app.client();
        client.cookies.insert("__Host-session".into(), "planted".into());
        let fields = [("email", "ann@lee.example"), ("password", PASSWORD)];
        let answer = client.post("/api/session/sign-in", &fields).await;
        let cookie = answer.header("set-cookie");
        for part in ["__Host-session=", "Path=/", "HttpOnly", "SameSite=Lax", "Secure"] {
            assert!(cookie.contains(part), "{part} is not in {cookie}");
        }
        assert!(!cookie.contains("Domain"), "{cookie}");
        let first = client.cookies["__Host-session"].clone();
        assert_ne!(first, "planted");
        client.post("/api/session/sign-in", &fields).await;
        assert_ne!(client.cookies["__Host-session"], first);
        // By http, where the prefix is not possible, the name is another.
        let mut plain = app.client().with("x-forwarded-proto", "http");
        plain.peer.set_ip(crate::harness::PROXY.parse().unwrap());
        plain.post("/api/session/sign-in", &fields).await;
        assert!(plain.cookies.contains_key("session"), "{:?}", plain.cookies);
        assert_eq!(plain.get("/stores").await.code(), 200);
    }

    async fn one_goes_on_to_pages_of_this_site_only(t: TestDomain) {
        let app = TestApp::new(t);
        testing::with_password(&app.t.domain, "ann@lee.example", PASSWORD).await;
        let mut client = app.client();
        for (next, expected) in [
            ("/stores?q=1", "/stores?q=1"),
            ("", "/"),
            ("https://evil.example/", "/"),
            ("//evil.example/", "/"),
            ("/\\evil.example/", "/"),
            ("\\\\evil.example/", "/"),
            ("/\t/evil.example/", "/"),
            ("javascript:alert(1)", "/"),
            ("/stores\r\nSet-Cookie: a=b", "/"),
        ] {
            assert_eq!(sign_in(&mut client, "ann@lee.example", next).await, expected, "{next}");
        }
        // Nor does a forged Referer lead elsewhere.
        let mut client = app.client().with("referer", "https://evil.example/sign-in?next=//evil.example");
        let refused = client.post("/api/session/sign-in", &[("email", "a"), ("password", "b")]).await;
        assert!(refused.location().starts_with("/sign-in"), "{}", refused.location());
    }

    async fn a_deep_link_survives_signing_in(t: TestDomain) {
        let app = TestApp::new(t);
        let w = World::new(&app, "shop").await;
        let page = format!("{}/settings/general/members?q=a&sort=email", w.store_path());
        let sent = app.client().get(&page).await;
        let next = sent.location().strip_prefix("/sign-in?next=").unwrap().to_owned();
        let decoded = next.replace("%3F", "?").replace("%3D", "=").replace("%26", "&");
        assert_eq!(decoded, page);
    }

    async fn a_refused_form_comes_back_filled_without_the_password(t: TestDomain) {
        let app = TestApp::new(t);
        let mut client = app.client().with("accept-language", "pl");
        let fields = [("email", "ann@lee.example"), ("password", "s3cret wrong")];
        let refused = client.post("/api/session/sign-in", &fields).await;
        assert!(client.cookies.contains_key("flash"));
        let page = client.follow(&refused).await;
        assert!(page.text().contains("value=\"ann@lee.example\""), "{}", page.text());
        assert!(!page.text().contains("s3cret"));
        // Shown once.
        assert!(!client.cookies.contains_key("flash"));
        assert!(!client.get("/sign-in").await.text().contains("ann@lee.example"));
    }

    async fn a_file_does_not_use_up_what_the_next_page_is_to_show(t: TestDomain) {
        let app = TestApp::new(t);
        let w = World::new(&app, "shop").await;
        let mut client = w.client(&app, Actor::Owner);
        let store = w.company.store.to_string();
        let fields = [("store", store.as_str()), ("email", "no address"), ("role", "analyst")];
        let refused = client.post("/api/members/invite", &fields).await;
        for file in ["audit.csv", "settings.toml"] {
            let address = format!("/organizations/{}/{file}", w.company.organization);
            assert_eq!(client.get(&address).await.code(), 200, "{file}");
        }
        assert_eq!(client.get(&format!("/stores/{store}/settings.toml")).await.code(), 200);
        let page = client.follow(&refused).await;
        assert!(page.text().contains("value=\"no address\""), "{}", page.text());
    }

    async fn language_and_theme_are_chosen_by_forms(t: TestDomain) {
        let app = TestApp::new(t);
        let w = World::new(&app, "shop").await;
        for mut client in [app.client(), w.client(&app, Actor::Marketer)] {
            let back = client.post("/api/session/language", &[("language", "fr"), ("back", "/sign-up")]).await;
            assert_eq!(back.location(), "/sign-up");
            client.post("/api/session/theme", &[("theme", "dark"), ("back", "/sign-up")]).await;
            let page = client.get("/stores/none").await;
            let page = if page.status.is_redirection() { client.follow(&page).await } else { page };
            assert!(page.text().contains("lang=\"fr\" data-theme=\"dark\""), "{}", page.text());
            let away = client.post("/api/session/theme", &[("theme", "light"), ("back", "//evil.example")]).await;
            assert_eq!(away.location(), "/");
        }
    }

    async fn signed_in_pages_are_not_kept(t: TestDomain) {
        let app = TestApp::new(t);
        let w = World::new(&app, "shop").await;
        let mut client = w.client(&app, Actor::Administrator);
        for path in ["/stores".to_owned(), w.store_path(), format!("{}/settings/general/members", w.store_path())] {
            assert_eq!(client.get(&path).await.header("cache-control"), "no-store", "{path}");
        }
        assert_eq!(app.client().get("/sign-in").await.header("cache-control"), "private, no-cache");
    }
}
