//! Saving a section of settings: values, conflicts, files, text that looks like markup.
use crate::harness::{Actor, Answer, Client, TestApp, World};

const SAVE: &str = "/api/settings/save";
/// What breaks out of whatever is not escaped.
const PAYLOAD: &str = "</textarea></title><script>alert(1)</script><img src=x onerror=alert(2)>\"'";

/// A right set of values.
const RIGHT: [(&str, &str); 4] = [
    ("name", "Fine Shop"),
    ("store_url", "https://shop.example"),
    ("contact_email", "hello@shop.example"),
    ("country", "ES"),
];

/// A browser with the form of the store's details.
struct Form<'a> {
    client: Client,
    w: &'a World,
    version: String,
}

impl<'a> Form<'a> {
    fn new(app: &TestApp, w: &'a World) -> Form<'a> {
        Form { client: w.client(app, Actor::Administrator), w, version: "1".into() }
    }

    fn page(&self) -> String {
        format!("{}/settings/general/store-details", self.w.store_path())
    }

    /// Submits right values but for `changed`, with `files`.
    async fn save(
        &mut self,
        changed: &[(&str, &str)],
        files: &[(&str, &[u8])],
        plain: bool,
    ) -> Answer {
        let store = self.w.company.store.to_string();
        let mut fields = vec![
            ("_store", store.as_str()),
            ("_group", "general"),
            ("_section", "store-details"),
            ("_version", self.version.as_str()),
        ];
        fields.extend(
            RIGHT.iter().filter(|(name, _)| !changed.iter().any(|(other, _)| other == name)),
        );
        fields.extend(changed);
        let texts = fields.iter().map(|(name, value)| (*name, None, value.as_bytes()));
        let files = files.iter().map(|(name, bytes)| (*name, Some("picture.png"), *bytes));
        let parts: Vec<(&str, Option<&str>, &[u8])> = texts.chain(files).collect();
        if plain {
            self.client.upload(SAVE, &parts).await
        } else {
            self.client.fetch_upload(SAVE, &parts).await
        }
    }
}

/// A PNG of one pixel.
pub(crate) const PNG: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, b'I', b'H', b'D', b'R', 0, 0, 0,
    1, 0, 0, 0, 1, 8, 6, 0, 0, 0, 0x1f, 0x15, 0xc4, 0x89, 0, 0, 0, 0x0d, b'I', b'D', b'A', b'T',
    0x78, 0x9c, 0x63, 0xf8, 0xcf, 0xc0, 0xf0, 0x1f, 0, 5, 0, 1, 0xff, 0x89, 0x99, 0x3d, 0x1d, 0, 0,
    0, 0, b'I', b'E', b'N', b'D', 0xae, 0x42, 0x60, 0x82,
];

