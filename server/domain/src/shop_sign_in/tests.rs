use super::*;
use crate::{
    Domain, Error,
    access::{self, ManageSecurity, Method, OrganizationAccess, SignedIn, ViewStore},
    session::{self, Entered},
    testing::{self, Company, audited, origin, refusal},
};
use model::{Refusal, access::StoreRole};

async fn manage(domain: &Domain, shop: &Company) -> OrganizationAccess<ManageSecurity> {
    let owner = SignedIn { confirmed_at: domain.now(), ..shop.owner.clone() };
    access::organization(domain, &owner, &shop.organization).await.unwrap()
}

async fn secret(domain: &Domain, shop: &Company) -> String {
    let access = manage(domain, shop).await;
    let shown = make_secret(domain, &access, &shop.store).await.unwrap();
    reveal(domain, &access, &shop.store, &shown).unwrap()
}

fn link(domain: &Domain, shop: &Company, email: &str, nonce: u32, secret: &str) -> Link {
    let mut link = Link {
        store: shop.store.to_string(),
        email: email.to_owned(),
        at: (domain.now() / 1000).to_string(),
        nonce: format!("nonce-number-{nonce:04}"),
        signature: String::new(),
    };
    link.signature = link.sign(secret);
    link
}

async fn come(domain: &Domain, link: &Link) -> crate::Result<SignedIn> {
    match enter(domain, &origin(), link).await?.0 {
        Entered::In(_, token) => {
            Ok(session::find(domain, token.expose(), origin()).await?.unwrap())
        }
        Entered::Step(_) => panic!("a second factor is asked for"),
    }
}

#[test]
fn the_signature_is_what_shops_compute() {
    // printf 'sto_1\na@b.example\n1700000000\n0123456789abcdef' |
    //     openssl dgst -sha256 -hmac shs_secret
    let link = Link {
        store: "sto_1".into(),
        email: "a@b.example".into(),
        at: "1700000000".into(),
        nonce: "0123456789abcdef".into(),
        signature: String::new(),
    };
    assert_eq!(
        link.sign("shs_secret"),
        "06e999b850f7a1d3dab4b9951bd65a65d29aed643bac4e683b7285f8cd2a00a3"
    );
}

