use super::{
    EditSettings, ManageMembers, ViewSettings, ViewStore, section_edit, section_view, store,
};
use crate::{Error, testing};
use model::{
    access::{Permission, StoreRole},
    settings::{Settings as _, StoreDetails},
};

crate::both_engines! {
    async fn an_administrator_may_everything(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        let access = store::<ManageMembers>(domain, &shop.owner, &shop.store).await.unwrap();
        assert_eq!(access.store(), &shop.store);
        assert_eq!(access.organization(), &shop.organization);
        assert_eq!(access.store_name(), "Shop");
        assert_eq!(access.role(), StoreRole::Administrator);
        store::<ViewStore>(domain, &shop.owner, &shop.store).await.unwrap();
        store::<ViewSettings>(domain, &shop.owner, &shop.store).await.unwrap();
        store::<EditSettings>(domain, &shop.owner, &shop.store).await.unwrap();
        let section = StoreDetails::SECTION;
        let view = section_view(domain, &shop.owner, &shop.store, section).await.unwrap();
        assert!(view.editable());
        let edit = section_edit(domain, &shop.owner, &shop.store, section).await.unwrap();
        assert_eq!(edit.section().key, "store-details");
    }

    async fn a_marketer_sees_the_store_and_no_settings(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        let (marketer, _) =
            testing::colleague(domain, &shop, "mia@shop.example", StoreRole::Marketer).await;
        let access = store::<ViewStore>(domain, &marketer, &shop.store).await.unwrap();
        assert_eq!(access.role(), StoreRole::Marketer);
        let denied = store::<ViewSettings>(domain, &marketer, &shop.store).await;
        assert!(matches!(denied, Err(Error::Forbidden(Permission::ViewSettings))));
        let denied = store::<ManageMembers>(domain, &marketer, &shop.store).await;
        assert!(matches!(denied, Err(Error::Forbidden(Permission::ManageMembers))));
        let section = StoreDetails::SECTION;
        let denied = section_view(domain, &marketer, &shop.store, section).await;
        assert!(matches!(denied, Err(Error::Forbidden(Permission::ViewSettings))));
        let denied = section_edit(domain, &marketer, &shop.store, section).await;
        assert!(matches!(denied, Err(Error::Forbidden(Permission::EditSettings))));
    }

    async fn another_organizations_store_does_not_exist(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        let other = testing::company(domain, "Other").await;
        let section = StoreDetails::SECTION;
        let found = store::<ViewStore>(domain, &shop.owner, &other.store).await;
        assert!(matches!(found, Err(Error::NotFound)));
        let found = section_view(domain, &shop.owner, &other.store, section).await;
        assert!(matches!(found, Err(Error::NotFound)));
        let found = section_edit(domain, &shop.owner, &other.store, section).await;
        assert!(matches!(found, Err(Error::NotFound)));
        // Nor does a store of one's own organization that one does not belong to.
        let (colleague, _) =
            testing::colleague(domain, &shop, "mia@shop.example", StoreRole::Administrator).await;
        let second = testing::another_store(domain, &shop, "Second").await;
        let found = store::<ViewStore>(domain, &colleague, &second).await;
        assert!(matches!(found, Err(Error::NotFound)));
    }
}
