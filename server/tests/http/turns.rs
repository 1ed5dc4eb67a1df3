//! Who waits when more is asked for than can be done.
use crate::harness::{Client, TestApp};
use domain::{
    both_engines,
    testing::{self, Company},
};
use futures::FutureExt as _;
use server::http::Share;
use std::{pin::pin, time::Duration};
use tokio::task::JoinHandle;

/// What one organization asks for at once.
const MANY: usize = 30;

/// The company's owner, who has been here before.
async fn owner(app: &TestApp, company: &Company) -> Client {
    let token = testing::another_session(&app.t.domain, &company.owner).await;
    let mut client = app.client_of(&token);
    assert_eq!(client.get("/stores").await.code(), 200);
    client
}

/// They open the members page of the company's store, at some time.
fn asked(client: &Client, company: &Company) -> JoinHandle<u16> {
    let mut client = client.clone();
    let page = format!("/stores/{}/settings/general/members", company.store);
    tokio::spawn(async move { client.get(&page).await.code() })
}

/// Ends when so many wait.
async fn waiting(app: &TestApp, number: usize) {
    while app.lines.pages.waiting() != number {
        tokio::task::yield_now().await;
    }
}

both_engines! {
    async fn an_organization_that_asks_for_much_keeps_only_itself_waiting(t: TestDomain) {
        let app = TestApp::new(t);
        let busy = testing::company(&app.t.domain, "Busy").await;
        let quiet = testing::company(&app.t.domain, "Quiet").await;
        let [busy_owner, quiet_owner] = [owner(&app, &busy).await, owner(&app, &quiet).await];
        let ours = Share::Address("the test".into());
        // All places are ours, and two are asked for besides.
        let mut places = Vec::new();
        let mut first = pin!(app.lines.pages.wait(&ours));
        while let Some(place) = first.as_mut().now_or_never() {
            places.push(place);
            first.set(app.lines.pages.wait(&ours));
        }
        let mut second = pin!(app.lines.pages.wait(&ours));
        assert!(second.as_mut().now_or_never().is_none());

        let mut flood = Vec::new();
        for number in 0..MANY {
            flood.push(asked(&busy_owner, &busy));
            waiting(&app, 2 + number + 1).await;
        }
        let page = asked(&quiet_owner, &quiet);
        waiting(&app, 2 + MANY + 1).await;

        // One place goes round: ours, busy, quiet, and ours again.
        drop(places.pop());
        drop(first.await);
        let place = second.await;
        assert_eq!(app.lines.pages.waiting(), MANY - 1, "one of the many had its turn, and quiet");
        assert_eq!(page.await.unwrap(), 200);

        drop((place, places));
        for asked in flood {
            assert_eq!(asked.await.unwrap(), 200);
        }
        assert_eq!(app.lines.pages.waiting(), 0);
    }

    async fn what_has_begun_is_finished_though_who_asked_has_gone(t: TestDomain) {
        let app = TestApp::new(t);
        let company = testing::company(&app.t.domain, "Busy").await;
        let mut client = owner(&app, &company).await;
        let store = company.store.to_string();
        let fields = [("store", store.as_str()), ("email", "a@b.example"), ("role", "analyst")];
        {
            let mut asked = pin!(client.fetch("/api/members/invite", &fields));
            assert!(futures::poll!(asked.as_mut()).is_pending(), "it was sent, and they go");
        }
        let invited = async {
            while testing::audited(&app.t.domain, "member.invite").await == 0 {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(30), invited).await.expect("it was finished");
    }
}
