//! The organization manager through the router: what it says of itself, and whom it
//! invites at once.
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
        format!("/organizations/{}/settings/organization/information", self.w.company.organization)
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
            let member = !actor.is_stranger();
            let image = w.client(&app, actor).get(address).await;
            assert_eq!(image.code(), if member { 200 } else { 404 }, "{actor:?}");
        }
    }

    async fn a_file_of_addresses_is_read_like_a_typed_list(t: TestDomain) {
        let app = TestApp::new(t);
        let w = World::new(&app, "shop").await;
        let organization = w.company.organization.to_string();
        let store = w.company.store.to_string();
        let file: &[u8] = b"Name;Email\r\nEva;eva@new.example\r\nLeo;leo@new.example\r\nNobody;nowhere\r\n";
        let parts = |ends: &'static str, file: &'static [u8]| -> Vec<(&str, Option<&str>, Vec<u8>)> {
            vec![
                ("organization", None, organization.clone().into_bytes()),
                ("emails", None, b"ana@new.example".to_vec()),
                ("role", None, b"member".to_vec()),
                ("stores[]", None, store.clone().into_bytes()),
                ("store_role", None, b"marketer".to_vec()),
                ("ends", None, ends.as_bytes().to_vec()),
                ("list", Some("people.csv"), file.to_vec()),
            ]
        };
        let mut client = w.client(&app, Actor::Manager);
        let mut invite = async |parts: Vec<(&str, Option<&str>, Vec<u8>)>| {
            let parts: Vec<_> = parts.iter().map(|(name, file, body)| (*name, *file, body.as_slice())).collect();
            let answer = client.upload("/api/organization/invite", &parts).await;
            client.follow(&answer).await.text()
        };
        let before = app.stored().await;
        // What the file held is in the form again where something else was wrong.
        let page = invite(parts("2001-01-01", file)).await;
        assert!(page.contains("eva@new.example") && page.contains("ana@new.example"), "{page}");
        let page = invite(parts("", b"PK\x03\x04\0\0")).await;
        assert!(page.contains("ana@new.example"), "{page}");
        assert_eq!(app.stored().await, before, "nobody was invited");
        let page = invite(parts("", file)).await;
        for (address, result) in [("ana@new.example", "Invited"), ("eva@new.example", "Invited"), ("leo@new.example", "Invited"), ("Nobody nowhere", "Not an email address")] {
            let row = page.split("<tr").find(|row| row.contains(address)).unwrap_or_else(|| panic!("{address} in {page}"));
            assert!(row.contains(result), "{result} in {row}");
        }
        assert!(!page.contains(">Name"), "the heading is no address");
        let n = domain::testing::count(&app.t.domain, "SELECT COUNT(*) AS n FROM invitation_store s JOIN invitation i ON i.id = s.invitation_id WHERE i.email LIKE '%@new.example'").await;
        assert_eq!(n, 3);
    }
}