crate::both_engines! {
    async fn a_link_signs_a_member_in_once(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        let (mia, _) = testing::colleague(domain, &shop, "mia@shop.example", StoreRole::Analyst).await;
        let secret = secret(domain, &shop).await;
        let good = link(domain, &shop, "Mia@shop.example", 1, &secret);
        assert_eq!(greet(domain, &good).await.unwrap(), "Shop");
        let came = come(domain, &good).await.unwrap();
        assert_eq!(came.person.id, mia.person.id);
        assert_eq!(came.method, Method::ShopLink(shop.organization.clone()));
        access::store::<ViewStore>(domain, &came, &shop.store).await.unwrap();
        assert_eq!(refusal(came.recently_confirmed(domain.now())), Refusal::ConfirmIdentity);
        assert_eq!(refusal(come(domain, &good).await), Refusal::LinkUsed);
        assert_eq!(audited(domain, "shop_secret.make").await, 1);
        assert!(!format!("{:?}", t.dump(&[]).await).contains(&secret));
    }

    async fn whatever_is_wrong_with_a_link_signs_nobody_in(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        let other = testing::company(domain, "Other").await;
        testing::colleague(domain, &shop, "mia@shop.example", StoreRole::Analyst).await;
        let key = secret(domain, &shop).await;
        let good = link(domain, &shop, "mia@shop.example", 1, &key);
        let unknown = async |link: Link| {
            assert_eq!(refusal(come(domain, &link).await), Refusal::LinkUnknown, "{link:?}");
        };
        unknown(Link { email: "owner.shop@shop.example".into(), ..good.clone() }).await;
        unknown(Link { at: "1".into(), ..good.clone() }).await;
        unknown(Link { nonce: "another-nonce-0001".into(), ..good.clone() }).await;
        unknown(Link { signature: "00".repeat(32), ..good.clone() }).await;
        unknown(Link { signature: "x".into(), ..good.clone() }).await;
        unknown(Link { store: other.store.to_string(), ..good.clone() }).await;
        unknown(link(domain, &shop, "mia@shop.example", 2, "shs_guess")).await;
        unknown(link(domain, &shop, "nobody@shop.example", 3, &key)).await;
        unknown(link(domain, &shop, &other.owner.person.email, 4, &key)).await;
        unknown(link(domain, &other, "mia@shop.example", 5, &key)).await;
        let mut short = Link { nonce: "short".into(), ..good.clone() };
        short.signature = short.sign(&key);
        unknown(short).await;
        // A minute, either way.
        let early = link(domain, &shop, "mia@shop.example", 6, &key);
        t.advance(61_000);
        assert_eq!(refusal(come(domain, &early).await), Refusal::LinkExpired);
        let mut ahead = Link { at: (domain.now() / 1000 + 61).to_string(), ..good.clone() };
        ahead.signature = ahead.sign(&key);
        assert_eq!(refusal(come(domain, &ahead).await), Refusal::LinkExpired);
        // A new secret ends the old one; a suspended member does not come in.
        let old = link(domain, &shop, "mia@shop.example", 7, &key);
        let key = secret(domain, &shop).await;
        unknown(old).await;
        testing::execute(domain, "UPDATE organization_member SET suspended_at = 1 WHERE role = 'member'").await;
        unknown(link(domain, &shop, "mia@shop.example", 8, &key)).await;
    }

    async fn off_everybody_signs_in_with_a_password(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        testing::colleague(domain, &shop, "mia@shop.example", StoreRole::Analyst).await;
        let key = secret(domain, &shop).await;
        let access = manage(domain, &shop).await;
        assert!(overview(domain, &access).await.unwrap().on, "on by default");
        assert!(used_by(domain, &access).await.unwrap().is_empty());
        let link = async |n| link(domain, &shop, "mia@shop.example", n, &key);
        let (_, token) = match enter(domain, &origin(), &link(1).await).await.unwrap().0 {
            Entered::In(signed_in, token) => (signed_in, token),
            Entered::Step(_) => panic!(),
        };
        assert_eq!(used_by(domain, &access).await.unwrap().len(), 1);
        set(domain, &access, false).await.unwrap();
        assert!(session::find(domain, token.expose(), origin()).await.unwrap().is_none());
        assert_eq!(refusal(come(domain, &link(2).await).await), Refusal::LinkUnknown);
        set(domain, &access, true).await.unwrap();
        come(domain, &link(3).await).await.unwrap();
        assert_eq!(audited(domain, "security.shop_sign_in").await, 2);
    }

    async fn a_secret_is_shown_to_who_made_it_for_a_while(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        let other = testing::company(domain, "Other").await;
        let access = manage(domain, &shop).await;
        let shown = make_secret(domain, &access, &shop.store).await.unwrap();
        assert!(reveal(domain, &access, &shop.store, &shown).unwrap().starts_with("shs_"));
        assert!(reveal(domain, &access, &other.store, &shown).is_none());
        assert!(reveal(domain, &manage(domain, &other).await, &shop.store, &shown).is_none());
        t.advance(5 * 60 * 1000);
        assert!(reveal(domain, &access, &shop.store, &shown).is_none());
        let theirs = make_secret(domain, &manage(domain, &other).await, &shop.store).await;
        assert!(matches!(theirs, Err(Error::Refused(Refusal::Gone))));
    }

    async fn a_second_factor_is_still_asked_for(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        let (mia, _) =
            testing::colleague(domain, &shop, "mia@shop.example", StoreRole::Analyst).await;
        let (person, now) = (mia.person.id.clone(), domain.now());
        let turn_on = async move |conn: &mut crate::db::Conn<'_>| {
            crate::db::sql("INSERT INTO two_factor (person_id, secret, last_step, created_at, confirmed_at)
                 VALUES ($1, '', 0, $2, $2)")
            .bind(person.as_str())
            .bind(now)
            .execute(conn)
            .await
        };
        domain.db.write(turn_on).await.unwrap();
        let key = secret(domain, &shop).await;
        let link = link(domain, &shop, "mia@shop.example", 1, &key);
        let (entered, _) = enter(domain, &origin(), &link).await.unwrap();
        let Entered::Step(step) = entered else { panic!("{entered:?}") };
        session::step::pending(domain, step.expose()).await.unwrap();
        let method = "SELECT COUNT(*) AS n FROM sign_in_step WHERE method = 'shop_link'";
        assert_eq!(testing::count(domain, method).await, 1);
        assert_eq!(testing::count(domain, "SELECT COUNT(*) AS n FROM session").await, 2);
    }
}
