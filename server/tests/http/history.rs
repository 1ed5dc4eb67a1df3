//! The history of settings, putting back, notes at fields, and who else has a section open.
use crate::harness::{Actor, Answer, Client, TestApp, World};
use domain::testing::{audited, execute};

const PUT_BACK: &str = "/api/settings/put-back";
const STAY: &str = "/api/presence/stay";
const LEAVE: &str = "/api/presence/leave";
const PAYLOAD: &str = "</title><script>alert(1)</script><img src=x onerror=alert(2)>\"'";
/// Makes the store's Administrators those who may see settings and not change them.
const VIEWERS: [&str; 2] = [
    "INSERT INTO role (id, organization_id, name, name_key, permissions, version, created_at, changed_at)
     SELECT 'rol_00000000000000000000000000000001', s.organization_id, 'Viewer', 'viewer',
         '[\"view_store\",\"view_settings\"]', 1, 0, 0
     FROM store s JOIN organization o ON o.id = s.organization_id WHERE o.name LIKE 'Secret%'",
    "UPDATE store_member SET role = 'rol_00000000000000000000000000000001'
     WHERE role = 'administrator' AND store_id IN (SELECT s.id FROM store s
         JOIN organization o ON o.id = s.organization_id WHERE o.name LIKE 'Secret%')",
];

/// The store's details in the hands of one of the world's people.
struct Details<'a> {
    client: Client,
    w: &'a World,
    version: i64,
}

