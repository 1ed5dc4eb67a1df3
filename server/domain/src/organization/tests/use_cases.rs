use crate::{
    Domain,
    access::{
        self, ManageMembers, ManageOrganizationMembers, ManageRoles, ManageStores,
        OrganizationAccess, SignedIn, ViewOrganization, ViewSettings, ViewStore, organization,
        store,
    },
    housekeeping, invitation, members,
    organization::{self as org, Invited, Inviting, MembersQuery, RoleForm},
    testing::{self, Company, audited, count, enqueued, faults, origin, refusal},
};
use model::{
    Refusal,
    access::{OrganizationRole, StoreRole},
    text::{Lang, Texts},
};

const T: Texts = Texts::of(Lang::En);
const DAY: i64 = 24 * 60 * 60 * 1000;

async fn manage(domain: &Domain, shop: &Company) -> OrganizationAccess<ManageOrganizationMembers> {
    organization(domain, &shop.owner, &shop.organization).await.unwrap()
}

fn everywhere(role: &str, store_role: &str) -> Inviting {
    Inviting {
        role: role.to_owned(),
        all_stores: true,
        stores: Vec::new(),
        store_role: store_role.to_owned(),
        ends_at: None,
    }
}

async fn marketer(domain: &Domain, shop: &Company) -> SignedIn {
    testing::colleague(domain, shop, "mia@shop.example", StoreRole::Marketer).await.0
}

