//! Search through the router: who finds what, as a page and as the index of the palette.
use crate::harness::{Actor, TestApp, World};
use model::search::{Entry, Index, Kind, unpack};

const INDEX: &str = "/api/search/index";
/// The texts before the entries.
const LABELS: usize = 7;
const SCRIPT: &str = "\"'></textarea></title><script>ran=1</script><img src=x onerror=ran=1>";

/// The index that an actor gets for a store or an organization.
async fn index(app: &TestApp, w: &World, actor: Actor, place: &str) -> Vec<Entry> {
    let answer = w.client(app, actor).read(INDEX, &[("place", place)]).await;
    assert_eq!(answer.code(), 200, "{actor:?}");
    assert_eq!(answer.header("cache-control"), "no-store");
    let mut texts: Vec<String> = serde_json::from_slice(&answer.body).unwrap();
    unpack(texts.split_off(LABELS))
}

fn find<'a>(entries: &'a [Entry], address: &str) -> &'a Entry {
    let found = entries.iter().find(|entry| entry.address == address);
    found.unwrap_or_else(|| panic!("{address} in {entries:#?}"))
}

async fn save(app: &TestApp, w: &World, name: &str) {
    let store = w.company.store.to_string();
    let fields = [
        ("_store", store.as_str()),
        ("_group", "general"),
        ("_section", "store-details"),
        ("_version", "1"),
        ("name", name),
        ("store_url", "https://shop.example"),
        ("contact_email", "hello@shop.example"),
        ("city", "Łódź"),
    ];
    let parts: Vec<(&str, Option<&str>, &[u8])> =
        fields.iter().map(|(name, value)| (*name, None, value.as_bytes())).collect();
    let saved =
        w.client(app, Actor::Administrator).fetch_upload("/api/settings/save", &parts).await;
    assert!(saved.text().contains("\"done\""), "{}", saved.text());
}

