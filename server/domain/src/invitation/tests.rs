use super::{Acceptance, Accepted, VALID, accept, view};
use crate::{
    Domain,
    access::{ManageMembers, SignedIn, ViewStore},
    crypto::Token,
    members, session,
    testing::{self, Company, Proof, audited, count, faults, origin, refusal},
};
use model::{
    InvitationId, MemberId, Refusal,
    access::StoreRole,
    text::{Lang, Texts},
};

const T: Texts = Texts::of(Lang::En);
const EMAIL: &str = "eva@new.example";

fn form() -> Acceptance {
    Acceptance {
        first_name: "Eva".into(),
        last_name: "Roy".into(),
        password: "three blind mice".into(),
    }
}

async fn invited(domain: &Domain, shop: &Company, email: &str) -> (InvitationId, Token) {
    let access = testing::access::<ManageMembers>(domain, &shop.owner, &shop.store).await;
    let id = members::invite(domain, &access, email, "marketer").await.unwrap();
    let token = testing::invitation_token(domain, &id);
    (id, token)
}

async fn memberships(domain: &Domain) -> (i64, i64) {
    let store = count(domain, "SELECT COUNT(*) AS n FROM store_member").await;
    let organization = count(domain, "SELECT COUNT(*) AS n FROM organization_member").await;
    (store, organization)
}

