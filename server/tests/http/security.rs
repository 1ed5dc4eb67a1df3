//! An organization's security: its pages, what stops people, and the ways in that belong to it.
use crate::harness::{Client, PROXY, TestApp};
use domain::{
    shop_sign_in::{self, Link},
    testing::{self, Company},
};
use model::access::StoreRole;

/// A company, and the browser of somebody who manages it.
async fn managed(app: &TestApp) -> (Company, Client) {
    let domain = &app.t.domain;
    let company = testing::company(domain, "Shop").await;
    let (person, token) = testing::person_and_token(domain, "ada.min@shop.example").await;
    testing::join(domain, &company, &person, StoreRole::Administrator).await;
    let administrator =
        "UPDATE organization_member SET role = 'administrator' WHERE role = 'member'";
    testing::execute(domain, administrator).await;
    (company, app.client_of(&token))
}

async fn member(app: &TestApp, company: &Company) -> Client {
    let (person, token) = testing::person_and_token(&app.t.domain, "mia@shop.example").await;
    testing::join(&app.t.domain, company, &person, StoreRole::Marketer).await;
    app.client_of(&token)
}

fn at(company: &Company, rest: &str) -> String {
    format!("/organizations/{}/security{rest}", company.organization)
}

/// Posts a form and gives the page that it leads to.
async fn post(
    client: &mut Client,
    path: &str,
    company: &Company,
    fields: &[(&str, &str)],
) -> String {
    let organization = company.organization.to_string();
    let mut all = vec![("organization", organization.as_str())];
    all.extend_from_slice(fields);
    let answer = client.post(&format!("/api/security/{path}"), &all).await;
    client.follow(&answer).await.text()
}

