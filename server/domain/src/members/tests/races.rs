use super::access;
use crate::{
    Domain, Error,
    access::{ManageMembers, StoreAccess, ViewStore, store},
    invitation,
    members::{change_role, invite, remove},
    testing::{self, count},
};
use model::{MemberId, Refusal, access::StoreRole};
use tokio::task::JoinSet;

const ADMINISTRATORS: &str = "SELECT COUNT(*) AS n FROM store_member WHERE role = 'administrator'";

/// Six Administrators of one store, each with their own access, checked beforehand.
async fn administrators(domain: &Domain) -> Vec<(StoreAccess<ManageMembers>, MemberId)> {
    let shop = testing::company(domain, "Shop").await;
    let mut all = vec![(access(domain, &shop).await, shop.member.clone())];
    for n in 0..5 {
        let email = format!("a{n}@shop.example");
        let (somebody, member) =
            testing::colleague(domain, &shop, &email, StoreRole::Administrator).await;
        all.push((testing::access(domain, &somebody, &shop.store).await, member));
    }
    all
}

/// Only a rule may stand in the way, not the database.
fn by_rule(answer: crate::Result<()>) -> bool {
    match answer {
        Ok(()) => true,
        Err(Error::Refused(Refusal::LastAdministrator | Refusal::Gone)) => false,
        Err(Error::Forbidden(_) | Error::NotFound) => false,
        Err(other) => panic!("{other}"),
    }
}

crate::both_engines! {
    async fn all_administrators_step_down_at_once(t: TestDomain) {
        let domain = &t.domain;
        let other = t.another_process().await;
        let mut tasks = JoinSet::new();
        for (n, (access, member)) in administrators(domain).await.into_iter().enumerate() {
            let domain = if n % 2 == 0 { domain.clone() } else { other.clone() };
            tasks.spawn(async move {
                let id = member.as_str();
                by_rule(if n % 3 == 0 {
                    remove(&domain, &access, id).await.map(|_| ())
                } else {
                    change_role(&domain, &access, id, "marketer").await
                })
            });
        }
        let done = tasks.join_all().await.into_iter().filter(|done| *done).count();
        assert_eq!(done, 5);
        assert_eq!(count(domain, ADMINISTRATORS).await, 1);
    }

    async fn administrators_remove_each_other_at_once(t: TestDomain) {
        let domain = &t.domain;
        let other = t.another_process().await;
        let all = administrators(domain).await;
        let mut tasks = JoinSet::new();
        for (n, (access, _)) in all.iter().enumerate() {
            for (_, victim) in all.iter().filter(|(_, id)| *id != all[n].1) {
                let domain = if n % 2 == 0 { domain.clone() } else { other.clone() };
                let (access, victim) = (access.clone(), victim.clone());
                tasks.spawn(async move {
                    by_rule(remove(&domain, &access, victim.as_str()).await.map(|_| ()))
                });
            }
        }
        let done = tasks.join_all().await.into_iter().filter(|done| *done).count();
        // Whoever is first removes the others, unless removed by the next.
        assert_eq!(done, 5);
        assert_eq!(count(domain, ADMINISTRATORS).await, 1);
    }

    async fn one_address_is_invited_many_times_at_once(t: TestDomain) {
        let domain = &t.domain;
        let other = t.another_process().await;
        let shop = testing::company(domain, "Shop").await;
        let access = access(domain, &shop).await;
        let mut tasks = JoinSet::new();
        for n in 0..12 {
            let domain = if n % 2 == 0 { domain.clone() } else { other.clone() };
            let access = access.clone();
            tasks.spawn(async move { invite(&domain, &access, "a@b.example", "marketer").await });
        }
        let mut done = 0;
        for answer in tasks.join_all().await {
            match answer {
                Ok(_) => done += 1,
                refused => assert_eq!(testing::refusal(refused), Refusal::AlreadyInvited),
            }
        }
        assert_eq!(done, 1);
        assert_eq!(count(domain, "SELECT COUNT(*) AS n FROM invitation").await, 1);
        assert_eq!(count(domain, "SELECT COUNT(*) AS n FROM outbox").await, 1);
        assert_eq!(testing::audited(domain, "member.invite").await, 1);
    }

    async fn an_invitation_is_accepted_and_cancelled_at_once(t: TestDomain) {
        let domain = &t.domain;
        let other = t.another_process().await;
        let shop = testing::company(domain, "Shop").await;
        let access = access(domain, &shop).await;
        for n in 0..5 {
            let eva = testing::person(domain, &format!("eva{n}@b.example")).await;
            let id = invite(domain, &access, &eva.person.email, "marketer").await.unwrap();
            let token = testing::invitation_token(domain, &id);
            let nothing = invitation::Acceptance::default();
            let origin = testing::origin();
            let (accepted, cancelled) = tokio::join!(
                invitation::accept(&other, &origin, Some(&eva), token.expose(), nothing),
                remove(domain, &access, id.as_str()),
            );
            assert_ne!(accepted.is_ok(), cancelled.is_ok());
            let joined = store::<ViewStore>(domain, &eva, &shop.store).await;
            assert_eq!(joined.is_ok(), accepted.is_ok());
        }
    }
}
