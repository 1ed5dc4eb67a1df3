use super::{
    ADMINISTRATOR, MARKETER, PASSWORD,
    data::{ARCHIVED, ROLE, STORES},
    fill,
    service::{branding, information, values},
};
use crate::{
    access::{ManageMembers, ViewStore, store},
    housekeeping, members, session, store_home,
    testing::{self, count, origin},
};
use model::{
    access::{Permission, StoreRole},
    settings::{
        Branding, Document, Information, Localization, Settings as _, StoreDetails, Value, validate,
    },
    view::{MemberStatus, MembersQuery},
};

#[test]
fn the_details_could_have_been_typed() {
    for store in STORES.iter().chain([&ARCHIVED]) {
        let values = values(store);
        for section in [StoreDetails::SECTION, Localization::SECTION] {
            let known = values.iter().filter(|(key, _)| section.field(key).is_some());
            let document: Document =
                known.map(|(key, value)| ((*key).to_owned(), Value::from(*value))).collect();
            assert_eq!(validate(section, &document, |_, _| true), []);
        }
        assert_eq!(validate(Branding::SECTION, &branding(store), |_, _| true), []);
    }
    assert_eq!(validate(Information::SECTION, &information(), |_, _| true), []);
}

#[test]
fn the_custom_role_is_one() {
    let codes: Vec<String> = serde_json::from_str(ROLE.1).unwrap();
    assert!(codes.iter().all(|code| Permission::from_code(code).is_some()), "{codes:?}");
}

crate::both_engines! {
    async fn an_empty_database_is_filled_once(t: TestDomain) {
        let domain = &t.domain;
        let other = t.another_process().await;
        let (first, second) = tokio::join!(fill(domain), fill(&other));
        assert!(first.unwrap() && second.unwrap());
        assert!(fill(domain).await.unwrap());
        assert_eq!(count(domain, "SELECT COUNT(*) AS n FROM person").await, 41);
        assert_eq!(count(domain, "SELECT COUNT(*) AS n FROM store").await, 4);
        assert_eq!(testing::audited(domain, "demo.fill").await, 1);
        let (admin, _) =
            session::sign_in(domain, &origin(), ADMINISTRATOR, PASSWORD).await.unwrap().opened().unwrap();
        for (statement, people) in [
            ("SELECT COUNT(*) AS n FROM organization_member WHERE suspended_at IS NOT NULL", 2),
            ("SELECT COUNT(*) AS n FROM organization_member WHERE ends_at IS NOT NULL", 2),
            ("SELECT COUNT(*) AS n FROM organization_member WHERE role = 'administrator'", 1),
            ("SELECT COUNT(*) AS n FROM organization_member WHERE role = 'owner'", 1),
            ("SELECT COUNT(*) AS n FROM store WHERE archived_at IS NOT NULL", 1),
        ] {
            assert_eq!(count(domain, statement).await, people, "{statement}");
        }
        assert!(count(domain, "SELECT COUNT(*) AS n FROM store_member m JOIN role r ON r.id = m.role").await > 2);
        // Nobody is written to who was told already.
        housekeeping::run_once(domain).await.unwrap();
        assert_eq!(count(domain, "SELECT COUNT(*) AS n FROM outbox").await, 6);
        let (marketer, _) = session::sign_in(domain, &origin(), MARKETER, PASSWORD).await.unwrap().opened().unwrap();
        let viewer = session::viewer(domain, &admin).await.unwrap();
        assert_eq!(viewer.organizations.len(), 1);
        for entry in &viewer.organizations[0].stores {
            assert!(entry.configurable);
            let access = store::<ManageMembers>(domain, &admin, &entry.id).await.unwrap();
            let page = members::list(domain, &access, &MembersQuery::default()).await.unwrap();
            assert!(page.rows.len() > 15);
            let some = |status| page.rows.iter().any(|row| row.status == status);
            assert!(some(MemberStatus::Invited) && some(MemberStatus::Expired));
            let access = store::<ViewStore>(domain, &marketer, &entry.id).await.unwrap();
            assert_eq!(access.role(), StoreRole::Marketer);
            let home = store_home::home(domain, &access).await.unwrap();
            assert!(home.address.len() >= 3 && home.url.starts_with("https://"));
        }
    }

    async fn a_database_in_use_stays_as_it_is(t: TestDomain) {
        testing::company(&t.domain, "Shop").await;
        // It looks before it hashes passwords, which this one would refuse.
        let mut domain = t.domain.clone();
        domain.passwords = crate::crypto::Passwords::refusing();
        assert!(!fill(&domain).await.unwrap());
        assert_eq!(count(&t.domain, "SELECT COUNT(*) AS n FROM person").await, 1);
    }
}
