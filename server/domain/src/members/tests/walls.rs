use super::access;
use crate::{
    access::{ManageMembers, store},
    members::{change_role, invite, list, removal, remove},
    testing::{self, refusal},
};
use model::{Refusal, access::StoreRole, view::MembersQuery};

crate::both_engines! {
    async fn nothing_crosses_from_one_organization_to_another(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        let other = testing::company(domain, "Other").await;
        let (_, their_member) =
            testing::colleague(domain, &other, "mia@other.example", StoreRole::Marketer).await;
        let theirs = access(domain, &other).await;
        let their_invitation =
            invite(domain, &theirs, "new@other.example", "marketer").await.unwrap();
        let before = t.dump(&[]).await;
        let own = access(domain, &shop).await;
        for id in [their_member.as_str(), their_invitation.as_str(), other.member.as_str()] {
            assert_eq!(refusal(removal(domain, &own, id).await), Refusal::Gone);
            let changed = change_role(domain, &own, id, "administrator").await;
            assert_eq!(refusal(changed), Refusal::Gone);
            assert_eq!(refusal(remove(domain, &own, id).await), Refusal::Gone);
        }
        assert!(store::<ManageMembers>(domain, &shop.owner, &other.store).await.is_err());
        let page = list(domain, &own, &MembersQuery::default()).await.unwrap();
        assert_eq!(page.rows.len(), 1);
        assert_eq!(page.rows[0].id, shop.member.as_str());
        assert!(page.rows[0].you);
        assert_eq!(t.dump(&[]).await, before, "nothing changed");
    }

    async fn nor_from_one_store_to_another(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        let second = testing::another_store(domain, &shop, "Second").await;
        let (_, member) =
            testing::colleague(domain, &shop, "mia@shop.example", StoreRole::Marketer).await;
        let access = testing::access::<ManageMembers>(domain, &shop.owner, &second).await;
        assert_eq!(refusal(remove(domain, &access, member.as_str()).await), Refusal::Gone);
        let page = list(domain, &access, &MembersQuery::default()).await.unwrap();
        assert_eq!(page.rows.len(), 1);
    }
}