domain::both_engines! {
    async fn everybody_finds_what_they_may_know_of(t: TestDomain) {
        let app = TestApp::new(t);
        let w = World::new(&app, "shop").await;
        save(&app, &w, "Casa Ana").await;
        let store = w.company.store.to_string();
        let details = format!("{}/settings/general/store-details", w.store_path());
        let members = format!("{}/settings/general/members", w.store_path());
        let organization = format!("/organizations/{}", w.company.organization);

        let own = index(&app, &w, Actor::Administrator, &store).await;
        let city = find(&own, &format!("{details}#city"));
        assert_eq!((city.kind, city.text.as_str(), city.needs.as_str()), (Kind::Field, "City", ""));
        assert!(city.words.contains("Łódź") && city.hint.contains("Store details"), "{city:?}");
        assert_eq!(find(&own, &members).needs, "");
        // In the organization the same person is a member only.
        assert_eq!(find(&own, &format!("{organization}/roles")).needs, "Needs Administrator");
        assert_eq!(find(&own, &format!("{organization}/stores")).needs, "");

        // Who may not open it learns what it is called and whom it takes, not what it holds.
        let marketer = index(&app, &w, Actor::Marketer, &store).await;
        let city = find(&marketer, &format!("{details}#city"));
        assert_eq!(city.needs, "Needs Administrator");
        for entry in marketer.iter().filter(|entry| entry.address.starts_with(&details)) {
            assert!(!entry.words.contains("Łódź") && !entry.words.contains("hello"), "{entry:?}");
            assert_eq!(entry.needs, "Needs Administrator");
        }
        assert_eq!(find(&marketer, &members).needs, "Needs Administrator");

        // To everybody else the store does not exist.
        for actor in [Actor::Outsider, Actor::Suspended, Actor::Expired, Actor::Manager] {
            let found = index(&app, &w, actor, &store).await;
            assert!(!found.is_empty());
            let told = format!("{found:?}");
            for secret in [store.as_str(), "Łódź", "Casa Ana", "hello@"] {
                assert!(!told.contains(secret), "{secret} for {actor:?}");
            }
        }
        // Who manages the organization finds all of it.
        let place = w.company.organization.to_string();
        let manager = index(&app, &w, Actor::Manager, &place).await;
        assert_eq!(find(&manager, &format!("{organization}/roles")).needs, "");
        assert!(manager.iter().any(|entry| entry.words.contains("Secret shop")));
        let outsider = index(&app, &w, Actor::Outsider, &place).await;
        assert!(!format!("{outsider:?}").contains(&place));
    }

    async fn the_index_holds_no_secrets_and_no_images(t: TestDomain) {
        let app = TestApp::new(t);
        let w = World::new(&app, "shop").await;
        let store = w.company.store.to_string();
        let entries = index(&app, &w, Actor::Administrator, &store).await;
        let told = format!("{entries:?}");
        for hidden in ["sec_", "img_", "argon2", "invited@"] {
            assert!(!told.contains(hidden), "{hidden}");
        }
        // It is found by typing almost what it is called.
        let index = Index::new(entries);
        let first = index.find("psotal", 12).first().map(|entry| entry.text.clone());
        assert_eq!(first.as_deref(), Some("Postal code"));
        for (typed, kind) in [("dark", Kind::Command), ("french", Kind::Command), ("2fa", Kind::Page), ("sign out", Kind::Command)] {
            assert_eq!(index.find(typed, 12).first().map(|entry| entry.kind), Some(kind), "{typed}");
        }
    }

    async fn the_page_finds_without_scripts(t: TestDomain) {
        let app = TestApp::new(t);
        let w = World::new(&app, "shop").await;
        save(&app, &w, SCRIPT).await;
        let mut client = w.client(&app, Actor::Administrator);
        // The header's field knows where it stands.
        let page = client.get(&w.store_path()).await.text();
        assert!(page.contains("action=\"/search\"") && page.contains(&format!("name=\"in\" value=\"{}\"", w.company.store)), "{page}");
        let at = |typed: &str| format!("/search?q={typed}&in={}", w.company.store);
        let page = client.get(&at("psotal")).await.text();
        let field = format!("{}/settings/general/store-details#postal_code", w.store_path());
        assert!(page.contains(&format!("href=\"{field}\"")), "{page}");
        // The field is there for the fragment to lead to.
        assert!(client.get(&field).await.text().contains("id=\"postal_code\""));
        let page = client.get(&at("mark.eter@shop")).await.text();
        assert!(page.contains("Mark Eter"), "{page}");
        let page = client.get(&at("dark")).await.text();
        assert!(page.contains("action=\"/api/session/theme\"") && page.contains("value=\"dark\""), "{page}");
        let page = client.get(&at("zzzzzz")).await.text();
        assert!(page.contains("Nothing found"), "{page}");
        // Without words it is a map of what there is.
        assert!(client.get("/search").await.text().contains("Sign-in security"));

        // Whatever stands in names or is typed stays text.
        for typed in ["ran", "%3Cscript%3Eran=1%3C/script%3E", "%22%3E%3Cimg%20src=x%3E", "%00", "%F0%9F%92%A9"] {
            let page = client.get(&at(typed)).await;
            assert_eq!(page.code(), 200, "{typed}");
            let page = page.text();
            assert!(!page.contains("<script>ran") && !page.contains("<img src=x"), "{page}");
        }
        assert!(client.get(&at("ran")).await.text().contains("&lt;script&gt;ran=1"));

        // A Marketer learns whom it takes.
        let page = w.client(&app, Actor::Marketer).get(&at("postal")).await.text();
        assert!(page.contains("Needs Administrator"), "{page}");
        assert!(!w.client(&app, Actor::Marketer).get(&at("ad.min")).await.text().contains("Ad Min"));
        for actor in [Actor::Outsider, Actor::Suspended, Actor::Expired] {
            let page = w.client(&app, actor).get(&at("postal")).await.text();
            assert!(!page.contains("store-details"), "{actor:?}");
        }
    }

    async fn it_speaks_the_readers_language_and_english(t: TestDomain) {
        let app = TestApp::new(t);
        let w = World::new(&app, "shop").await;
        let mut client = w.client(&app, Actor::Administrator);
        client.fetch("/api/session/language", &[("language", "pl")]).await;
        for typed in ["kod%20pocztowy", "pocztwoy", "postal%20code"] {
            let page = client.get(&format!("/search?q={typed}&in={}", w.company.store)).await.text();
            assert!(page.contains("#postal_code\""), "{typed}: {page}");
        }
    }
}
