//! The audit log: its page, its pop-up, its file, its proof.
use crate::harness::{Answer, Client, TestApp};
use domain::{
    access::ManageMembers,
    testing::{self, Company},
};

/// A company whose owner has invited somebody with a name that spreadsheets would take for a
/// formula, and the owner's browser.
async fn company(app: &TestApp, name: &str) -> (Company, Client) {
    let domain = &app.t.domain;
    let company = testing::company(domain, name).await;
    let access = testing::access::<ManageMembers>(domain, &company.owner, &company.store).await;
    domain::members::invite(domain, &access, "=new@shop.example", "marketer").await.unwrap();
    let client = app.client_of(&testing::another_session(domain, &company.owner).await);
    (company, client)
}

fn page(company: &Company, rest: &str) -> String {
    format!("/organizations/{}/audit{rest}", company.organization)
}

/// The address of the first entry's pop-up.
fn details(answer: &Answer) -> String {
    let text = answer.text();
    let start = text.find("/audit/aud_").expect("an entry");
    let start = text[..start].rfind('"').expect("an address") + 1;
    text[start..].split('"').next().unwrap().replace("&amp;", "&")
}

domain::both_engines! {
    async fn the_page_tells_who_did_what(t: TestDomain) {
        let app = TestApp::new(t);
        let (shop, mut client) = company(&app, "Casa Ana").await;
        let answer = client.get(&page(&shop, "")).await;
        assert_eq!(answer.code(), 200);
        for part in ["Invited a member", "Owner Casa-ana", "Casa Ana", "=new@shop.example", "Mar 1, 2026"] {
            assert!(answer.text().contains(part), "{part} is not in {}", answer.text());
        }
        let entry = client.get(&details(&answer)).await;
        assert_eq!(entry.code(), 200);
        for part in ["192.0.2.1", "member.invite", "k1:", "Marketer"] {
            assert!(entry.text().contains(part), "{part} is not in {}", entry.text());
        }
        // Filters that leave it out, and ones that do not.
        for (query, shown) in [
            ("?kind=members", true), ("?kind=roles", false), ("?until=2026-02-28", false),
            ("?from=2026-03-01&until=2026-03-01", true), ("?section=store-details", false),
            ("?person=%00&kind=x&store=y&from=z&after=%F0%9F%92%A9", true),
        ] {
            let answer = client.get(&page(&shop, query)).await;
            assert_eq!(answer.code(), 200, "{query}");
            assert_eq!(answer.text().contains("Invited a member"), shown, "{query}");
        }
    }

    async fn an_entry_of_another_organization_does_not_exist(t: TestDomain) {
        let app = TestApp::new(t);
        let (shop, mut owner) = company(&app, "Casa Ana").await;
        let (rival, mut other) = company(&app, "Rival").await;
        let address = details(&owner.get(&page(&shop, "")).await);
        assert_eq!(other.get(&address).await.code(), 404);
        let id = address.rsplit('/').next().unwrap();
        assert_eq!(other.get(&page(&rival, &format!("/{id}"))).await.code(), 404);
        assert_eq!(other.get(&format!("/me/activity/{id}")).await.code(), 404);
        assert_eq!(owner.get(&page(&shop, "/none")).await.code(), 404);
    }

    async fn the_file_holds_the_filtered_list_and_no_formula(t: TestDomain) {
        let app = TestApp::new(t);
        let (shop, mut client) = company(&app, "Casa Ana").await;
        let answer = client.get(&page(&shop, ".csv")).await;
        assert_eq!(answer.code(), 200);
        assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8");
        assert!(answer.header("content-disposition").contains("audit-log.csv"));
        assert_eq!(answer.header("cache-control"), "no-store");
        let text = answer.text();
        assert!(text.contains("Invited a member") && text.contains("2026-03-01T12:00:00+00:00"), "{text}");
        assert!(!text.lines().any(|line| line.split(',').any(|cell| cell.trim_matches('"').starts_with('='))));
        let none = client.get(&page(&shop, ".csv?kind=roles")).await;
        assert_eq!(none.text().lines().count(), 1);
    }

    async fn the_log_is_proven_on_screen(t: TestDomain) {
        let app = TestApp::new(t);
        let (shop, mut client) = company(&app, "Casa Ana").await;
        let fields = [("organization", shop.organization.as_str())];
        assert!(client.get(&page(&shop, "")).await.text().contains("has not been checked yet"));
        let answer = client.post("/api/audit/check", &fields).await;
        assert_eq!(answer.location(), page(&shop, ""));
        assert!(client.follow(&answer).await.text().contains("were as they were written"));
        testing::execute(&app.t.domain, "UPDATE audit_entry SET actor = 'x' WHERE action = 'member.invite'").await;
        client.post("/api/audit/check", &fields).await;
        let answer = client.get(&page(&shop, "")).await;
        assert!(answer.text().contains("is not as it was written: it was changed"), "{}", answer.text());
    }

    async fn everybody_sees_their_own_activity(t: TestDomain) {
        let app = TestApp::new(t);
        let domain = &app.t.domain;
        testing::with_password(domain, "ana.olmo@x.example", "correct horse battery").await;
        let mut client = app.client();
        client.post("/api/session/sign-in", &[("email", "ana.olmo@x.example"), ("password", "correct horse battery")]).await;
        let answer = client.get("/me/activity").await;
        assert_eq!(answer.code(), 200);
        assert!(answer.text().contains("Signed in") && answer.text().contains("192.0.2.1"), "{}", answer.text());
        let (_, mut other) = company(&app, "Casa Ana").await;
        assert!(!other.get("/me/activity").await.text().contains("Signed in"));
    }
}
