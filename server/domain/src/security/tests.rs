use super::*;
use crate::{
    Domain, Error,
    access::{self, ManageSecurity, Method, OrganizationAccess, SignedIn, ViewStore},
    gate::Barrier,
    mail,
    outbox::Effect,
    session,
    testing::{self, Company, audited, enqueued, faults},
};
use model::{access::StoreRole, check::Fault, text::Lang};

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

async fn manage(domain: &Domain, shop: &Company) -> OrganizationAccess<ManageSecurity> {
    let owner = SignedIn { confirmed_at: domain.now(), pause: 0, ..shop.owner.clone() };
    access::organization(domain, &owner, &shop.organization).await.unwrap()
}

async fn stopped(domain: &Domain, shop: &Company, who: &SignedIn) -> Option<Barrier> {
    match access::store::<ViewStore>(domain, who, &shop.store).await {
        Ok(_) => None,
        Err(Error::Stopped(stop)) => Some(stop.barrier),
        Err(error) => panic!("{error}"),
    }
}

crate::both_engines! {
    async fn two_factor_is_demanded_from_a_day_on_and_told_once(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        let (mia, _) = testing::colleague(domain, &shop, "mia@shop.example", StoreRole::Marketer).await;
        let owner = manage(domain, &shop).await;
        assert_eq!(faults(demand_two_factor(domain, &owner, true, "2026-02-28").await).len(), 1);
        assert_eq!(faults(demand_two_factor(domain, &owner, true, "soon").await).len(), 1);
        demand_two_factor(domain, &owner, true, "2026-03-03").await.unwrap();
        assert_eq!(enqueued(domain, "two_factor_mail").await, 2);
        demand_two_factor(domain, &owner, true, "2026-03-04").await.unwrap();
        assert_eq!(enqueued(domain, "two_factor_mail").await, 2, "told once");
        assert_eq!(audited(domain, "security.two_factor").await, 2);
        let names: Vec<String> = without_second_factor(domain, &owner).await.unwrap().into_iter().map(|a| a.name).collect();
        assert_eq!(names, ["Mia", "Owner Shop"]);
        assert_eq!(stopped(domain, &shop, &mia).await, None, "until then there is time");
        t.advance(3 * DAY);
        assert_eq!(stopped(domain, &shop, &mia).await, Some(Barrier::TwoFactor));
        let with = SignedIn { second_factor: true, ..mia.clone() };
        assert_eq!(stopped(domain, &shop, &with).await, None);
        let strong = SignedIn { method: Method::Passkey, ..mia.clone() };
        assert_eq!(stopped(domain, &shop, &strong).await, None);
        for lang in Lang::ALL {
            let effect = Effect::TwoFactorMail {
                organization: shop.organization.clone(), person: mia.person.id.clone(), lang,
            };
            let mail = mail::letter(domain, &effect).await.unwrap().unwrap().mail;
            assert!(mail.text.contains("Shop") && mail.link.ends_with("/me/security"), "{}", mail.text);
        }
        let owner = OrganizationAccess::clone(&owner);
        let late = demand_two_factor(domain, &owner, false, "").await;
        assert_eq!(testing::refusal(late), model::Refusal::ConfirmIdentity);
    }

    async fn sessions_end_at_their_limits_and_go_on_once_confirmed(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        let (_, token) = testing::person_and_token(domain, "mia@shop.example").await;
        let find = async || session::find(domain, token.expose(), testing::origin()).await.unwrap().unwrap();
        testing::join(domain, &shop, &find().await, StoreRole::Marketer).await;
        let owner = manage(domain, &shop).await;
        assert_eq!(faults(set_session_limits(domain, &owner, "1", "x").await).len(), 2);
        let (idle, absolute) = (30 * MINUTE, 8 * 60 * MINUTE);
        set_session_limits(domain, &owner, &idle.to_string(), &absolute.to_string()).await.unwrap();
        set_session_limits(domain, &owner, &idle.to_string(), &absolute.to_string()).await.unwrap();
        assert_eq!(audited(domain, "security.sessions").await, 1);
        t.advance(idle);
        assert_eq!(stopped(domain, &shop, &find().await).await, None);
        t.advance(idle + 1);
        assert_eq!(stopped(domain, &shop, &find().await).await, Some(Barrier::Idle));
        // Asking again does not make the pause undone; proving who one is does.
        assert_eq!(stopped(domain, &shop, &find().await).await, Some(Barrier::Idle));
        testing::execute(domain, "UPDATE session SET longest_pause = 0").await;
        assert_eq!(stopped(domain, &shop, &find().await).await, None);
        for _ in 0..18 {
            t.advance(25 * MINUTE);
            find().await;
        }
        assert_eq!(stopped(domain, &shop, &find().await).await, Some(Barrier::Age));
    }

    async fn what_one_organization_has_opened_enters_no_other(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        let other = testing::company(domain, "Other").await;
        let (mia, _) = testing::colleague(domain, &shop, "mia@shop.example", StoreRole::Marketer).await;
        testing::join(domain, &other, &mia, StoreRole::Administrator).await;
        for method in [
            Method::SingleSignOn(shop.organization.clone()),
            Method::ShopLink(shop.organization.clone()),
        ] {
            let opened = SignedIn { method, ..mia.clone() };
            assert_eq!(stopped(domain, &shop, &opened).await, None);
            assert_eq!(stopped(domain, &other, &opened).await, Some(Barrier::OtherDoor));
        }
    }

    async fn only_people_of_allowed_domains_are_invited(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        let owner = manage(domain, &shop).await;
        let check = async |email: &str| {
            let (organization, email) = (shop.organization.clone(), email.to_owned());
            domain.db.write(async move |conn: &mut crate::db::Conn<'_>| {
                check_invited(conn, &organization, &email).await
            }).await
        };
        check("any@where.example").await.unwrap();
        assert_eq!(faults(set_invitation_domains(domain, &owner, "not a domain!").await).len(), 1);
        set_invitation_domains(domain, &owner, "Shop.example, @b.example").await.unwrap();
        check("ana@shop.example").await.unwrap();
        check("ana@b.example").await.unwrap();
        for other in ["ana@evil-shop.example", "ana@sub.shop.example", "shop.example@c.example"] {
            assert_eq!(faults(check(other).await).len(), 1, "{other}");
        }
        set_invitation_domains(domain, &owner, "").await.unwrap();
        check("any@where.example").await.unwrap();
        assert_eq!(audited(domain, "security.invitation_domains").await, 2);
    }

    async fn an_organization_without_rules_asks_nothing_more(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        let owner = manage(domain, &shop).await;
        assert_eq!(testing::count(domain, "SELECT COUNT(*) AS n FROM organization_security").await, 0);
        set_invitation_domains(domain, &owner, "shop.example").await.unwrap();
        let demanding = "SELECT COUNT(*) AS n FROM organization_security WHERE demanding";
        assert_eq!(testing::count(domain, demanding).await, 0);
        set_session_limits(domain, &owner, "", &DAY.to_string()).await.unwrap();
        assert_eq!(testing::count(domain, demanding).await, 1);
    }
}

#[test]
fn lists_of_domains() {
    assert_eq!(
        read_domains(" a.example,B.example;\n@a.example ").unwrap(),
        ["a.example", "b.example"]
    );
    assert_eq!(read_domains("").unwrap(), [""; 0]);
    for bad in ["localhost", "a b", "a..example", "%.example", "a_b.example"] {
        assert_eq!(read_domains(bad), Err(Fault::Domain), "{bad}");
    }
}
