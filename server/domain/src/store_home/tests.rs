use super::{administrators, home};
use crate::{Error, access::ViewStore, testing};
use model::access::StoreRole;

crate::both_engines! {
    async fn home_names_at_most_five_administrators(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        let (mia, _) =
            testing::colleague(domain, &shop, "mia@shop.example", StoreRole::Marketer).await;
        let access = testing::access::<ViewStore>(domain, &mia, &shop.store).await;
        let page = home(domain, &access).await.unwrap();
        assert_eq!((page.name.as_str(), page.organization.as_str()), ("Shop", "Shop"));
        assert_eq!(page.local_time, "Mar 1, 2026, 12:00 (UTC)");
        assert_eq!((page.role.as_str(), page.logo, page.address.len()), ("Marketer", None, 0));
        let owner = ("Owner Shop".to_owned(), shop.owner.person.email.clone());
        assert_eq!(page.administrators, [owner]);
        for n in 0..6 {
            let email = format!("a{n}@shop.example");
            testing::colleague(domain, &shop, &email, StoreRole::Administrator).await;
        }
        let page = home(domain, &access).await.unwrap();
        assert_eq!(page.administrators.len(), 5);
    }

    async fn who_is_refused_is_told_whom_to_ask(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        let (mia, _) =
            testing::colleague(domain, &shop, "mia@shop.example", StoreRole::Marketer).await;
        let told = administrators(domain, &mia, &shop.store).await.unwrap();
        assert_eq!((told.store.as_str(), told.role), ("Shop", StoreRole::Marketer.into()));
        assert_eq!(told.administrators.len(), 1);
        let stranger = testing::person(domain, "eva@b.example").await;
        let told = administrators(domain, &stranger, &shop.store).await;
        assert!(matches!(told, Err(Error::NotFound)));
    }
}