crate::both_engines! {
    async fn who_is_suspended_is_out_at_once_and_comes_back_as_before(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        let mia = marketer(domain, &shop).await;
        let access = manage(domain, &shop).await;
        assert!(org::suspend(domain, &access, &mia.person.id).await.unwrap());
        assert!(store::<ViewStore>(domain, &mia, &shop.store).await.is_err());
        assert!(organization::<ViewOrganization>(domain, &mia, &shop.organization).await.is_err());
        assert!(!org::suspend(domain, &access, &mia.person.id).await.unwrap(), "no change");
        org::resume(domain, &access, &mia.person.id).await.unwrap();
        store::<ViewStore>(domain, &mia, &shop.store).await.unwrap();
        assert_eq!(audited(domain, "organization.member.suspend").await, 1);
        assert_eq!(audited(domain, "organization.member.resume").await, 1);
    }

    async fn nobody_touches_the_owner_and_a_refused_try_has_an_entry(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        let mia = marketer(domain, &shop).await;
        let owner = manage(domain, &shop).await;
        org::change_role(domain, &owner, &mia.person.id, "administrator").await.unwrap();
        let access: OrganizationAccess<ManageOrganizationMembers> =
            organization(domain, &mia, &shop.organization).await.unwrap();
        let whom = &shop.owner.person.id;
        assert_eq!(refusal(org::remove(domain, &access, whom).await), Refusal::OwnerStays);
        assert_eq!(refusal(org::suspend(domain, &access, whom).await), Refusal::OwnerStays);
        assert_eq!(refusal(org::change_role(domain, &access, whom, "member").await), Refusal::OwnerStays);
        let end = Some(domain.now() + DAY);
        assert_eq!(refusal(org::set_end(domain, &access, whom, end).await), Refusal::OwnerStays);
        assert_eq!(refusal(org::transfer(domain, &access, &mia.person.id, "Shop").await), Refusal::NotYoursToGive);
        assert_eq!(audited(domain, "organization.member.remove.refused").await, 1);
        assert_eq!(audited(domain, "organization.transfer.refused").await, 1);
        let own = &mia.person.id;
        assert_eq!(refusal(org::suspend(domain, &access, own).await), Refusal::OwnAccess);
        assert_eq!(refusal(org::set_end(domain, &access, own, end).await), Refusal::OwnAccess);
    }

    async fn the_ownership_is_passed_on_by_its_name(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        let mia = marketer(domain, &shop).await;
        let access = manage(domain, &shop).await;
        assert_eq!(faults(org::transfer(domain, &access, &mia.person.id, "Shed").await), ["name"]);
        org::transfer(domain, &access, &mia.person.id, " Shop ").await.unwrap();
        let owners = "SELECT COUNT(*) AS n FROM organization_member WHERE role = 'owner'";
        assert_eq!(count(domain, owners).await, 1);
        let mia: OrganizationAccess<ViewOrganization> =
            organization(domain, &mia, &shop.organization).await.unwrap();
        assert_eq!(mia.role(), OrganizationRole::Owner);
        assert_eq!(refusal(org::leave(domain, &mia).await), Refusal::OwnerStays);
    }

    async fn the_last_administrator_stays_through_every_path(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        let mia = marketer(domain, &shop).await;
        let access = manage(domain, &shop).await;
        let (who, at) = (&mia.person.id, &shop.store);
        org::set_store_role(domain, &access, who, at, "administrator").await.unwrap();
        org::set_store_role(domain, &access, &shop.owner.person.id, at, "").await.unwrap();
        let last = Refusal::LastAdministrator;
        assert_eq!(refusal(org::suspend(domain, &access, who).await), last);
        assert_eq!(refusal(org::remove(domain, &access, who).await), last);
        let end = Some(domain.now() + DAY);
        assert_eq!(refusal(org::set_end(domain, &access, who, end).await), last);
        assert_eq!(refusal(org::set_store_role(domain, &access, who, at, "marketer").await), last);
        let own = organization(domain, &mia, &shop.organization).await.unwrap();
        assert_eq!(refusal(org::leave(domain, &own).await), last);
        // Who will leave at a set time does not count.
        let (eva, _) = testing::colleague(domain, &shop, "eva@shop.example", StoreRole::Administrator).await;
        org::set_end(domain, &access, &eva.person.id, end).await.unwrap();
        assert_eq!(refusal(org::remove(domain, &access, who).await), last);
        org::set_end(domain, &access, &eva.person.id, None).await.unwrap();
        org::remove(domain, &access, who).await.unwrap();
    }

    async fn a_membership_ends_by_itself_after_a_warning(t: TestDomain) {
        let domain = &t.domain;
        let other = t.another_process().await;
        let shop = testing::company(domain, "Shop").await;
        let mia = marketer(domain, &shop).await;
        let access = manage(domain, &shop).await;
        org::set_end(domain, &access, &mia.person.id, Some(domain.now() + 8 * DAY)).await.unwrap();
        housekeeping::run_once(domain).await.unwrap();
        assert_eq!(enqueued(domain, "membership_ends_mail").await, 0);
        t.advance(2 * DAY);
        let (a, b) = tokio::join!(housekeeping::run_once(domain), housekeeping::run_once(&other));
        a.and(b).unwrap();
        assert_eq!(enqueued(domain, "membership_ends_mail").await, 1);
        store::<ViewStore>(domain, &mia, &shop.store).await.unwrap();
        t.advance(6 * DAY);
        assert!(store::<ViewStore>(domain, &mia, &shop.store).await.is_err(), "whatever housekeeping does");
        let (a, b) = tokio::join!(housekeeping::run_once(domain), housekeeping::run_once(&other));
        a.and(b).unwrap();
        assert_eq!(audited(domain, "organization.member.expire").await, 1);
        assert_eq!(count(domain, "SELECT COUNT(*) AS n FROM organization_member").await, 1);
        assert_eq!(count(domain, "SELECT COUNT(*) AS n FROM store_member").await, 1);
    }

    async fn many_are_invited_at_once_and_join_everything_at_once(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        let second = testing::another_store(domain, &shop, "Second").await;
        marketer(domain, &shop).await;
        let access = manage(domain, &shop).await;
        let form = everywhere("administrator", "analyst");
        let typed = "eva@new.example\nno address, mia@shop.example\nEVA@new.example";
        let lines = org::invite(domain, &access, typed, &form).await.unwrap();
        let results: Vec<Invited> = lines.iter().map(|line| line.result).collect();
        assert_eq!(results, [Invited::Sent, Invited::Invalid, Invited::Member]);
        let again = org::invite(domain, &access, "eva@new.example", &form).await.unwrap();
        assert_eq!(again[0].result, Invited::Pending);
        assert_eq!(audited(domain, "organization.member.invite").await, 1);
        let page = org::list(domain, &access, &MembersQuery::default(), T).await.unwrap();
        let row = page.rows.iter().find(|row| row.email == "eva@new.example").unwrap();
        assert_eq!(row.stores.len(), 2);
        let token = testing::invitation_token(domain, &row.id.parse().unwrap());
        let eva = testing::person(domain, "eva@new.example").await;
        let nothing = invitation::Acceptance::default();
        invitation::accept(domain, &origin(), Some(&eva), token.expose(), nothing).await.unwrap();
        let joined: OrganizationAccess<ViewOrganization> =
            organization(domain, &eva, &shop.organization).await.unwrap();
        assert_eq!(joined.role(), OrganizationRole::Administrator);
        for at in [&shop.store, &second] {
            let access = store::<ViewStore>(domain, &eva, at).await.unwrap();
            assert_eq!(access.role(), StoreRole::Analyst);
        }
        let filtered = MembersQuery { store: Some(second), ..MembersQuery::default() };
        assert_eq!(org::list(domain, &access, &filtered, T).await.unwrap().rows.len(), 2);
    }

    async fn of_a_list_only_people_of_allowed_domains_are_invited(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        let security = organization(domain, &shop.owner, &shop.organization).await.unwrap();
        let access = manage(domain, &shop).await;
        let form = everywhere("member", "marketer");
        org::invite(domain, &access, "early@else.example", &form).await.unwrap();
        crate::security::set_invitation_domains(domain, &security, "new.example").await.unwrap();
        let typed = "a@new.example, b@else.example, c@sub.new.example, early@else.example, no";
        let lines = org::invite(domain, &access, typed, &form).await.unwrap();
        let results: Vec<Invited> = lines.iter().map(|line| line.result).collect();
        let (sent, outside) = (Invited::Sent, Invited::Domain);
        assert_eq!(results, [sent, outside, outside, Invited::Pending, Invited::Invalid]);
        // Nor is one of before sent again.
        let page = org::list(domain, &access, &MembersQuery::default(), T).await.unwrap();
        let early = page.rows.iter().find(|row| row.email == "early@else.example").unwrap();
        let again = org::resend(domain, &access, &early.id.parse().unwrap()).await;
        assert_eq!(refusal(again), Refusal::InvitationOutdated);
        assert_eq!(audited(domain, "organization.member.invite").await, 2);
        // One that has expired is not replaced either.
        t.advance(invitation::VALID);
        let lines = org::invite(domain, &access, "early@else.example", &form).await.unwrap();
        assert_eq!(lines[0].result, Invited::Domain);
        assert_eq!(count(domain, "SELECT COUNT(*) AS n FROM invitation WHERE how IS NOT NULL").await, 0);
    }

    async fn invitations_have_a_limit_a_day_and_are_sent_again_or_cancelled(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        let access = manage(domain, &shop).await;
        let form = everywhere("member", "marketer");
        let many: Vec<String> = (0..201).map(|n| format!("p{n}@new.example")).collect();
        let refused = org::invite(domain, &access, &many.join("\n"), &form).await;
        assert_eq!(refusal(refused), Refusal::InvitationLimit);
        assert_eq!(count(domain, "SELECT COUNT(*) AS n FROM invitation").await, 0);
        org::invite(domain, &access, "a@new.example", &form).await.unwrap();
        let page = org::list(domain, &access, &MembersQuery::default(), T).await.unwrap();
        let id = page.rows.iter().find_map(|row| row.id.parse().ok()).unwrap();
        t.advance(invitation::VALID);
        let token = testing::invitation_token(domain, &id);
        assert!(invitation::view(domain, token.expose(), None, T).await.is_err());
        org::resend(domain, &access, &id).await.unwrap();
        invitation::view(domain, token.expose(), None, T).await.unwrap();
        org::cancel(domain, &access, &id).await.unwrap();
        assert!(invitation::view(domain, token.expose(), None, T).await.is_err());
        assert_eq!(refusal(org::resend(domain, &access, &id).await), Refusal::Gone);
    }

    async fn a_custom_role_counts_from_the_next_request_on(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        let mia = marketer(domain, &shop).await;
        let people = manage(domain, &shop).await;
        let roles: OrganizationAccess<ManageRoles> =
            organization(domain, &shop.owner, &shop.organization).await.unwrap();
        let form = |name: &str, permissions: &[&str], version| RoleForm {
            name: name.to_owned(),
            permissions: permissions.iter().map(|p| (*p).to_owned()).collect(),
            version,
        };
        let keeper = form("Keeper", &["view_settings", "manage_members"], 0);
        let id = org::put_role(domain, &roles, None, &keeper).await.unwrap();
        assert_eq!(faults(org::put_role(domain, &roles, None, &form("KEEPER", &[], 0)).await), ["name"]);
        org::set_store_role(domain, &people, &mia.person.id, &shop.store, id.as_str()).await.unwrap();
        let access = store::<ManageMembers>(domain, &mia, &shop.store).await.unwrap();
        assert_eq!(access.role_name(T), "Keeper");
        // Nobody gives what they lack, nor touches who has more.
        let (eva, member) = testing::colleague(domain, &shop, "eva@shop.example", StoreRole::Administrator).await;
        for role in ["administrator", "marketer"] {
            let given = members::invite(domain, &access, "max@new.example", role).await;
            assert_eq!(refusal(given), Refusal::NotYoursToGive);
        }
        members::invite(domain, &access, "max@new.example", id.as_str()).await.unwrap();
        let touched = members::remove(domain, &access, member.as_str()).await;
        assert_eq!(refusal(touched), Refusal::NotYoursToGive);
        store::<ViewStore>(domain, &eva, &shop.store).await.unwrap();
        // Less from the next request on.
        let change = org::affected(domain, &roles, &id, form("", &[], 1).wanted()).await.unwrap();
        assert_eq!((change.people.count, change.lost.iter().count()), (1, 2));
        org::put_role(domain, &roles, Some(&id), &form("Keeper", &[], 1)).await.unwrap();
        assert!(store::<ViewSettings>(domain, &mia, &shop.store).await.is_err());
        let stale = org::put_role(domain, &roles, Some(&id), &form("Old", &[], 1)).await;
        assert_eq!(refusal(stale), Refusal::Gone);
        // It goes only where something takes its place.
        assert_eq!(refusal(org::drop_role(domain, &roles, &id, "").await), Refusal::RoleInUse);
        org::drop_role(domain, &roles, &id, "analyst").await.unwrap();
        let access = store::<ViewStore>(domain, &mia, &shop.store).await.unwrap();
        assert_eq!(access.role(), StoreRole::Analyst);
        for action in ["role.create", "role.change", "role.delete"] {
            assert_eq!(audited(domain, action).await, 1, "{action}");
        }
    }

    async fn an_archived_store_is_closed_for_everybody_and_opens_again(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        let stores: OrganizationAccess<ManageStores> =
            organization(domain, &shop.owner, &shop.organization).await.unwrap();
        let form = org::NewStoreForm { name: "New".into(), url: "https://new.example".into() };
        let new = org::add_store(domain, &stores, &form).await.unwrap();
        store::<ManageMembers>(domain, &shop.owner, &new).await.unwrap();
        let (name, people) = org::impact(domain, &stores, &new).await.unwrap();
        assert_eq!((name.as_str(), people.people.count), ("New", 1));
        org::archive(domain, &stores, &new).await.unwrap();
        assert!(store::<ViewStore>(domain, &shop.owner, &new).await.is_err());
        let listed = org::stores(domain, &stores, T).await.unwrap();
        assert!(listed.iter().any(|store| store.archived && store.name == "New"));
        org::restore(domain, &stores, &new).await.unwrap();
        store::<ViewStore>(domain, &shop.owner, &new).await.unwrap();
        let wrong = org::NewStoreForm { name: String::new(), url: "x".into() };
        assert_eq!(faults(org::add_store(domain, &stores, &wrong).await), ["name", "url"]);
    }

    async fn another_organizations_things_do_not_exist(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        let other = testing::company(domain, "Other").await;
        let mia = marketer(domain, &other).await;
        assert!(organization::<ViewOrganization>(domain, &shop.owner, &other.organization).await.is_err());
        let access = manage(domain, &shop).await;
        let before = t.dump(&[]).await;
        let who = &mia.person.id;
        for done in [
            org::remove(domain, &access, who).await,
            org::suspend(domain, &access, who).await,
            org::change_role(domain, &access, who, "administrator").await,
            org::set_store_role(domain, &access, who, &other.store, "marketer").await,
            org::set_store_role(domain, &access, &shop.owner.person.id, &other.store, "marketer").await,
            org::transfer(domain, &access, who, "Shop").await,
        ] {
            assert_eq!(refusal(done), Refusal::Gone);
        }
        assert!(org::member(domain, &access, who, T).await.is_err());
        assert_eq!(t.dump(&[]).await, before, "nothing changed");
    }

    async fn a_thousand_acceptances_at_once_make_one_membership(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        let access: access::StoreAccess<ManageMembers> =
            testing::access(domain, &shop.owner, &shop.store).await;
        let id = members::invite(domain, &access, "eva@new.example", "marketer").await.unwrap();
        let eva = testing::person(domain, "eva@new.example").await;
        let token = testing::invitation_token(domain, &id).expose().to_owned();
        let other = t.another_process().await;
        let mut tasks = tokio::task::JoinSet::new();
        for n in 0..1000 {
            let domain = if n % 2 == 0 { domain.clone() } else { other.clone() };
            let (token, eva) = (token.clone(), eva.clone());
            tasks.spawn(async move {
                let nothing = invitation::Acceptance::default();
                invitation::accept(&domain, &origin(), Some(&eva), &token, nothing).await.is_ok()
            });
        }
        let done = tasks.join_all().await.into_iter().filter(|done| *done).count();
        assert_eq!(done, 1);
        assert_eq!(count(domain, "SELECT COUNT(*) AS n FROM store_member").await, 2);
        assert_eq!(audited(domain, "invitation.accept").await, 1);
    }
}
