use super::*;
use crate::{
    Domain, Error,
    access::{self, ManageSecurity, OrganizationAccess, SignedIn, ViewStore},
    gate::{Barrier, Decision, Reason},
    security,
    testing::{self, Company, audited, count, faults, refusal},
};
use model::{PersonId, Refusal, access::StoreRole};

async fn manage(
    domain: &Domain,
    shop: &Company,
    who: &SignedIn,
) -> OrganizationAccess<ManageSecurity> {
    access::organization(domain, who, &shop.organization).await.unwrap()
}

fn from(who: &SignedIn, address: &str) -> SignedIn {
    let mut who = who.clone();
    who.origin.address = address.to_owned();
    who
}

async fn enters(domain: &Domain, shop: &Company, who: &SignedIn) -> Result<(), Barrier> {
    let there = access::organization::<access::ViewOrganization>(domain, who, &shop.organization);
    let there = there.await.map(drop);
    let store = access::store::<ViewStore>(domain, who, &shop.store).await.map(drop);
    match (there, store) {
        (Ok(()), Ok(())) => Ok(()),
        (Err(Error::Stopped(stop)), Err(Error::Stopped(other))) if stop == other => {
            Err(stop.barrier)
        }
        other => panic!("{other:?}"),
    }
}

crate::both_engines! {
    async fn only_listed_addresses_enter_from_the_next_request_on(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        let (mia, _) = testing::colleague(domain, &shop, "mia@shop.example", StoreRole::Marketer).await;
        let manage = manage(domain, &shop, &shop.owner).await;
        add(domain, &manage, "192.0.2.0/24", "Office", "").await.unwrap();
        let away = from(&mia, "203.0.113.9");
        assert_eq!(enters(domain, &shop, &away).await, Ok(()), "the list does not count yet");
        set_only(domain, &manage, true).await.unwrap();
        assert_eq!(enters(domain, &shop, &mia).await, Ok(()));
        assert_eq!(enters(domain, &shop, &away).await, Err(Barrier::Address));
        assert_eq!(enters(domain, &shop, &from(&mia, "::ffff:192.0.2.9")).await, Ok(()));
        assert_eq!(enters(domain, &shop, &from(&mia, "")).await, Err(Barrier::Address));
        // Whom to ask is told, the list is not.
        let stopped = access::store::<ViewStore>(domain, &away, &shop.store).await;
        let Err(Error::Stopped(stop)) = stopped else { panic!("{stopped:?}") };
        assert_eq!((stop.name.as_str(), stop.address.as_str()), ("Shop", "203.0.113.9"));
        assert_eq!(stop.people.len(), 1);
        assert!(!format!("{stop:?}").contains("192.0.2"));
        // An exemption overrides the list, and ends.
        exempt(domain, &manage, &mia.person.id).await.unwrap();
        exempt(domain, &manage, &mia.person.id).await.unwrap();
        assert_eq!(enters(domain, &shop, &away).await, Ok(()));
        no_longer_exempt(domain, &manage, &mia.person.id).await.unwrap();
        assert_eq!(enters(domain, &shop, &away).await, Err(Barrier::Address));
        set_only(domain, &manage, false).await.unwrap();
        assert_eq!(enters(domain, &shop, &away).await, Ok(()));
        assert_eq!(audited(domain, "address.add").await, 1);
        assert_eq!(audited(domain, "address.exempt").await, 2);
        assert_eq!(audited(domain, "security.addresses").await, 2);
        // Another organization is not concerned, nor may anybody list its lines.
        let other = testing::company(domain, "Other").await;
        assert_eq!(enters(domain, &other, &from(&other.owner, "203.0.113.9")).await, Ok(()));
    }

    async fn what_would_lock_out_its_author_or_everybody_is_refused(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        let office = manage(domain, &shop, &shop.owner).await;
        assert_eq!(refusal(set_only(domain, &office, true).await), Refusal::LocksYouOut);
        let elsewhere = add(domain, &office, "198.51.100.0/24", "", "").await.unwrap();
        assert_eq!(refusal(set_only(domain, &office, true).await), Refusal::LocksYouOut);
        // A line with an end is enough for now, but not for later.
        let short = add(domain, &office, "192.0.2.1", "", "2026-03-02").await.unwrap();
        assert_eq!(refusal(set_only(domain, &office, true).await), Refusal::LocksEverybodyOut);
        let lasting = add(domain, &office, "192.0.2.0/24", "", "").await.unwrap();
        set_only(domain, &office, true).await.unwrap();
        remove(domain, &office, &elsewhere).await.unwrap();
        assert_eq!(refusal(remove(domain, &office, &lasting).await), Refusal::LocksEverybodyOut);
        remove(domain, &office, &short).await.unwrap();
        assert_eq!(refusal(remove(domain, &office, &lasting).await), Refusal::LocksYouOut);
        // Exempt, the author needs no line; the exemption then holds the door open.
        exempt(domain, &office, &shop.owner.person.id).await.unwrap();
        remove(domain, &office, &lasting).await.unwrap();
        let ended = no_longer_exempt(domain, &office, &shop.owner.person.id).await;
        assert_eq!(refusal(ended), Refusal::LocksYouOut);
        assert_eq!(enters(domain, &shop, &shop.owner).await, Ok(()));
        // Refused attempts are written down, once each.
        assert_eq!(audited(domain, "security.addresses.refused").await, 3);
        assert_eq!(audited(domain, "address.remove.refused").await, 2);
        assert_eq!(audited(domain, "address.exempt.refused").await, 1);
    }

    async fn no_race_ends_with_everybody_outside(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        let office = manage(domain, &shop, &shop.owner).await;
        // Either line lets the author in; both are removed at once, from two processes.
        let one = add(domain, &office, "192.0.2.0/24", "", "").await.unwrap();
        let two = add(domain, &office, "192.0.2.0/25", "", "").await.unwrap();
        set_only(domain, &office, true).await.unwrap();
        let other = t.another_process().await;
        let (first, second) =
            tokio::join!(remove(domain, &office, &one), remove(&other, &office, &two));
        assert!(first.is_ok() != second.is_ok(), "{first:?} {second:?}");
        assert_eq!(enters(domain, &shop, &shop.owner).await, Ok(()));
        if matches!(t.engine, crate::db::testing::Engine::Postgres) {
            other.db.close().await;
        }
    }

    async fn what_is_typed_is_checked(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        let office = manage(domain, &shop, &shop.owner).await;
        let long = "x".repeat(81);
        assert_eq!(faults(add(domain, &office, "nowhere", &long, "yesterday").await).len(), 3);
        assert_eq!(faults(add(domain, &office, "192.0.2.1", "", "2026-02-28").await).len(), 1);
        add(domain, &office, "192.0.2.77/24", "", "2026-03-01").await.unwrap();
        let again = add(domain, &office, "::ffff:192.0.2.0/120", "", "").await;
        assert_eq!(refusal(again), Refusal::AlreadyListed);
        // Once it has expired it makes room.
        t.advance(13 * 60 * 60 * 1000);
        let fresh = SignedIn { confirmed_at: domain.now(), ..shop.owner.clone() };
        let office = manage(domain, &shop, &fresh).await;
        add(domain, &office, "192.0.2.0/24", "", "").await.unwrap();
        assert_eq!(count(domain, "SELECT COUNT(*) AS n FROM address_rule").await, 1);
        let stranger = PersonId::from_u128(9);
        assert_eq!(refusal(exempt(domain, &office, &stranger).await), Refusal::Gone);
        // The list of another organization cannot be touched.
        let other = testing::company(domain, "Other").await;
        let theirs = manage(domain, &other, &other.owner).await;
        let line = overview(domain, &office).await.unwrap().lines.remove(0).id;
        assert_eq!(refusal(remove(domain, &theirs, &line).await), Refusal::Gone);
        assert!(overview(domain, &theirs).await.unwrap().lines.is_empty());
    }

    async fn only_who_proved_who_they_are_changes_anything(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        let office = manage(domain, &shop, &shop.owner).await;
        t.advance(access::CONFIRMED_FOR);
        let late = add(domain, &office, "192.0.2.1", "", "").await;
        assert_eq!(refusal(late), Refusal::ConfirmIdentity);
        assert_eq!(refusal(set_only(domain, &office, true).await), Refusal::ConfirmIdentity);
        assert_eq!(audited(domain, "").await, 0);
    }

    async fn the_simulator_decides_as_the_gate_does(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        let (mia, _) = testing::colleague(domain, &shop, "mia@shop.example", StoreRole::Marketer).await;
        let office = manage(domain, &shop, &shop.owner).await;
        let line = add(domain, &office, "192.0.2.0/24", "Office", "").await.unwrap();
        let decision = async |person: &PersonId, address: &str| {
            simulate(domain, &office, person, address, How::Password).await.unwrap().decision
        };
        let id = &mia.person.id;
        assert_eq!(decision(id, "203.0.113.9").await, Decision::Allowed(Reason::Unlimited));
        set_only(domain, &office, true).await.unwrap();
        assert_eq!(decision(id, "203.0.113.9").await, Decision::Denied(Barrier::Address));
        assert_eq!(decision(id, "::ffff:192.0.2.9").await, Decision::Allowed(Reason::Listed(line)));
        exempt(domain, &office, id).await.unwrap();
        assert_eq!(decision(id, "203.0.113.9").await, Decision::Allowed(Reason::Exempt));
        let stranger = testing::person(domain, "who@else.example").await.person.id;
        assert_eq!(decision(&stranger, "192.0.2.9").await, Decision::Denied(Barrier::Stranger));
        security::demand_two_factor(domain, &office, true, "").await.unwrap();
        assert_eq!(decision(id, "192.0.2.9").await, Decision::Denied(Barrier::TwoFactor));
        let passkey = simulate(domain, &office, id, "192.0.2.9", How::Passkey).await.unwrap();
        assert!(passkey.decision.allowed());
        assert_eq!(faults(simulate(domain, &office, id, "here", How::Password).await).len(), 1);
    }

    async fn the_operator_unlocks(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        let office = manage(domain, &shop, &shop.owner).await;
        assert!(!security::unlock(domain, &shop.organization).await.unwrap());
        add(domain, &office, "192.0.2.0/24", "Office", "").await.unwrap();
        set_only(domain, &office, true).await.unwrap();
        let moved = from(&shop.owner, "203.0.113.9");
        assert_eq!(enters(domain, &shop, &moved).await, Err(Barrier::Address));
        assert!(security::unlock(domain, &shop.organization).await.unwrap());
        assert_eq!(enters(domain, &shop, &moved).await, Ok(()));
        assert_eq!(audited(domain, "security.unlock").await, 1);
        let none = model::OrganizationId::from_u128(5);
        assert!(matches!(security::unlock(domain, &none).await, Err(Error::NotFound)));
    }
}
