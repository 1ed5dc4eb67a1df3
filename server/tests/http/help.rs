//! Behind the Help button: a store's own text and links, articles and votes, tickets; and the sample
//! of notifications.
use crate::harness::{Actor, Answer, Client, TestApp, World};

const PAYLOAD: &str = "</textarea></title><script>alert(1)</script><img src=x onerror=alert(2)>";

/// Saves the store's help as its Administrator.
async fn save(app: &TestApp, w: &World, version: &str, fields: &[(&str, &str)]) -> Answer {
    let store = w.company.store.to_string();
    let mut all = vec![
        ("_store", store.as_str()),
        ("_group", "general"),
        ("_section", "help"),
        ("_version", version),
    ];
    all.extend(fields);
    let parts: Vec<(&str, Option<&str>, &[u8])> =
        all.iter().map(|(name, value)| (*name, None, value.as_bytes())).collect();
    w.client(app, Actor::Administrator).fetch_upload("/api/settings/save", &parts).await
}

/// Opens a ticket by a plain form and shows the page that follows.
async fn ask(client: &mut Client, w: &World, subject: &str, message: &str) -> Answer {
    let store = w.company.store.to_string();
    let fields = [("store", store.as_str()), ("subject", subject), ("message", message)];
    let sent = client.post("/api/help/ticket", &fields).await;
    assert_eq!(sent.location(), format!("{}/help", w.store_path()));
    client.follow(&sent).await
}

