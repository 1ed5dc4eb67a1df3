//! Settings applied to many stores, as a browser without wasm goes.
use crate::harness::{Actor, Client, TestApp, World};
use domain::{settings, testing};

async fn save(client: &mut Client, store: &str, name: &str, city: &str) {
    let fields = [
        ("_store", store),
        ("_group", "general"),
        ("_section", "store-details"),
        ("_version", "1"),
        ("name", name),
        ("store_url", "https://shop.example"),
        ("contact_email", "hello@shop.example"),
        ("city", city),
        ("time_zone", "UTC"),
        ("currency", "EUR"),
        ("language", "en"),
    ];
    let parts: Vec<(&str, Option<&str>, &[u8])> =
        fields.iter().map(|(name, value)| (*name, None, value.as_bytes())).collect();
    let saved = client.upload("/api/settings/save", &parts).await;
    assert!(client.follow(&saved).await.text().contains("Saved."));
}

domain::both_engines! {
    async fn settings_go_to_many_stores_and_come_back(t: TestDomain) {
        let app = TestApp::new(t);
        let w = World::new(&app, "shop").await;
        let domain = &app.t.domain;
        let mut stores = Vec::new();
        for name in ["Żywiec", "Brno", "Lyon <b>"] {
            stores.push(testing::another_store(domain, &w.company, name).await.to_string());
        }
        let owner = testing::another_session(domain, &w.company.owner).await;
        let mut owner = app.client_of(&owner);
        save(&mut owner, w.company.store.as_str(), "First", "Kraków").await;
        for (store, name) in stores.iter().zip(["Żywiec", "Brno", "Lyon <b>"]) {
            save(&mut owner, store, name, if name == "Brno" { "Kraków" } else { "Old" }).await;
        }
        let mut client = w.client(&app, Actor::Manager);
        let organization = w.company.organization.to_string();
        let at = |rest: &str| format!("/organizations/{organization}/settings/bulk{rest}");
        assert!(client.get(&at("")).await.text().contains("Nothing was applied yet"));
        let page = client.get(&at(&format!("/new?source={}", w.company.store))).await.text();
        assert!(page.contains("store-details.city") && !page.contains("store-details.logo"), "{page}");
        let chosen = [
            ("organization", organization.as_str()),
            ("source", w.company.store.as_str()),
            ("fields[]", "store-details.city"),
        ];
        let none = client.post("/api/bulk/choose", &chosen[..2]).await;
        assert!(client.follow(&none).await.text().contains("fields-error"));
        let chosen = client.post("/api/bulk/choose", &chosen).await;
        let found = client.get(&format!("{}?q=zYwiec", chosen.location())).await.text();
        assert!(found.contains("Żywiec") && !found.contains("Brno"), "{found}");
        let page = client.follow(&chosen).await.text();
        assert!(page.contains("All 3 other stores") && page.contains("Lyon &lt;b&gt;"), "{page}");

        let draft = chosen.location().rsplit('/').next().unwrap().to_owned();
        let base = [("organization", organization.as_str()), ("draft", draft.as_str())];
        let nobody = [&base[..], &[("which", "ticked")]].concat();
        let refused = client.post("/api/bulk/stores", &nobody).await;
        assert!(client.follow(&refused).await.text().contains("which-error"));
        let all = [&base[..], &[("which", "all")]].concat();
        let looked = client.post("/api/bulk/stores", &all).await;
        let page = client.follow(&looked).await.text();
        for sign in ["2 stores change", "1 store has it already", "Old → Kraków", "Lyon &lt;b&gt;"] {
            assert!(page.contains(sign), "{sign} in {page}");
        }
        let same = client.get(&format!("{}?show=same", looked.location())).await.text();
        assert!(same.contains("Brno") && !same.contains("Old →"), "{same}");

        let draft = looked.location().rsplit('/').next().unwrap().to_owned();
        let start = |name: &'static str| {
            vec![("organization", organization.as_str()), ("draft", draft.as_str()), ("name", name)]
        };
        let before = app.stored().await;
        let wrong = client.post("/api/bulk/start", &start("No")).await;
        assert!(client.follow(&wrong).await.text().contains("name-error"));
        assert_eq!(app.stored().await, before);
        let started = client.post("/api/bulk/start", &start("Secret shop")).await;
        let page = client.follow(&started).await;
        assert_eq!(page.header("refresh"), "2");
        assert!(page.text().contains("0 of 3 stores are done"), "{}", page.text());
        while settings::bulk::work_due(domain).await.unwrap() > 0 {}
        let page = client.follow(&started).await.text();
        for sign in ["All stores are done", "Applied: 2", "Nothing to do: 1", "Undo all"] {
            assert!(page.contains(sign), "{sign} in {page}");
        }
        let one = format!("/stores/{}/settings/general/store-details", stores[0]);
        assert!(owner.get(&one).await.text().contains("value=\"Kraków\""));
        let log = client.get(&format!("/organizations/{organization}/audit")).await.text();
        assert!(log.contains("Applied settings to stores"), "{log}");

        let batch = started.location().rsplit('/').next().unwrap().to_owned();
        let asked = client.get(&at(&format!("/{batch}/undo"))).await.text();
        assert!(asked.contains("2 stores") && asked.contains("Żywiec"), "{asked}");
        let undo = [("organization", organization.as_str()), ("batch", &batch), ("name", "Secret shop")];
        let back = client.post("/api/bulk/undo", &undo).await;
        while settings::bulk::work_due(domain).await.unwrap() > 0 {}
        assert!(client.follow(&back).await.text().contains("Applied: 2"));
        assert!(owner.get(&one).await.text().contains("value=\"Old\""));
        let page = client.follow(&started).await.text();
        assert!(page.contains("This was undone") && !page.contains("Undo all"), "{page}");
        assert_eq!(client.get(&at(&format!("/{batch}/undo"))).await.location(), started.location());
    }
}