domain::both_engines! {
    async fn a_save_is_shown_by_the_page_and_the_selector(t: TestDomain) {
        let app = TestApp::new(t);
        let w = World::new(&app, "shop").await;
        let mut form = Form::new(&app, &w);
        let saved = form.save(&[("name", "Żółta Łódź")], &[], true).await;
        assert_eq!(saved.location(), form.page());
        let page = form.client.follow(&saved).await;
        assert!(page.text().contains("value=\"Żółta Łódź\"") && page.text().contains("Saved."), "{}", page.text());
        assert!(w.client(&app, Actor::Marketer).get(&w.store_path()).await.text().contains("Żółta Łódź"));
    }

    async fn every_fault_comes_back_beside_what_was_typed(t: TestDomain) {
        let app = TestApp::new(t);
        let w = World::new(&app, "shop").await;
        let mut form = Form::new(&app, &w);
        let before = app.stored().await;
        let long = "x".repeat(81);
        let wrong = [("name", long.as_str()), ("contact_email", "nobody"), ("store_url", "javascript:alert(1)"), ("country", "XX")];
        let data = form.save(&wrong, &[], false).await;
        for field in ["name", "contact_email", "store_url", "country"] {
            assert!(data.text().contains(&format!("\"field\":\"{field}\"")), "{field}: {}", data.text());
        }
        let refused = form.save(&wrong, &[], true).await;
        let page = form.client.follow(&refused).await;
        assert!(page.text().contains(&long) && page.text().contains("value=\"nobody\""), "{}", page.text());
        assert_eq!(app.stored().await, before, "nothing half done");
    }

    async fn a_stale_save_shows_both_sides(t: TestDomain) {
        let app = TestApp::new(t);
        let w = World::new(&app, "shop").await;
        let (mut first, mut second) = (Form::new(&app, &w), Form::new(&app, &w));
        first.save(&[("city", "Madrid")], &[], true).await;
        let before = app.stored().await;
        let data = second.save(&[("city", "Lyon")], &[], false).await;
        assert!(data.text().contains("\"stale\"") && data.text().contains("Madrid"), "{}", data.text());
        let refused = second.save(&[("city", "Lyon")], &[], true).await;
        let page = second.client.follow(&refused).await;
        assert!(page.text().contains("Madrid") && page.text().contains("Lyon"), "{}", page.text());
        assert_eq!(app.stored().await, before);
        second.version = "2".into();
        assert!(second.save(&[("city", "Lyon")], &[], false).await.text().contains("\"done\""));
    }

    async fn markup_is_text_everywhere(t: TestDomain) {
        let app = TestApp::new(t);
        let w = World::new(&app, "shop").await;
        let mut form = Form::new(&app, &w);
        let fields = ["name", "legal_name", "street", "city", "region", "postal_code"];
        let short: String = PAYLOAD.chars().take(80).collect();
        let code: String = "\"><script>x".chars().take(16).collect();
        let value = |field: &str| if field == "postal_code" { code.as_str() } else { short.as_str() };
        let changed: Vec<(&str, &str)> = fields.iter().map(|field| (*field, value(field))).collect();
        let saved = form.save(&changed, &[], true).await;
        assert_eq!(saved.location(), form.page());
        // Refused input comes back into every field, also of those that cannot hold such text.
        let all: Vec<(&str, &str)> = RIGHT.iter().map(|(name, _)| (*name, PAYLOAD)).collect();
        let pages = [
            form.client.follow(&saved).await,
            { let refused = form.save(&all, &[], true).await; form.client.follow(&refused).await },
            form.client.get(&w.store_path()).await,
            form.client.get("/stores").await,
            form.client.get(&format!("{}/settings/general/members?q={}", w.store_path(), "%3C/title%3E%3Cscript%3Ealert(1)%3C/script%3E")).await,
            form.client.get("/sign-in?next=%22%3E%3Cscript%3Ealert(1)%3C/script%3E").await,
            app.client().get("/invitations/%3Cscript%3Ealert(1)%3C%2Fscript%3E").await,
            app.client().get("/%3Cscript%3Ealert(1)%3C%2Fscript%3E").await,
        ];
        for page in pages {
            let text = page.text();
            for sign in ["<script>alert", "<img src=x", "</textarea></title>", "\"><script>x"] {
                assert!(!text.contains(sign), "{sign} in {text}");
            }
        }
    }

    async fn a_logo_is_stored_and_only_members_see_it(t: TestDomain) {
        let app = TestApp::new(t);
        let w = World::new(&app, "shop").await;
        let mut form = Form::new(&app, &w);
        let saved = form.save(&[], &[("logo.file", PNG)], true).await;
        let page = form.client.follow(&saved).await.text();
        let start = page.find("/media/img_").unwrap_or_else(|| panic!("no logo in {page}"));
        let address = &page[start..start + "/media/img_".len() + 32];
        for actor in Actor::ALL {
            let image = w.client(&app, actor).get(address).await;
            let member = !actor.is_stranger();
            assert_eq!(image.code(), if member { 200 } else { 404 }, "{actor:?}");
            if member {
                assert_eq!(image.header("content-security-policy"), "default-src 'none'; frame-ancestors 'none'");
                assert_eq!(image.header("cache-control"), "private, max-age=31536000, immutable");
                assert!(image.header("content-type").starts_with("image/"));
            }
        }
    }

    async fn a_fake_or_huge_image_is_a_fault_of_its_field(t: TestDomain) {
        let app = TestApp::new(t);
        let w = World::new(&app, "shop").await;
        let mut form = Form::new(&app, &w);
        let before = app.stored().await;
        let huge = vec![0_u8; 50 << 20];
        let svg: &[u8] = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";
        for (bytes, says) in [(svg, "is not a PNG"), (&PNG[..40], "is not a PNG"), (&huge, "is too large")] {
            let refused = form.save(&[("city", "Kept")], &[("logo.file", bytes)], true).await;
            let page = form.client.follow(&refused).await;
            assert!(page.text().contains(says) && page.text().contains("value=\"Kept\""), "{}", page.text());
            assert_eq!(app.stored().await, before, "nothing half done");
        }
    }
}
