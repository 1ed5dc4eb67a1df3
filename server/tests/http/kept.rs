//! Pages that are sent again: only the same page, to the same person, while nothing was stored.
use crate::harness::{Client, TestApp};
use domain::{
    both_engines,
    testing::{self, Company},
};
use futures::future::join_all;
use model::access::StoreRole;
use std::collections::BTreeSet;

struct Scene {
    app: TestApp,
    company: Company,
    page: String,
    owner: Client,
}

impl Scene {
    async fn new(t: domain::db::testing::TestDomain) -> Scene {
        let app = TestApp::new(t);
        let company = testing::company(&app.t.domain, "Casa Olmo").await;
        let page = format!("/stores/{}/settings/general/members", company.store);
        let token = testing::another_session(&app.t.domain, &company.owner).await;
        let owner = app.client_of(&token);
        Scene { app, company, page, owner }
    }

    /// How many pages were sent again so far. Nothing is kept on PostgreSQL.
    fn again(&self) -> u64 {
        self.app.metrics.requests.again.get()
    }

    fn expected(&self, times: u64) -> u64 {
        self.app.t.domain.db.version().map_or(0, |_| times)
    }
}

both_engines! {
    async fn a_page_is_sent_again_with_a_nonce_of_its_own(t: TestDomain) {
        let mut scene = Scene::new(t).await;
        let mut nonces = BTreeSet::new();
        let mut texts = BTreeSet::new();
        for _ in 0..3 {
            let answer = scene.owner.get(&scene.page).await;
            let (_, rest) = answer.header("content-security-policy").split_once("'nonce-").unwrap();
            let nonce = rest.split('\'').next().unwrap().to_owned();
            let text = answer.text();
            assert!(text.contains(&nonce));
            assert_eq!(answer.header("cache-control"), "no-store");
            texts.insert(text.replace(&nonce, ""));
            nonces.insert(nonce);
        }
        assert_eq!((nonces.len(), texts.len()), (3, 1));
        assert_eq!(scene.again(), scene.expected(2));
    }

    async fn it_is_made_anew_for_whatever_it_depends_on(t: TestDomain) {
        let mut scene = Scene::new(t).await;
        scene.owner.get(&scene.page).await;

        let colleague = testing::person(&scene.app.t.domain, "colleague@shop.example").await;
        testing::join(&scene.app.t.domain, &scene.company, &colleague, StoreRole::Administrator).await;
        let token = testing::another_session(&scene.app.t.domain, &colleague).await;
        let mut other = scene.app.client_of(&token);
        let own = scene.owner.get(&scene.page).await.text();
        let theirs = other.get(&scene.page).await.text();
        let menu = |text: &str| text.split("<main").next().unwrap().contains("colleague@shop.example");
        assert!(menu(&theirs) && !menu(&own));
        assert_eq!(scene.app.client().get(&scene.page).await.code(), 302, "a stranger signs in first");
        scene.owner.get(&format!("{}?q=nobody", scene.page)).await;
        assert_eq!(scene.again(), 0);

        scene.owner.get(&scene.page).await;
        assert_eq!(scene.again(), scene.expected(1));
        scene.app.t.advance(1_000);
        scene.owner.get(&scene.page).await;
        assert_eq!(scene.again(), scene.expected(1), "a second is over");
    }

    async fn of_many_who_ask_for_what_was_changed_one_has_it_made(t: TestDomain) {
        let mut scene = Scene::new(t).await;
        scene.owner.get(&scene.page).await;
        let newcomer = testing::person(&scene.app.t.domain, "newcomer@shop.example").await;
        testing::join(&scene.app.t.domain, &scene.company, &newcomer, StoreRole::Analyst).await;
        let asked = (0..8).map(|_| {
            let (mut owner, page) = (scene.owner.clone(), scene.page.clone());
            tokio::spawn(async move { owner.get(&page).await.text() })
        });
        for answer in join_all(asked).await {
            assert!(answer.unwrap().contains("newcomer@shop.example"));
        }
        assert_eq!(scene.again(), scene.expected(7));
    }

    async fn no_answered_change_is_missing_from_the_page_after_it(t: TestDomain) {
        let mut scene = Scene::new(t).await;
        let colleague = testing::person(&scene.app.t.domain, "colleague@shop.example").await;
        let member =
            testing::join(&scene.app.t.domain, &scene.company, &colleague, StoreRole::Manager).await;
        let beside = scene.app.beside().await;
        let token = testing::another_session(&scene.app.t.domain, &scene.company.owner).await;
        let (mut here, mut there) = (scene.app.client_of(&token), beside.client_of(&token));
        for turn in 0..20 {
            let (role, writer) = match turn % 2 {
                0 => ("analyst", &mut here),
                _ => ("manager", &mut there),
            };
            let fields = [("store", scene.company.store.as_str()), ("member", member.as_str()), ("role", role)];
            assert_eq!(writer.fetch("/api/members/role", &fields).await.code(), 200);
            for _ in 0..2 {
                let text = scene.owner.get(&scene.page).await.text();
                let row = text.split("<tr id=").find(|row| row.contains(member.as_str())).unwrap();
                assert!(row.contains(&format!("value=\"{role}\" selected")), "{row}");
            }
        }
        assert_eq!(scene.again(), scene.expected(20));
    }
}
