use super::*;
use crate::{
    Error,
    access::{SignedIn, section_view},
    both_engines, housekeeping,
    testing::{audited, colleague, company, count},
};
use model::{
    StoreId,
    access::StoreRole,
    settings::{Settings as _, StoreDetails},
};

async fn stays(domain: &Domain, who: &SignedIn, store: &StoreId) -> Vec<String> {
    let access = section_view(domain, who, store, StoreDetails::SECTION).await.unwrap();
    let others = stay(domain, &access).await.unwrap();
    others.into_iter().map(|editor| format!("{}, {}", editor.name, editor.since)).collect()
}

const ROWS: &str = "SELECT COUNT(*) AS n FROM presence";

both_engines! {
    async fn who_has_a_section_open_is_told_to_others_until_they_are_gone(t: TestDomain) {
        let company = company(&t.domain, "Casa Ana").await;
        let administrator = StoreRole::Administrator;
        let (ana, _) = colleague(&t.domain, &company, "ana.garcia@x.example", administrator).await;
        let (jan, _) = colleague(&t.domain, &company, "jan.nowak@x.example", administrator).await;
        let before = audited(&t.domain, "").await;
        assert!(stays(&t.domain, &ana, &company.store).await.is_empty(), "nobody is told of themselves");
        t.advance(50_000);
        assert_eq!(stays(&t.domain, &jan, &company.store).await, ["Ana Garcia, just now"]);
        // A heartbeat keeps since when they are there; another process tells the same.
        stays(&t.domain, &ana, &company.store).await;
        t.advance(30_000);
        let other = t.another_process().await;
        assert_eq!(stays(&other, &jan, &company.store).await, ["Ana Garcia, 1 minute ago"]);
        t.advance(GONE - 30_000);
        assert!(stays(&t.domain, &jan, &company.store).await.is_empty(), "she was not seen for so long");
        assert_eq!(stays(&t.domain, &ana, &company.store).await, ["Jan Nowak, 1 minute ago"]);
        assert_eq!(stays(&t.domain, &jan, &company.store).await, ["Ana Garcia, just now"]);

        let access = section_view(&t.domain, &ana, &company.store, StoreDetails::SECTION).await.unwrap();
        leave(&t.domain, &access).await.unwrap();
        assert!(stays(&t.domain, &jan, &company.store).await.is_empty());
        assert_eq!(audited(&t.domain, "").await, before, "it is no change of settings");
    }

    async fn each_place_and_section_has_its_own(t: TestDomain) {
        let one = company(&t.domain, "One").await;
        let two = company(&t.domain, "Two").await;
        stays(&t.domain, &one.owner, &one.store).await;
        assert!(stays(&t.domain, &two.owner, &two.store).await.is_empty());
        let stranger = section_view(&t.domain, &two.owner, &one.store, StoreDetails::SECTION).await;
        assert!(matches!(stranger, Err(Error::NotFound)));
    }

    async fn who_is_gone_is_forgotten(t: TestDomain) {
        let company = company(&t.domain, "Casa Ana").await;
        stays(&t.domain, &company.owner, &company.store).await;
        housekeeping::run_once(&t.domain).await.unwrap();
        assert_eq!(count(&t.domain, ROWS).await, 1);
        t.advance(GONE);
        housekeeping::run_once(&t.domain).await.unwrap();
        assert_eq!(count(&t.domain, ROWS).await, 0);
    }
}