domain::both_engines! {
    async fn every_page_is_shown_to_who_manages_the_organization(t: TestDomain) {
        let app = TestApp::new(t);
        let (company, mut client) = managed(&app).await;
        for lang in ["en", "es", "fr", "pl"] {
            client.fetch("/api/session/language", &[("language", lang)]).await;
            for page in ["", "/two-factor", "/addresses", "/addresses/new", "/addresses/exempt",
                "/single-sign-on", "/shops", "/shops/off"] {
                let answer = client.get(&at(&company, page)).await;
                assert_eq!(answer.code(), 200, "{page}: {}", answer.text());
            }
            let secret = at(&company, &format!("/shops/{}/secret", company.store));
            assert_eq!(client.get(&secret).await.code(), 200);
        }
        // What is dangerous asks who it is after a while; looking does not.
        app.t.advance(15 * 60 * 1000);
        assert_eq!(client.get(&at(&company, "")).await.code(), 200);
        let answer = client.get(&at(&company, "/two-factor")).await;
        assert!(answer.location().starts_with("/account/confirm?next="), "{}", answer.location());
    }

    async fn an_address_that_is_not_listed_is_told_so_and_nothing_of_the_list(t: TestDomain) {
        let app = TestApp::new(t);
        let (company, mut client) = managed(&app).await;
        let page = post(&mut client, "addresses/only", &company, &[("on", "on")]).await;
        assert!(page.contains("would lock you out"), "{page}");
        let fields = [("network", "192.0.2.0/24"), ("label", "Main office")];
        let page = post(&mut client, "addresses/add", &company, &fields).await;
        assert!(page.contains("192.0.2.0/24") && page.contains("Main office"), "{page}");
        post(&mut client, "addresses/only", &company, &[("on", "on")]).await;
        let mut here = member(&app, &company).await;
        let store = format!("/stores/{}", company.store);
        assert_eq!(here.get(&store).await.code(), 200);
        // From elsewhere, as a trusted proxy tells; what the client itself claims is not believed.
        let mut there = here.clone().with("x-forwarded-for", "192.0.2.9, 203.0.113.9");
        assert_eq!(there.get(&store).await.code(), 200, "this peer is no proxy");
        there.peer.set_ip(PROXY.parse().unwrap());
        let answer = there.get(&store).await;
        let text = answer.text();
        assert_eq!(answer.code(), 403, "{text}");
        assert!(text.contains("203.0.113.9") && text.contains("owner.shop@shop.example"), "{text}");
        assert!(!text.contains("192.0.2.0") && !text.contains("Main office"), "{text}");
        let answer = there.read("/api/panel", &[("path", store.as_str())]).await;
        assert_eq!(answer.code(), 403, "{}", answer.text());
        // The simulator tells the same.
        let person = testing::count(&app.t.domain, "SELECT COUNT(*) AS n FROM person").await;
        assert_eq!(person, 3);
        let page = client.get(&at(&company, "/addresses?q=203.0.113.9")).await.text();
        let id = page.split("value=\"per_").nth(1).map(|rest| &rest[..32]).expect("somebody to choose");
        let page = client.get(&at(&company, &format!("/addresses?q=203.0.113.9&person=per_{id}"))).await;
        assert!(page.text().contains("not on the list"), "{}", page.text());
    }

    async fn who_lacks_what_is_demanded_is_led_to_it(t: TestDomain) {
        let app = TestApp::new(t);
        let (company, mut client) = managed(&app).await;
        let mut mia = member(&app, &company).await;
        let page = post(&mut client, "two-factor", &company, &[("on", "on"), ("from", "2026-03-02")]).await;
        assert!(page.contains("mia@shop.example"), "{page}");
        let store = format!("/stores/{}", company.store);
        assert_eq!(mia.get(&store).await.code(), 200);
        app.t.advance(24 * 60 * 60 * 1000);
        let answer = mia.get(&store).await;
        assert!(answer.location().starts_with("/me/security"), "{}", answer.location());
        let answer = mia.read("/api/panel", &[("path", store.as_str())]).await;
        assert_eq!(answer.code(), 403);
        assert!(answer.text().contains("/me/security"), "{}", answer.text());
    }

    async fn a_provider_sends_nobody_in_without_a_sign_in_of_this_browser(t: TestDomain) {
        let app = TestApp::new(t);
        let before = app.stored().await;
        let mut client = app.client();
        for query in ["", "?state=x&code=y", "?error=access_denied&state=x", "?state=x&state=y"] {
            let answer = client.get(&format!("/account/sso/callback{query}")).await;
            assert_ne!(answer.code(), 200, "{query}");
            assert!(!client.cookies.contains_key("__Host-session"));
        }
        let answer = client.get("/account/sso/callback?state=x&code=y").await;
        assert_eq!(answer.location(), "/account/sso?problem=expired");
        let page = client.follow(&answer).await;
        assert!(page.text().contains("took too long"), "{}", page.text());
        assert_eq!(app.stored().await, before);
    }

    async fn a_shops_link_opens_a_page_whose_button_signs_in(t: TestDomain) {
        let app = TestApp::new(t);
        let (company, mut client) = managed(&app).await;
        member(&app, &company).await;
        let organization = company.organization.to_string();
        let fields = [("organization", organization.as_str()), ("store", company.store.as_str())];
        let answer = client.post("/api/security/shops/secret", &fields).await;
        let page = client.follow(&answer).await.text();
        let secret = page.split("shs_").nth(1).map(|rest| format!("shs_{}", &rest[..43])).expect("a secret");
        let mut link = Link {
            store: company.store.to_string(),
            email: "mia@shop.example".into(),
            at: (app.t.domain.now() / 1000).to_string(),
            nonce: "0123456789abcdef".into(),
            signature: String::new(),
        };
        link.signature = link.sign(&secret);
        let before = app.stored().await;
        let mut shopper = app.client();
        let address = format!(
            "/account/from-shop?store={}&email={}&at={}&nonce={}&signature={}",
            link.store, link.email, link.at, link.nonce, link.signature
        );
        let page = shopper.get(&address).await.text();
        assert!(page.contains("/api/session/from-shop") && page.contains(&link.signature), "{page}");
        assert_eq!(app.stored().await, before, "opening it changes nothing");
        let fields = [
            ("store", link.store.as_str()), ("email", &link.email), ("at", &link.at),
            ("nonce", &link.nonce), ("signature", &link.signature),
        ];
        let answer = shopper.post("/api/session/from-shop", &fields).await;
        assert_eq!(answer.location(), format!("/stores/{}", company.store));
        assert_eq!(shopper.follow(&answer).await.code(), 200);
        let again = app.client().post("/api/session/from-shop", &fields).await;
        assert_eq!(again.location(), "/account/from-shop");
        let on = shop_sign_in::VALID;
        app.t.advance((on + 1) * 1000);
        let page = app.client().get(&address).await.text();
        assert!(page.contains("expired"), "{page}");
    }
}
