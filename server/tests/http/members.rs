//! Changing roles and removing members.
use crate::harness::{Actor, TestApp, World};
use domain::testing;
use model::access::StoreRole;

domain::both_engines! {
    async fn a_changed_role_counts_at_once(t: TestDomain) {
        let app = TestApp::new(t);
        let w = World::new(&app, "shop").await;
        let settings = format!("{}/settings/general/members", w.store_path());
        let mut marketer = w.client(&app, Actor::Marketer);
        assert_eq!(marketer.get(&settings).await.code(), 403);
        let (store, member) = (w.company.store.to_string(), w.member.to_string());
        let mut admin = w.client(&app, Actor::Administrator).with("referer", &format!("https://console.example{settings}?q=mark"));
        let fields = [("store", store.as_str()), ("member", &member), ("role", "administrator")];
        let done = admin.post("/api/members/role", &fields).await;
        assert_eq!(done.location(), format!("{settings}?q=mark"), "the list stays as it was filtered");
        let page = admin.follow(&done).await;
        assert!(page.text().contains("Store role changed."), "{}", page.text());
        assert_eq!(marketer.get(&settings).await.code(), 200);
    }

    async fn a_removed_member_is_out_at_once_and_keeps_other_stores(t: TestDomain) {
        let app = TestApp::new(t);
        let w = World::new(&app, "shop").await;
        let mut marketer = w.client(&app, Actor::Marketer);
        let (store, member) = (w.company.store.to_string(), w.member.to_string());
        let mut admin = w.client(&app, Actor::Administrator);
        admin.post("/api/members/remove", &[("store", &store), ("member", &member)]).await;
        assert_eq!(marketer.get(&w.store_path()).await.code(), 404);
        assert_eq!(marketer.get("/stores").await.code(), 200);
    }

    async fn the_last_administrator_stays(t: TestDomain) {
        let app = TestApp::new(t);
        let company = testing::company(&app.t.domain, "Solo").await;
        let (person, token) = testing::person_and_token(&app.t.domain, "ann@solo.example").await;
        let own = testing::join(&app.t.domain, &company, &person, StoreRole::Administrator).await;
        let mut admin = app.client_of(&token);
        let store = company.store.to_string();
        let remove = |member: String| vec![("store", store.clone()), ("member", member)];
        let fields = remove(company.member.to_string());
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
        assert_eq!(admin.fetch("/api/members/remove", &fields).await.code(), 200);
        let before = app.stored().await;
        let own = own.to_string();
        let role = [("store", store.as_str()), ("member", &own), ("role", "marketer")];
        for answer in [
            admin.fetch("/api/members/remove", &[("store", &store), ("member", &own)]).await,
            admin.fetch("/api/members/role", &role).await,
        ] {
            assert!(answer.text().contains("last_administrator"), "{}", answer.text());
        }
        assert_eq!(app.stored().await, before);
        let refused = admin.post("/api/members/role", &role).await;
        let page = admin.follow(&refused).await;
        assert!(page.text().contains("keeps at least one Administrator"), "{}", page.text());
    }

    async fn a_member_of_another_store_cannot_be_reached_through_the_own_one(t: TestDomain) {
        let app = TestApp::new(t);
        let w = World::new(&app, "shop").await;
        let other = World::new(&app, "rival").await;
        let mut admin = w.client(&app, Actor::Administrator);
        let before = app.stored().await;
        let store = w.company.store.to_string();
        for id in [other.member.to_string(), other.invitation.to_string()] {
            let fields = [("store", store.as_str()), ("member", id.as_str()), ("role", "administrator")];
            for path in ["/api/members/role", "/api/members/remove"] {
                admin.fetch(path, &fields).await;
                admin.post(path, &fields).await;
            }
            let page = admin.get(&format!("{}/settings/general/members/{id}/remove", w.store_path())).await;
            assert!(!page.text().contains("rival"), "{}", page.text());
        }
        assert_eq!(app.stored().await, before);
    }
}