impl<'a> Details<'a> {
    fn new(app: &TestApp, w: &'a World, actor: Actor) -> Details<'a> {
        Details { client: w.client(app, actor), w, version: 1 }
    }

    fn page(&self, rest: &str) -> String {
        format!("{}/settings/general/store-details{rest}", self.w.store_path())
    }

    async fn form(&mut self, changed: &[(&str, &str)], more: &[(&str, &str)]) -> Answer {
        let (store, version) = (self.w.company.store.to_string(), self.version.to_string());
        let right = [
            ("name", "Fine Shop"),
            ("store_url", "https://shop.example"),
            ("contact_email", "hello@shop.example"),
        ];
        let mut fields = vec![
            ("_store", store.as_str()),
            ("_group", "general"),
            ("_section", "store-details"),
            ("_version", version.as_str()),
        ];
        fields.extend(
            right.iter().filter(|(name, _)| changed.iter().all(|(other, _)| other != name)),
        );
        fields.extend(changed.iter().chain(more));
        let parts: Vec<_> =
            fields.iter().map(|(name, value)| (*name, None, value.as_bytes())).collect();
        self.client.upload("/api/settings/save", &parts).await
    }

    async fn save(&mut self, changed: &[(&str, &str)]) {
        let saved = self.form(changed, &[]).await;
        assert_eq!(saved.location(), self.page(""));
        let page = self.client.follow(&saved).await;
        assert!(page.text().contains("Saved."), "{}", page.text());
        self.version += 1;
    }

    async fn shows(&mut self, rest: &str) -> String {
        let page = self.client.get(&self.page(rest)).await;
        assert_eq!(page.code(), 200, "{rest}: {}", page.text());
        page.text()
    }

    async fn put_back(&mut self, what: &str, version: i64, seen: i64, plain: bool) -> Answer {
        let store = self.w.company.store.to_string();
        let (version, seen) = (version.to_string(), seen.to_string());
        let fields = [
            ("place", store.as_str()),
            ("section", "store-details"),
            ("what", what),
            ("version", &version),
            ("seen", &seen),
            ("leave", ""),
        ];
        match plain {
            true => self.client.post(PUT_BACK, &fields).await,
            false => self.client.fetch(PUT_BACK, &fields).await,
        }
    }

    async fn presence(&mut self, function: &str) -> Answer {
        let store = self.w.company.store.to_string();
        self.client.fetch(function, &[("place", &store), ("section", "store-details")]).await
    }
}

/// Sends the form of a store's localization as its page has it, but for `fields`.
async fn save_localization(
    client: &mut Client,
    w: &World,
    page: &str,
    fields: &[(&str, &str)],
) -> Answer {
    let shown = client.get(page).await.text();
    let version = shown.split("name=\"_version\" value=\"").nth(1).unwrap();
    let version = version.split('"').next().unwrap();
    let store = w.company.store.to_string();
    let mut all = vec![
        ("_store", store.as_str()),
        ("_group", "general"),
        ("_section", "localization"),
        ("_version", version),
    ];
    all.extend(fields);
    let parts: Vec<_> = all.iter().map(|(name, value)| (*name, None, value.as_bytes())).collect();
    client.upload("/api/settings/save", &parts).await
}

domain::both_engines! {
    async fn a_change_is_listed_opened_previewed_and_undone(t: TestDomain) {
        let app = TestApp::new(t);
        let w = World::new(&app, "shop").await;
        let mut details = Details::new(&app, &w, Actor::Administrator);
        details.save(&[("city", "Lugo")]).await;
        details.save(&[("city", "Vigo"), ("region", "Galicia")]).await;
        assert!(details.shows("").await.contains("/store-details/history\""), "the page leads to its history");
        let list = details.shows("/history").await;
        for part in ["Lugo → Vigo", "Ad Min", "192.0.2.1", "Version 3", "As it was created", "/history/3\""] {
            assert!(list.contains(part), "{part} is not in {list}");
        }
        let place = details.client.get(&format!("{}/settings/history", w.store_path())).await.text();
        assert!(place.contains("Lugo → Vigo") && place.contains("Store details"), "{place}");
        let version = details.shows("/history/3").await;
        assert!(version.contains("/history/3/undo\"") && !version.contains("/history/3/return"), "{version}");
        assert!(details.shows("/history/2").await.contains("/history/2/return\""));
        let preview = details.shows("/history/3/undo").await;
        assert!(preview.contains("name=\"seen\" value=\"3\"") && preview.contains("Galicia"), "{preview}");

        let entries = audited(&app.t.domain, "").await;
        let done = details.put_back("undo", 3, 3, true).await;
        assert_eq!(done.location(), details.page("/history"));
        let list = details.client.follow(&done).await.text();
        assert!(list.contains("Undid version 3") && list.contains("Put back"), "{list}");
        assert_eq!(audited(&app.t.domain, "").await, entries + 1);
        let page = details.shows("").await;
        assert!(page.contains("value=\"Lugo\"") && !page.contains("Galicia"), "{page}");
        // A return, also to what the store began with as far as that may be.
        assert!(details.put_back("return", 3, 4, false).await.text().contains("\"done\""));
        assert!(details.shows("").await.contains("Galicia"));
        let first = details.shows("/history/1/return").await;
        assert!(first.contains("Fill in this field.") && first.contains("Put back the other fields"), "{first}");
    }

    async fn a_stale_preview_is_refused_and_made_anew(t: TestDomain) {
        let app = TestApp::new(t);
        let w = World::new(&app, "shop").await;
        let mut details = Details::new(&app, &w, Actor::Administrator);
        details.save(&[("city", "Lugo")]).await;
        details.save(&[("city", "Vigo")]).await;
        details.save(&[("city", "Vigo"), ("region", "Galicia")]).await;
        let before = app.stored().await;
        let refused = details.put_back("undo", 3, 3, true).await;
        assert_eq!(refused.location(), details.page("/history/3/undo"));
        let page = details.client.follow(&refused).await.text();
        assert!(page.contains("saved again in the meantime") && page.contains("name=\"seen\" value=\"4\""), "{page}");
        // A script is sent to the page as well.
        let answer = details.put_back("undo", 3, 3, false).await.text();
        assert!(answer.contains("/history/3/undo") && answer.contains("\"reload\":true"), "{answer}");
        assert!(details.shows("/history/3/undo").await.contains("saved again in the meantime"));
        for (what, version) in [("undo", 1), ("undo", 9), ("return", 9), ("return", 0), ("undo", -1)] {
            assert_eq!(details.put_back(what, version, 4, false).await.code(), 404, "{what} {version}");
        }
        assert!(details.put_back("other", 2, 4, false).await.text().contains("reload"));
        assert_eq!(app.stored().await, before, "nothing was changed");
    }

    async fn who_may_only_see_settings_sees_their_history_and_undoes_nothing(t: TestDomain) {
        let app = TestApp::new(t);
        let w = World::new(&app, "shop").await;
        let mut details = Details::new(&app, &w, Actor::Administrator);
        details.save(&[("city", "Lugo")]).await;
        details.save(&[("city", "Vigo")]).await;
        for statement in VIEWERS {
            execute(&app.t.domain, statement).await;
        }
        let before = app.stored().await;
        let version = details.shows("/history/3").await;
        assert!(version.contains("Vigo") && !version.contains("/undo"), "{version}");
        for rest in ["/history/3/undo", "/history/2/return"] {
            assert_eq!(details.client.get(&details.page(rest)).await.code(), 403, "{rest}");
        }
        assert_eq!(details.put_back("undo", 3, 3, false).await.code(), 403);
        let page = details.shows("").await;
        assert!(!page.contains("_reset"), "{page}");
        let mut stranger = Details::new(&app, &w, Actor::Outsider);
        for rest in ["/history", "/history/3", "/history/3/undo", "/history/compare"] {
            assert_eq!(stranger.client.get(&stranger.page(rest)).await.code(), 404, "{rest}");
        }
        assert_eq!(stranger.put_back("undo", 3, 3, false).await.code(), 404);
        assert_eq!(app.stored().await, before);
    }

    async fn markup_in_old_and_new_values_is_text(t: TestDomain) {
        let app = TestApp::new(t);
        let w = World::new(&app, "shop").await;
        let mut details = Details::new(&app, &w, Actor::Administrator);
        details.save(&[("legal_name", PAYLOAD)]).await;
        details.save(&[("legal_name", "Plain")]).await;
        details.save(&[("legal_name", PAYLOAD), ("city", PAYLOAD)]).await;
        let odd = "?after=%3Cscript%3Ealert(1)%3C/script%3E&version=%22%3E%3Cscript%3Ealert(1)&with=x";
        for rest in [
            "", "/history", "/history/2", "/history/3", "/history/3/undo", "/history/2/return",
            "/history/compare?version=2&with=4", &format!("/history/compare{odd}"), &format!("/history{odd}"),
        ] {
            let text = details.shows(rest).await;
            for sign in ["<script>alert", "<img src=x", "</title><script"] {
                assert!(!text.contains(sign), "{rest}: {sign} in {text}");
            }
        }
        let place = details.client.get(&format!("{}/settings/history", w.store_path())).await.text();
        assert!(!place.contains("<script>alert") && place.contains("&lt;script"), "{place}");
    }

    async fn two_versions_are_compared(t: TestDomain) {
        let app = TestApp::new(t);
        let w = World::new(&app, "shop").await;
        let mut details = Details::new(&app, &w, Actor::Administrator);
        details.save(&[("city", "Lugo")]).await;
        details.save(&[("city", "Vigo")]).await;
        let newest = details.shows("/history/compare").await;
        assert!(newest.contains("Lugo") && newest.contains("Vigo"), "{newest}");
        let first = details.shows("/history/compare?version=1&with=2").await;
        assert!(first.contains("Lugo") && !first.contains("Vigo") && first.contains("shop.example"), "{first}");
        assert!(details.shows("/history/compare?version=2&with=2").await.contains("do not differ"));
        for odd in ["version=0&with=2", "version=2&with=9", "version=x&with=1", "version=99999999999999999999&with=1"] {
            assert!(details.shows(&format!("/history/compare?{odd}")).await.contains("no such version"), "{odd}");
        }
    }

    async fn a_field_is_set_back_with_all_that_was_typed_and_nothing_is_saved(t: TestDomain) {
        let app = TestApp::new(t);
        let w = World::new(&app, "shop").await;
        let mut client = w.client(&app, Actor::Administrator);
        let page = format!("{}/settings/general/localization", w.store_path());
        let answer = save_localization(&mut client, &w, &page, &[("currency", "PLN")]).await;
        let shown = client.follow(&answer).await.text();
        assert!(shown.contains("Saved."), "{shown}");
        for part in ["Default: ", "name=\"_reset\" value=\"currency\"", "data-default=\"EUR\"", "/localization/history/", "Modified"] {
            assert!(shown.contains(part), "{part} is not in {shown}");
        }
        assert!(!shown.contains("value=\"time_zone\""), "nothing stands at a field that nobody touched");
        let before = app.stored().await;
        let typed = [("currency", "PLN"), ("time_zone", "Europe/Warsaw")];
        for field in ["currency", "no_such_field"] {
            let fields = [typed.as_slice(), &[("_reset", field)]].concat();
            let answer = save_localization(&mut client, &w, &page, &fields).await;
            assert_eq!(answer.location(), page);
            let shown = client.follow(&answer).await.text();
            let currency = if field == "currency" { "EUR" } else { "PLN" };
            for (value, says) in [("Europe/Warsaw", "what was typed stays"), (currency, "this one is set back")] {
                assert!(shown.contains(&format!("<option value=\"{value}\" selected")), "{says}: {shown}");
            }
            assert!(shown.contains("data-dirty"), "{shown}");
            assert_eq!(app.stored().await, before);
        }
    }

    async fn who_else_has_a_section_open_is_told(t: TestDomain) {
        let app = TestApp::new(t);
        let w = World::new(&app, "shop").await;
        let mut owner = Details::new(&app, &w, Actor::Administrator);
        owner.client = app.client_of(&domain::testing::another_session(&app.t.domain, &w.company.owner).await);
        let mut details = Details::new(&app, &w, Actor::Administrator);
        assert!(!owner.shows("").await.contains("is editing this section"));
        let page = details.shows("").await;
        let name = w.company.owner.person.name();
        assert!(page.contains(&format!("{name} is editing this section too (opened just now).")), "{page}");
        let told = owner.presence(STAY).await.text();
        assert!(told.contains("Ad Min\\n") && told.contains("opened just now"), "{told}");
        // A heartbeat is no use of the session.
        let used = "SELECT MAX(last_used_at) AS n FROM session";
        let before = domain::testing::count(&app.t.domain, used).await;
        app.t.advance(600_000);
        assert_eq!(owner.presence(STAY).await.text(), "\"\\n\"", "who was not seen for so long is gone");
        assert_eq!(domain::testing::count(&app.t.domain, used).await, before);
        assert!(details.shows("").await.contains("is editing this section"));
        assert_eq!(owner.presence(LEAVE).await.code(), 200);
        assert!(!details.shows("").await.contains("is editing this section"));
        let mut stranger = Details::new(&app, &w, Actor::Outsider);
        assert_eq!(stranger.presence(STAY).await.code(), 404);
        let mut marketer = Details::new(&app, &w, Actor::Marketer);
        assert_eq!(marketer.presence(STAY).await.code(), 403);
        let odd = owner.client.fetch(STAY, &[("place", "x"), ("section", "store-details")]).await;
        assert_eq!(odd.code(), 404);
    }
}
