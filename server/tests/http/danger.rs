//! A save that affects others: they are shown, and it is confirmed, before anything is stored.
use crate::harness::{Actor, Answer, Client, TestApp, World};

const SAVE: &str = "/api/settings/save";

async fn save(client: &mut Client, w: &World, changed: &[(&str, &str)], plain: bool) -> Answer {
    let store = w.company.store.to_string();
    let mut fields = vec![
        ("_store", store.as_str()),
        ("_group", "general"),
        ("_section", "store-details"),
        ("_version", "2"),
        ("_version", "2"),
        ("name", "Fine Shop"),
        ("contact_email", "hello@shop.example"),
        ("time_zone", "UTC"),
        ("currency", "EUR"),
        ("language", "en"),
    ];
    fields.extend(changed);
    let parts: Vec<(&str, Option<&str>, &[u8])> =
        fields.iter().map(|(name, value)| (*name, None, value.as_bytes())).collect();
    if plain { client.upload(SAVE, &parts).await } else { client.fetch_upload(SAVE, &parts).await }
}

domain::both_engines! {
    async fn what_affects_others_is_confirmed_first(t: TestDomain) {
        let app = TestApp::new(t);
        let w = World::new(&app, "shop").await;
        let mut client = w.client(&app, Actor::Administrator);
        let page = format!("{}/settings/general/store-details", w.store_path());
        // Where there was nothing before, nobody relies on it.
        let first = [("_version", "1"), ("store_url", "https://old.example")];
        assert_eq!(save(&mut client, &w, &first, true).await.location(), page);

        let before = app.stored().await;
        // A fault is told first.
        let typed = [("store_url", "https://new.example"), ("city", "Łódź <b>"), ("contact_phone", "1")];
        let wrong = save(&mut client, &w, &typed, true).await;
        assert!(client.follow(&wrong).await.text().contains("contact_phone-error"));
        let asked = save(&mut client, &w, &typed[..2], true).await;
        assert!(asked.location().starts_with(&format!("{page}/confirm/")), "{}", asked.location());
        let shown = client.follow(&asked).await.text();
        for sign in ["https://old.example", "https://new.example", "6 people", "Mark Eter", "Type “Fine Shop” to confirm"] {
            assert!(shown.contains(sign), "{sign} in {shown}");
        }
        let scripted = save(&mut client, &w, &typed[..2], false).await.text();
        assert!(scripted.contains("\"done\"") && scripted.contains("/confirm/"), "{scripted}");

        // Back in the form everything is as it was typed.
        let draft = asked.location().rsplit('/').next().unwrap().to_owned();
        let form = client.get(&format!("{page}?typed={draft}")).await.text();
        assert!(form.contains("value=\"Łódź &lt;b&gt;\"") && form.contains("value=\"https://new.example\""), "{form}");
        let confirm = |name: &'static str| {
            vec![
                ("store", w.company.store.to_string()),
                ("group", "general".to_owned()),
                ("section", "store-details".to_owned()),
                ("draft", draft.clone()),
                ("name", name.to_owned()),
            ]
        };
        let post = async |client: &mut Client, name: &'static str| {
            let fields = confirm(name);
            let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
            client.post("/api/settings/confirm", &fields).await
        };
        let mistyped = post(&mut client, "Other Shop").await;
        assert_eq!(mistyped.location(), asked.location());
        assert!(client.follow(&mistyped).await.text().contains("name-error"));
        assert_eq!(app.stored().await, before, "nothing is stored until then");
        // It is nobody else's to confirm.
        let other = w.client(&app, Actor::Marketer).get(asked.location()).await;
        assert_eq!(other.code(), 403);

        let done = post(&mut client, "Fine Shop").await;
        assert_eq!(done.location(), page);
        let saved = client.follow(&done).await.text();
        assert!(saved.contains("value=\"https://new.example\"") && saved.contains("Saved."), "{saved}");
    }
}
