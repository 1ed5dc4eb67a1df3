//! A store's logo and colours: in its settings, on the page that accepts an invitation, in the
//! demonstration's mailbox.
use crate::{
    details::PNG,
    harness::{Actor, Client, TestApp, World},
};
use domain::testing;
use http::header;

const OWN: [(&str, &str); 4] =
    [("scheme", "custom"), ("primary", "#ffcc00"), ("background", "#101010"), ("text", "#fefefe")];
const SHEET: &str = "/brand/ffcc00-101010-fefefe.css";

fn page(w: &World) -> String {
    format!("{}/settings/general/branding", w.store_path())
}

/// Saves a form of the section; with a logo or without.
async fn save(client: &mut Client, w: &World, version: &str, fields: &[(&str, &str)], logo: bool) {
    let store = w.company.store.to_string();
    let head = [
        ("_store", store.as_str()),
        ("_group", "general"),
        ("_section", "branding"),
        ("_version", version),
    ];
    let all = head.iter().chain(fields);
    let mut parts: Vec<(&str, Option<&str>, &[u8])> =
        all.map(|(name, value)| (*name, None, value.as_bytes())).collect();
    if logo {
        parts.push(("logo", Some("logo.png"), PNG));
    }
    let done = client.upload("/api/settings/save", &parts).await;
    assert_eq!(done.location(), page(w), "{}", done.text());
}

domain::both_engines! {
    async fn the_acceptance_page_is_in_the_stores_colours_and_shows_its_logo(t: TestDomain) {
        let app = TestApp::new(t);
        let w = World::new(&app, "shop").await;
        let place = format!("/invitations/{}", w.invitation_token(&app));
        let mut guest = app.client();
        let before = guest.get(&place).await;
        assert!(!before.text().contains("/brand/") && !before.text().contains("brand-logo"));
        assert_eq!(guest.get(&format!("{place}/logo")).await.code(), 404);

        let mut admin = w.client(&app, Actor::Administrator);
        save(&mut admin, &w, "0", &OWN, true).await;
        let after = guest.get(&place).await;
        for part in [SHEET, "brand-head", &format!("{place}/logo")] {
            assert!(after.text().contains(part), "{part} in {}", after.text());
        }
        assert!(!after.text().contains("style="), "no style that the policy blocks");
        let logo = guest.get(&format!("{place}/logo")).await;
        assert_eq!(logo.code(), 200);
        assert!(logo.headers[header::CONTENT_TYPE].to_str().unwrap().starts_with("image/"));
        let policy = logo.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.contains("default-src 'none'"), "{policy}");
        assert_eq!(guest.get("/invitations/made-up/logo").await.code(), 404);

        // What the link opened closes with it.
        testing::execute(&app.t.domain, "UPDATE invitation SET ended_at = 1, how = 'cancelled'").await;
        assert_eq!(guest.get(&format!("{place}/logo")).await.code(), 404);
    }

    async fn a_style_sheet_is_its_address_and_nothing_else(t: TestDomain) {
        let app = TestApp::new(t);
        let mut anybody = app.client();
        let sheet = anybody.get(SHEET).await;
        assert_eq!((sheet.code(), sheet.headers[header::CONTENT_TYPE].to_str().unwrap()), (200, "text/css; charset=utf-8"));
        assert!(sheet.text().contains("--brand-on-primary:#000000"));
        assert!(sheet.headers[header::CACHE_CONTROL].to_str().unwrap().contains("immutable"));
        let schemes = anybody.get("/brand/schemes.css").await;
        assert!(schemes.text().contains("[value=night]:checked"));
        for odd in ["red", "ffcc00-101010-fefefe", "ffcc00-101010.css", "ffcc00-101010-fefef%7D.css", "%7D*%7Bx-y-z.css"] {
            assert_eq!(anybody.get(&format!("/brand/{odd}")).await.code(), 404, "{odd}");
        }
    }

    async fn the_section_previews_what_is_stored(t: TestDomain) {
        let app = TestApp::new(t);
        let w = World::new(&app, "shop").await;
        let mut admin = w.client(&app, Actor::Administrator);
        save(&mut admin, &w, "0", &OWN, false).await;
        let text = admin.get(&page(&w)).await.text().to_owned();
        for part in [SHEET, "/brand/schemes.css", "data-preview", "Secret shop", "18.8:1"] {
            assert!(text.contains(part), "{part} in {text}");
        }
        assert!(!text.contains("style="), "no style that the policy blocks");
    }

    async fn a_colour_that_cannot_be_read_is_a_fault_of_its_field(t: TestDomain) {
        let app = TestApp::new(t);
        let w = World::new(&app, "shop").await;
        let mut admin = w.client(&app, Actor::Administrator);
        let store = w.company.store.to_string();
        let wrong = [("_store", store.as_str()), ("_group", "general"), ("_section", "branding"),
            ("_version", "0"), ("scheme", "custom"), ("primary", "red\"><script>"),
            ("background", "#ffffff"), ("text", "#eeeeee")];
        let parts: Vec<(&str, Option<&str>, &[u8])> =
            wrong.iter().map(|(name, value)| (*name, None, value.as_bytes())).collect();
        let refused = admin.fetch_upload("/api/settings/save", &parts).await;
        for field in ["primary", "text"] {
            assert!(refused.text().contains(&format!("\"field\":\"{field}\"")), "{}", refused.text());
        }
        let plain = admin.upload("/api/settings/save", &parts).await;
        assert!(!admin.follow(&plain).await.text().contains("red\"><script>"));
    }
}