domain::both_engines! {
    async fn a_stores_text_and_links_are_shown_and_harmless(t: TestDomain) {
        let app = TestApp::new(t);
        let w = World::new(&app, "shop").await;
        let text = format!("# Hello\n\n**Bold** {PAYLOAD} [bad](javascript:alert(3)) [good](https://good.example)");
        for url in ["javascript:alert(4)", "data:text/html,x", "nothing"] {
            let wrong = [("text", text.as_str()), ("links.0.title", "Guide"), ("links.0.url", url)];
            let answer = save(&app, &w, "0", &wrong).await;
            assert!(answer.text().contains("links.0.url"), "{}", answer.text());
        }
        let right = [
            ("text", text.as_str()), ("url", "https://answers.example"), ("hours", PAYLOAD),
            ("links.0.title", PAYLOAD), ("links.0.url", "https://learn.example/start"),
        ];
        assert!(save(&app, &w, "0", &right).await.text().contains("\"done\""));
        let page = w.client(&app, Actor::Marketer).get(&format!("{}/help", w.store_path())).await;
        let html = page.text();
        for part in [
            "<strong>Bold</strong>", "href=\"https://good.example\"", "href=\"https://learn.example/start\"",
            "href=\"https://answers.example\"",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
        for part in ["<script>alert", "<img src=x", "javascript:", "</title><script"] {
            assert!(!html.contains(part), "{part} in {html}");
        }
        assert!(!html.contains("/settings/general/help\""), "a Marketer may not set it up");
        let own = w.client(&app, Actor::Administrator).get(&format!("{}/help", w.store_path())).await;
        assert!(own.text().contains(&format!("{}/settings/general/help", w.store_path())));
    }

    async fn a_ticket_goes_to_the_specialists_or_says_whom_to_ask(t: TestDomain) {
        let app = TestApp::new(t);
        let w = World::new(&app, "shop").await;
        let mut marketer = w.client(&app, Actor::Marketer);
        let page = marketer.get(&format!("{}/help", w.store_path())).await;
        assert!(page.text().contains("Nobody is named yet") && page.text().contains("mailto:"), "{}", page.text());
        assert!(!page.text().contains("/api/help/ticket\""));
        save(&app, &w, "0", &[("address", "desk@help.example")]).await;
        let page = ask(&mut marketer, &w, "", PAYLOAD).await;
        assert!(page.text().contains("Fill in this field") || page.text().contains("aria-invalid"), "{}", page.text());
        let page = ask(&mut marketer, &w, PAYLOAD, "It is gone.").await;
        let html = page.text();
        assert!(html.contains("on its way to the specialists") && html.contains("Mark as solved"), "{html}");
        assert!(!html.contains("<script>alert") && !html.contains("<img src=x"), "{html}");
        assert_eq!(domain::testing::enqueued(&app.t.domain, "ticket_mail").await, 2);
        let other = w.client(&app, Actor::Administrator).get(&format!("{}/help", w.store_path())).await;
        assert!(!other.text().contains("Mark as solved"), "tickets are one's own");
        let id = html.split("tic_").nth(1).and_then(|rest| rest.get(..32)).unwrap();
        let (store, ticket) = (w.company.store.to_string(), format!("tic_{id}"));
        let fields = [("store", store.as_str()), ("ticket", ticket.as_str())];
        let closed = marketer.post("/api/help/ticket/close", &fields).await;
        assert!(marketer.follow(&closed).await.text().contains("Solved"));
    }

    async fn each_section_has_an_article_and_counts_who_found_it_useful(t: TestDomain) {
        let app = TestApp::new(t);
        let w = World::new(&app, "shop").await;
        let organization = format!("/organizations/{}/settings/organization/information", w.company.organization);
        let places = [
            (format!("{}/settings/general/store-details", w.store_path()), w.company.store.to_string(), "store-details"),
            (organization, w.company.organization.to_string(), "information"),
        ];
        for (address, place, section) in places {
            let mut admin = w.client(&app, Actor::Administrator);
            let page = admin.get(&address).await;
            assert!(page.text().contains(&format!("href=\"{address}/help\"")), "{section}");
            let article = admin.get(&format!("{address}/help")).await;
            assert!(article.text().contains("Was this useful?") && article.text().contains("<strong>"), "{}", article.text());
            for (answer, words) in [("yes", "You found this useful"), ("no", "You did not find this useful")] {
                let fields = [("place", place.as_str()), ("section", section), ("useful", answer)];
                let voted = admin.post("/api/help/vote", &fields).await;
                assert_eq!(voted.location(), format!("{address}/help"));
                let page = admin.follow(&voted).await;
                assert!(page.text().contains(words), "{}", page.text());
            }
        }
        let sums = w.client(&app, Actor::Administrator)
            .get(&format!("{}/settings/general/store-details/help", w.store_path())).await;
        assert!(sums.text().contains("0 of 1 found this useful"), "{}", sums.text());
        for section in model::settings::sections() {
            let page = w.client(&app, Actor::Marketer).get(&format!("/help/{}", section.key)).await;
            assert_eq!(page.code(), 200, "{}", section.key);
        }
    }

    async fn the_help_button_leads_to_the_stores_help(t: TestDomain) {
        let app = TestApp::new(t);
        let w = World::new(&app, "shop").await;
        let mut marketer = w.client(&app, Actor::Marketer);
        let inside = marketer.get(&w.store_path()).await;
        assert!(inside.text().contains(&format!("href=\"{}/help\"", w.store_path())));
        assert!(marketer.get("/stores").await.text().contains("href=\"/help\""));
        assert!(marketer.get("/help").await.text().contains(&format!("{}/help", w.store_path())));
    }

    async fn a_sample_of_notifications_is_mailed_to_who_asks(t: TestDomain) {
        let app = TestApp::new(t);
        let w = World::new(&app, "shop").await;
        let mut admin = w.client(&app, Actor::Administrator);
        let address = format!("{}/settings/general/notifications", w.store_path());
        let page = admin.get(&address).await;
        assert!(page.text().contains("/api/notifications/test"), "{}", page.text());
        let store = w.company.store.to_string();
        for number in 1..=4 {
            let sent = admin.post("/api/notifications/test", &[("store", &store)]).await;
            let page = admin.follow(&sent).await;
            let told = page.text().contains("on its way to your mailbox");
            assert_eq!(told, number <= 3, "{}", page.text());
        }
        assert_eq!(domain::testing::enqueued(&app.t.domain, "sample_mail").await, 3);
    }
}
