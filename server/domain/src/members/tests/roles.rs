use super::access;
use crate::{
    Error,
    access::{ManageMembers, ViewStore, store},
    members::{change_role, invite, removal, remove},
    testing::{self, audited, count, faults, refusal},
};
use model::{MemberId, Notice, Refusal, access::StoreRole, view::MemberStatus};

crate::both_engines! {
    async fn a_role_changes_in_place(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        let (mia, member) =
            testing::colleague(domain, &shop, "mia@shop.example", StoreRole::Marketer).await;
        let access = access(domain, &shop).await;
        change_role(domain, &access, member.as_str(), "administrator").await.unwrap();
        store::<ManageMembers>(domain, &mia, &shop.store).await.unwrap();
        // The same role again is no change.
        change_role(domain, &access, member.as_str(), "administrator").await.unwrap();
        assert_eq!(audited(domain, "member.role.change").await, 1);
        let wrong = change_role(domain, &access, member.as_str(), "owner").await;
        assert_eq!(faults(wrong), ["role"]);
    }

    async fn the_last_administrator_stays(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        testing::colleague(domain, &shop, "mia@shop.example", StoreRole::Marketer).await;
        let access = access(domain, &shop).await;
        // Who is only invited does not count.
        invite(domain, &access, "a@b.example", "administrator").await.unwrap();
        let before = audited(domain, "").await;
        let owner = shop.member.as_str();
        let demoted = change_role(domain, &access, owner, "marketer").await;
        assert_eq!(refusal(demoted), Refusal::LastAdministrator);
        let removed = remove(domain, &access, owner).await;
        assert_eq!(refusal(removed), Refusal::LastAdministrator);
        assert_eq!(audited(domain, "").await, before);
        let (second, _) =
            testing::colleague(domain, &shop, "max@shop.example", StoreRole::Administrator).await;
        change_role(domain, &access, owner, "marketer").await.unwrap();
        // Their own access was checked before, and is checked again.
        let late = remove(domain, &access, owner).await;
        assert!(matches!(late, Err(Error::Forbidden(_))));
        let access = testing::access::<ManageMembers>(domain, &second, &shop.store).await;
        assert_eq!(remove(domain, &access, owner).await.unwrap(), Notice::MemberRemoved);
        let gone = store::<ViewStore>(domain, &shop.owner, &shop.store).await;
        assert!(matches!(gone, Err(Error::NotFound)));
    }

    async fn removing_takes_the_membership_and_nothing_else(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        let other = testing::company(domain, "Other").await;
        let (mia, member) =
            testing::colleague(domain, &shop, "mia@shop.example", StoreRole::Marketer).await;
        testing::join(domain, &other, &mia, StoreRole::Marketer).await;
        let access = access(domain, &shop).await;
        let page = removal(domain, &access, member.as_str()).await.unwrap();
        assert_eq!((page.row.email.as_str(), page.store.as_str()), ("mia@shop.example", "Shop"));
        assert_eq!((page.row.status, page.row.you), (MemberStatus::Active, false));
        let done = remove(domain, &access, member.as_str()).await.unwrap();
        assert_eq!(done, Notice::MemberRemoved);
        assert_eq!(refusal(remove(domain, &access, member.as_str()).await), Refusal::Gone);
        assert_eq!(refusal(removal(domain, &access, member.as_str()).await), Refusal::Gone);
        let lost = store::<ViewStore>(domain, &mia, &shop.store).await;
        assert!(matches!(lost, Err(Error::NotFound)));
        store::<ViewStore>(domain, &mia, &other.store).await.unwrap();
        assert_eq!(audited(domain, "member.remove").await, 1);
    }

    async fn an_invitation_changes_its_role_and_is_cancelled(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        let access = access(domain, &shop).await;
        let id = invite(domain, &access, "a@b.example", "marketer").await.unwrap();
        change_role(domain, &access, id.as_str(), "administrator").await.unwrap();
        let page = removal(domain, &access, id.as_str()).await.unwrap();
        assert_eq!(page.row.role.code, "administrator");
        assert_eq!(page.row.status, MemberStatus::Invited);
        let done = remove(domain, &access, id.as_str()).await.unwrap();
        assert_eq!(done, Notice::InvitationCancelled);
        let late = change_role(domain, &access, id.as_str(), "marketer").await;
        assert_eq!(refusal(late), Refusal::Gone);
        let cancelled = "SELECT COUNT(*) AS n FROM invitation WHERE how = 'cancelled'";
        assert_eq!(count(domain, cancelled).await, 1);
        assert_eq!(audited(domain, "invitation.role.change").await, 1);
        assert_eq!(audited(domain, "invitation.cancel").await, 1);
    }

    async fn what_is_no_identifier_has_gone(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        let access = access(domain, &shop).await;
        let unknown = MemberId::from_u128(9);
        for id in ["", "mem_1", "x\0y", "' OR 1 = 1 --", shop.store.as_str(), unknown.as_str()] {
            assert_eq!(refusal(removal(domain, &access, id).await), Refusal::Gone);
            assert_eq!(refusal(remove(domain, &access, id).await), Refusal::Gone);
            let changed = change_role(domain, &access, id, "marketer").await;
            assert_eq!(refusal(changed), Refusal::Gone);
        }
    }
}
