//! The organization manager through the router: what it says of itself.
use crate::harness::{Actor, Answer, Client, TestApp, World};

const SAVE: &str = "/api/settings/save";

/// A browser with the form of the organization's information.
struct Form<'a> {
    client: Client,
    w: &'a World,
    version: String,
}

impl<'a> Form<'a> {
    fn new(app: &TestApp, w: &'a World) -> Form<'a> {
        Form { client: w.client(app, Actor::Manager), w, version: "1".into() }
    }

    fn page(&self) -> String {
        format!("/organizations/{}/information", self.w.company.organization)
    }

    /// Submits what was typed, with a logo.
    async fn save(&mut self, fields: &[(&str, &str)], logo: &[u8]) -> Answer {
        let organization = self.w.company.organization.to_string();
        let mut all = vec![
            ("_organization", organization.as_str()),
            ("_group", "organization"),
            ("_section", "information"),
            ("_version", self.version.as_str()),
        ];
        all.extend(fields);
        let mut parts: Vec<(&str, Option<&str>, &[u8])> =
            all.iter().map(|(name, value)| (*name, None, value.as_bytes())).collect();
        parts.push(("logo.file", Some("logo.png"), logo));
        self.client.upload(SAVE, &parts).await
    }
}

domain::both_engines! {
    async fn information_is_saved_shown_and_guarded_like_a_stores(t: TestDomain) {
        let app = TestApp::new(t);
        let w = World::new(&app, "shop").await;
        let (mut first, mut second) = (Form::new(&app, &w), Form::new(&app, &w));
        let saved = first.save(&[("name", "Łódź Group"), ("tax_id", "PL 123"), ("city", "Gdańsk")], super::details::PNG).await;
        assert_eq!(saved.location(), first.page());
        let page = first.client.follow(&saved).await.text();
        for sign in ["value=\"Łódź Group\"", "value=\"PL 123\"", "Saved."] {
            assert!(page.contains(sign), "{sign} in {page}");
        }
        // Its name stands on the other pages from now on.
        let stores = format!("/organizations/{}/stores", w.company.organization);
        assert!(w.client(&app, Actor::Marketer).get(&stores).await.text().contains("Łódź Group"));
        // Who may not change it sees it and finds nothing to press.
        let seen = w.client(&app, Actor::Marketer).get(&first.page()).await.text();
        assert!(seen.contains("PL 123") && seen.contains("but not change them"), "{seen}");

        let before = app.stored().await;
        let refused = second.save(&[("name", "Other Group"), ("city", "Lyon")], b"").await;
        let page = second.client.follow(&refused).await.text();
        for sign in ["Łódź Group", "Other Group", "Gdańsk", "Lyon"] {
            assert!(page.contains(sign), "{sign} in {page}");
        }
        second.version = "2".into();
        let refused = second.save(&[("name", ""), ("contact_email", "nobody")], b"<svg/>").await;
        let page = second.client.follow(&refused).await.text();
        assert!(page.contains("value=\"nobody\"") && page.contains("is not a PNG"), "{page}");
        assert_eq!(app.stored().await, before, "nothing half done");
    }

    async fn its_logo_is_for_its_members(t: TestDomain) {
        let app = TestApp::new(t);
        let w = World::new(&app, "shop").await;
        let mut form = Form::new(&app, &w);
        let saved = form.save(&[("name", "Group")], super::details::PNG).await;
        let page = form.client.follow(&saved).await.text();
        let start = page.find("/media/img_").unwrap_or_else(|| panic!("no logo in {page}"));
        let address = &page[start..start + "/media/img_".len() + 32];
        for actor in Actor::ALL {
            let member = matches!(actor, Actor::Marketer | Actor::Administrator | Actor::Manager);
            let image = w.client(&app, actor).get(address).await;
            assert_eq!(image.code(), if member { 200 } else { 404 }, "{actor:?}");
        }
    }
}