crate::both_engines! {
    async fn a_new_person_joins_store_and_organization_by_accepting(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        session::set_language(domain, &shop.owner, Lang::Fr).await.unwrap();
        let (id, token) = invited(domain, &shop, " Eva@New.example").await;
        let page = view(domain, token.expose(), None, T).await.unwrap();
        assert_eq!((&page.id, page.store.as_str(), page.email.as_str()), (&id, "Shop", EMAIL));
        assert_eq!((page.known, page.signed_in_as, page.role.as_str()), (false, None, "Marketer"));
        assert_eq!((page.organization.as_str(), page.invited_by.as_str()), ("Shop", "Owner Shop"));
        assert_eq!(memberships(domain).await, (1, 1));
        t.advance(VALID - 1);
        let accepted = accept(domain, &origin(), None, token.expose(), form()).await.unwrap();
        let Accepted::SignedIn(eva, cookie, place) = accepted else { panic!("{accepted:?}") };
        assert_eq!((&place.organization, place.stores.as_slice()), (&shop.organization, [shop.store.clone()].as_slice()));
        assert!(session::find(domain, cookie.expose(), origin()).await.unwrap().is_some());
        let access = testing::access::<ViewStore>(domain, &eva, &shop.store).await;
        assert_eq!(access.role(), StoreRole::Marketer);
        assert_eq!(memberships(domain).await, (2, 2));
        let members = "SELECT COUNT(*) AS n FROM organization_member WHERE role = 'member'";
        assert_eq!(count(domain, members).await, 1);
        assert_eq!(audited(domain, "member.invite").await, 1);
        assert_eq!(audited(domain, "invitation.accept").await, 1);
        session::sign_in(domain, &origin(), EMAIL, "three blind mice").await.unwrap();
    }

    async fn a_known_person_joins_signed_in_or_not(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        let eva = testing::person(domain, EMAIL).await;
        let max = testing::person(domain, "max@new.example").await;
        let (_, token) = invited(domain, &shop, EMAIL).await;
        let page = view(domain, token.expose(), Some(&eva), T).await.unwrap();
        assert_eq!((page.known, page.signed_in_as), (true, None));
        let nothing = Acceptance::default();
        let done = accept(domain, &origin(), Some(&eva), token.expose(), nothing.clone()).await;
        assert!(matches!(done.unwrap(), Accepted::JoinedAs(place) if place.stores == [shop.store.clone()]));
        let (_, token) = invited(domain, &shop, "max@new.example").await;
        let done = accept(domain, &origin(), None, token.expose(), nothing).await;
        assert!(matches!(done.unwrap(), Accepted::PleaseSignIn(place) if place.stores == [shop.store.clone()]));
        testing::access::<ViewStore>(domain, &max, &shop.store).await;
        assert_eq!(memberships(domain).await, (3, 3));
    }

    async fn nobody_accepts_for_another(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        let max = testing::person(domain, "max@new.example").await;
        let (_, token) = invited(domain, &shop, EMAIL).await;
        let page = view(domain, token.expose(), Some(&max), T).await.unwrap();
        assert_eq!(page.signed_in_as.as_deref(), Some("max@new.example"));
        let done = accept(domain, &origin(), Some(&max), token.expose(), form()).await;
        assert_eq!(refusal(done), Refusal::OtherPerson);
        assert_eq!(memberships(domain).await, (1, 1));
    }

    async fn links_that_do_not_work_say_why(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        let answers = async |token: &Token| {
            let page = refusal(view(domain, token.expose(), None, T).await);
            let done = accept(domain, &origin(), None, token.expose(), form()).await;
            assert_eq!(refusal(done), page);
            page
        };
        let none = testing::invitation_token(domain, &InvitationId::from_u128(1));
        assert_eq!(answers(&none).await, Refusal::LinkUnknown);
        let (_, expired) = invited(domain, &shop, EMAIL).await;
        t.advance(VALID);
        assert_eq!(answers(&expired).await, Refusal::LinkExpired);
        let (id, cancelled) = invited(domain, &shop, EMAIL).await;
        assert_eq!(answers(&expired).await, Refusal::LinkExpired);
        let access = testing::access::<ManageMembers>(domain, &shop.owner, &shop.store).await;
        members::remove(domain, &access, id.as_str()).await.unwrap();
        assert_eq!(answers(&cancelled).await, Refusal::LinkUnknown);
        let (_, used) = invited(domain, &shop, EMAIL).await;
        accept(domain, &origin(), None, used.expose(), form()).await.unwrap();
        assert_eq!(answers(&used).await, Refusal::LinkUsed);
        assert_eq!(refusal(view(domain, "no\0such", None, T).await), Refusal::LinkUnknown);
        assert_eq!(memberships(domain).await, (2, 2));
    }

    async fn a_new_person_must_enter_everything(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        let (_, token) = invited(domain, &shop, EMAIL).await;
        let done = accept(domain, &origin(), None, token.expose(), Acceptance::default()).await;
        assert_eq!(faults(done), ["first_name", "last_name", "password"]);
        let own_address = Acceptance { password: EMAIL.into(), ..form() };
        let done = accept(domain, &origin(), None, token.expose(), own_address).await;
        assert_eq!(faults(done), ["password"]);
        accept(domain, &origin(), None, token.expose(), form()).await.unwrap();
    }

    async fn prove_fifty_acceptances_at_once_make_one_member(t: TestDomain) {
        let proof = Proof::of(format!("R28 one acceptance wins, {:?}", t.engine));
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        let other = t.another_process().await;
        let rounds = proof.length(1, 20);
        for round in 1..=rounds {
            let (_, token) = invited(domain, &shop, &format!("eva{round}@new.example")).await;
            let mut tasks = tokio::task::JoinSet::new();
            for n in 0..50 {
                let domain = if n % 2 == 0 { domain.clone() } else { other.clone() };
                let token = token.expose().to_owned();
                tasks.spawn(async move { accept(&domain, &origin(), None, &token, form()).await });
            }
            let (mut done, mut used) = (0, 0);
            for answer in tasks.join_all().await {
                match answer {
                    Ok(Accepted::SignedIn(..)) => done += 1,
                    other => {
                        assert_eq!(refusal(other), Refusal::LinkUsed);
                        used += 1;
                    }
                }
            }
            assert_eq!((done, used), (1, 49));
            let n = 1 + i64::try_from(round).unwrap();
            assert_eq!(memberships(domain).await, (n, n));
            assert_eq!(count(domain, "SELECT COUNT(*) AS n FROM person").await, n);
            assert_eq!(audited(domain, "invitation.accept").await, n - 1);
        }
        proof.holds(&format!("{rounds} invitations, each accepted 50 times at once"));
    }

    async fn invitations_to_two_stores_make_one_person(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        let other = testing::company(domain, "Other").await;
        let (_, first) = invited(domain, &shop, EMAIL).await;
        let (_, second) = invited(domain, &other, EMAIL).await;
        let both = [first, second].map(|token| {
            let domain = domain.clone();
            tokio::spawn(async move {
                accept(&domain, &origin(), None, token.expose(), form()).await.unwrap()
            })
        });
        let mut new = 0;
        for task in both {
            new += usize::from(matches!(task.await.unwrap(), Accepted::SignedIn(..)));
        }
        assert_eq!(new, 1);
        assert_eq!(count(domain, "SELECT COUNT(*) AS n FROM person").await, 3);
        assert_eq!(memberships(domain).await, (4, 4));
    }

    async fn a_member_of_the_organization_stays_one(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        let second = testing::another_store(domain, &shop, "Second").await;
        let (eva, member): (SignedIn, MemberId) =
            testing::colleague(domain, &shop, EMAIL, StoreRole::Marketer).await;
        let access = testing::access::<ManageMembers>(domain, &shop.owner, &second).await;
        let id = members::invite(domain, &access, EMAIL, "administrator").await.unwrap();
        let token = testing::invitation_token(domain, &id);
        accept(domain, &origin(), Some(&eva), token.expose(), form()).await.unwrap();
        assert_eq!(memberships(domain).await, (4, 2));
        let access = testing::access::<ManageMembers>(domain, &shop.owner, &shop.store).await;
        members::remove(domain, &access, member.as_str()).await.unwrap();
        assert_eq!(memberships(domain).await, (3, 2));
    }

    async fn a_stolen_backup_accepts_nothing(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        let (_, token) = invited(domain, &shop, EMAIL).await;
        let dump = format!("{:?}", t.dump(&[]).await);
        assert!(dump.contains(&token.hash()) && !dump.contains(token.expose()));
    }
}
