//! Locks, from the form to the stores that must comply, as a browser without wasm goes.
use crate::harness::{Actor, Answer, Client, TestApp, World};

const SAVE: &str = "/api/settings/save";

fn texts<'a>(fields: &[(&'a str, &'a str)]) -> Vec<(&'a str, Option<&'a str>, &'a [u8])> {
    fields.iter().map(|(name, value)| (*name, None, value.as_bytes())).collect()
}

/// Submits right store details but for `changed`.
async fn save(client: &mut Client, w: &World, version: &str, changed: &[(&str, &str)]) -> Answer {
    let store = w.company.store.to_string();
    let mut fields = vec![
        ("_store", store.as_str()),
        ("_group", "general"),
        ("_section", "store-details"),
        ("_version", version),
        ("name", "Fine Shop"),
        ("store_url", "https://shop.example"),
        ("contact_email", "hello@shop.example"),
        ("time_zone", "UTC"),
        ("currency", "EUR"),
        ("language", "en"),
    ];
    fields.extend(changed);
    client.upload(SAVE, &texts(&fields)).await
}

struct Room<'a> {
    client: Client,
    w: &'a World,
    organization: String,
}

impl<'a> Room<'a> {
    fn new(app: &TestApp, w: &'a World) -> Room<'a> {
        let organization = w.company.organization.to_string();
        Room { client: w.client(app, Actor::Manager), w, organization }
    }

    fn at(&self, rest: &str) -> String {
        format!("/organizations/{}/settings/policies{rest}", self.organization)
    }

    async fn check(&mut self, fields: &[(&str, &str)]) -> Answer {
        let organization = self.organization.clone();
        let mut all = vec![
            ("_organization", organization.as_str()),
            ("_section", "store-details"),
            ("_field", "country"),
            ("_version", "0"),
        ];
        all.extend(fields);
        self.client.upload("/api/policies/check", &texts(&all)).await
    }
}

domain::both_engines! {
    async fn a_lock_is_looked_at_set_and_kept(t: TestDomain) {
        let app = TestApp::new(t);
        let w = World::new(&app, "shop").await;
        let mut store = w.client(&app, Actor::Administrator);
        save(&mut store, &w, "1", &[("country", "US")]).await;
        let mut room = Room::new(&app, &w);
        let list = room.client.get(&room.at("")).await.text();
        assert!(list.contains("Nothing is locked"), "{list}");
        let fields = room.client.get(&room.at("/new")).await.text();
        assert!(fields.contains("/policies/new/store-details/country"), "{fields}");
        assert!(!fields.contains("/store-details/logo"), "an image cannot be locked");

        // What was typed comes back with all faults.
        let wrong = room.check(&[("lock.rule", "one_of"), ("lock.one_of[]", "PL"), ("lock.reason", "")]).await;
        assert_eq!(wrong.location(), room.at("/new/store-details/country"));
        let page = room.client.follow(&wrong).await.text();
        assert!(page.contains("lock.reason-error"), "{page}");

        let before = app.stored().await;
        let fits = [("lock.rule", "value"), ("country", "PL"), ("lock.reason", "One <b>law</b>")];
        let looked = room.check(&fits).await;
        let page = room.client.follow(&looked).await.text();
        for sign in ["1 store holds something", "United States", "Poland", "One &lt;b&gt;law", "Ad Min"] {
            assert!(page.contains(sign), "{sign} in {page}");
        }
        let token = looked.location().rsplit('/').next().unwrap().to_owned();
        let organization = room.organization.clone();
        let set = [("organization", organization.as_str()), ("draft", &token), ("existing", "change")];
        let wrong = room.client.post("/api/policies/set", &[&set[..], &[("name", "Other")]].concat()).await;
        let page = room.client.follow(&wrong).await.text();
        assert!(page.contains("name-error"), "{page}");
        assert_eq!(app.stored().await, before, "looking and mistyping change nothing");

        let set = [&set[..], &[("name", "Secret shop")]].concat();
        let done = room.client.post("/api/policies/set", &set).await;
        assert!(done.location().contains("/settings/bulk/bat_"), "{}", done.location());
        let running = room.client.follow(&done).await;
        assert_eq!(running.header("refresh"), "2", "without wasm the page looks again by itself");
        assert!(running.text().contains("<progress value=\"0\" max=\"1\""), "{}", running.text());
        domain::settings::bulk::work_due(&app.t.domain).await.unwrap();
        let finished = room.client.get(done.location()).await;
        assert_eq!(finished.header("refresh"), "");
        assert!(finished.text().contains("Applied: 1"), "{}", finished.text());
        // Twice is once.
        let again = room.client.fetch("/api/policies/set", &set).await;
        assert_eq!(again.code(), 404, "{}", again.text());

        // The store has it, cannot change it, and says why.
        let details = format!("{}/settings/general/store-details", w.store_path());
        let page = store.get(&details).await.text();
        let hidden = "<input type=\"hidden\" name=\"country\" value=\"PL\">";
        assert!(page.contains(hidden), "{page}");
        let refused = save(&mut store, &w, "3", &[("country", "US")]).await;
        let page = store.follow(&refused).await.text();
        assert!(page.contains("country-error"), "{page}");
        let kept = save(&mut store, &w, "3", &[("country", "PL"), ("city", "Lublin")]).await;
        assert!(store.follow(&kept).await.text().contains("value=\"Lublin\""));

        let list = room.client.get(&room.at("")).await.text();
        assert!(list.contains("One &lt;b&gt;law") && list.contains("Poland"), "{list}");
        let start = list.find("pol_").unwrap();
        let policy = &list[start..start + 36];
        let asked = room.client.get(&room.at(&format!("/{policy}/remove"))).await.text();
        assert!(asked.contains("Remove the lock on Country"), "{asked}");
        let fields = [("organization", organization.as_str()), ("policy", policy)];
        let removed = room.client.post("/api/policies/remove", &fields).await;
        assert!(room.client.follow(&removed).await.text().contains("Nothing is locked"));
        let free = save(&mut store, &w, "4", &[("country", "US"), ("city", "Lublin")]).await;
        assert!(store.follow(&free).await.text().contains("Saved."));
        assert_eq!(room.w.company.store, w.company.store);
    }
}
