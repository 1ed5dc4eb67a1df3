use super::*;
use crate::testing::{self, Company};
use model::{
    access::{Permission, StoreRole},
    settings::Place,
    text::{Lang, Texts},
};

fn texts() -> Texts {
    Texts::of(Lang::En)
}

fn details(shelf: &Shelf) -> &Found {
    shelf.sections.iter().find(|found| found.section.key == "store-details").unwrap()
}

async fn shop(t: &crate::db::testing::TestDomain) -> Company {
    testing::company(&t.domain, "Casa Ana").await
}

crate::both_engines! {
    async fn who_may_see_a_section_finds_what_it_holds(t: TestDomain) {
        let shop = shop(&t).await;
        let place = Place::from(&shop.store);
        let found = shelf(&t.domain, &shop.owner, texts(), &place).await.unwrap().unwrap();
        assert_eq!((found.name.as_str(), &found.organization), ("Casa Ana", &shop.organization));
        let details = details(&found);
        assert!(details.open);
        assert_eq!(details.values["name"], "Casa Ana");
        // Empty ones are left out; chosen ones are found by label and code.
        assert!(!details.values.contains_key("legal_name"));
        let ways = found.sections.iter().find(|found| found.section.key == "localization").unwrap();
        assert_eq!(ways.values["currency"], "Euro (EUR) EUR");
        assert!(found.standing.may(Permission::ManageMembers));
        // An organization's sections stand in the organization only.
        assert!(found.sections.iter().all(|found| found.section.key != "information"));
        let place = Place::from(&shop.organization);
        let found = shelf(&t.domain, &shop.owner, texts(), &place).await.unwrap().unwrap();
        assert!(found.sections.iter().any(|found| found.section.key == "information" && found.open));
    }

    async fn who_may_not_see_a_section_learns_that_it_exists(t: TestDomain) {
        let shop = shop(&t).await;
        let role = StoreRole::Marketer;
        let (marketer, _) = testing::colleague(&t.domain, &shop, "mia@shop.example", role).await;
        let place = Place::from(&shop.store);
        let found = shelf(&t.domain, &marketer, texts(), &place).await.unwrap().unwrap();
        assert!(found.sections.iter().all(|found| !found.open && found.values.is_empty()));
        assert!(!found.standing.may(Permission::ManageMembers));
    }

    async fn what_one_may_not_know_of_is_not_there(t: TestDomain) {
        let shop = shop(&t).await;
        let rival = testing::company(&t.domain, "Rival").await;
        let second = testing::another_store(&t.domain, &shop, "Second").await;
        let role = StoreRole::Administrator;
        let (colleague, _) = testing::colleague(&t.domain, &shop, "mia@shop.example", role).await;
        for (person, place) in [
            (&rival.owner, Place::from(&shop.store)),
            (&rival.owner, Place::from(&shop.organization)),
            (&colleague, Place::from(&second)),
            (&colleague, Place::Store(model::StoreId::from_u128(1))),
        ] {
            assert!(shelf(&t.domain, person, texts(), &place).await.unwrap().is_none());
        }
    }
}
