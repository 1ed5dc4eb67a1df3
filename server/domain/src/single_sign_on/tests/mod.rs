mod provider;

use super::*;
use crate::{
    Domain, Error,
    access::{self, ManageSecurity, Method, OrganizationAccess, SignedIn, ViewOrganization},
    gate::Barrier,
    outgoing::Outgoing,
    session,
    testing::{self, Company, audited, count, faults, origin, refusal},
};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use model::{Refusal, access::StoreRole};
use provider::{Provider, Says};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;

/// A company with a provider, on a domain that may reach this machine.
struct Scene {
    domain: Domain,
    shop: Company,
    provider: Provider,
}

impl Scene {
    async fn new(t: &crate::db::testing::TestDomain) -> Scene {
        let mut domain = t.domain.clone();
        domain.outgoing = Outgoing::new(&["127.0.0.0/8".parse().unwrap()]);
        let shop = testing::company(&domain, "Shop").await;
        let provider = Provider::start().await;
        let scene = Scene { domain, shop, provider };
        scene.save(true).await.unwrap();
        scene
    }

    async fn manage(&self) -> OrganizationAccess<ManageSecurity> {
        let (domain, shop) = (&self.domain, &self.shop);
        let owner = SignedIn { confirmed_at: domain.now(), ..shop.owner.clone() };
        access::organization(domain, &owner, &shop.organization).await.unwrap()
    }

    async fn save(&self, join: bool) -> crate::Result<()> {
        let form = Form {
            issuer: self.provider.issuer.clone(),
            client: "client".to_owned(),
            secret: "the client's secret".to_owned(),
            domains: "shop.example".to_owned(),
            join,
            stores: vec![self.shop.store.to_string()],
            role: "marketer".to_owned(),
        };
        save(&self.domain, &self.manage().await, &form).await
    }

    async fn begin(&self, linking: Option<&SignedIn>) -> (Started, BTreeMap<String, String>) {
        let id = &self.shop.organization;
        let started = start(&self.domain, &origin(), id, "/stores", linking).await.unwrap();
        let query = started.url.split_once('?').unwrap().1;
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let pairs = pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        (started, pairs)
    }

    fn back(started: &Started) -> Return {
        Return {
            state: started.state.clone(),
            code: "code".to_owned(),
            browser: started.browser.expose().to_owned(),
            ..Return::default()
        }
    }

    /// Somebody signs in at the provider, which says this of them.
    async fn come(
        &self,
        who: (&str, &str),
        change: impl Fn(&mut Says),
    ) -> Result<SignedIn, Problem> {
        let (started, query) = self.begin(None).await;
        let mut says = Says::of(who, &query["nonce"], self.domain.now());
        change(&mut says);
        self.provider.say(says);
        match finish(&self.domain, &origin(), &Scene::back(&started)).await {
            Ok(arrived) => {
                assert_eq!(arrived.next, "/stores");
                let token = arrived.session.unwrap();
                Ok(session::find(&self.domain, token.expose(), origin()).await.unwrap().unwrap())
            }
            Err(Failure::Problem(problem)) => Err(problem),
            Err(Failure::Error(error)) => panic!("{error}"),
        }
    }

    async fn stopped(&self, who: &SignedIn) -> Option<Barrier> {
        let id = &self.shop.organization;
        match access::organization::<ViewOrganization>(&self.domain, who, id).await {
            Ok(_) => None,
            Err(Error::Stopped(stop)) => Some(stop.barrier),
            Err(error) => panic!("{error}"),
        }
    }
}

fn problem<T: std::fmt::Debug>(answer: Result<T, Failure>) -> Problem {
    match answer {
        Err(Failure::Problem(problem)) => problem,
        other => panic!("{other:?}"),
    }
}

/// Makes a provider say something else than it should.
type Lie = fn(&mut Says);

crate::both_engines! {
    async fn a_person_joins_with_the_default_role_and_is_found_again_by_subject(t: TestDomain) {
        let s = Scene::new(&t).await;
        let nora = s.come(("sub-1", "Nora@Shop.example"), |_| {}).await.unwrap();
        assert_eq!(nora.person.email, "nora@shop.example");
        assert_eq!(nora.person.first_name, "Nora");
        assert_eq!(nora.method, Method::SingleSignOn(s.shop.organization.clone()));
        let store = access::store::<access::ViewStore>(&s.domain, &nora, &s.shop.store).await.unwrap();
        assert_eq!(store.role(), StoreRole::Marketer);
        // Another address, the same subject: the same person, whose address stays.
        let again = s.come(("sub-1", "other@shop.example"), |_| {}).await.unwrap();
        assert_eq!(again.person.id, nora.person.id);
        assert_eq!(again.person.email, "nora@shop.example");
        // Another subject with that address is somebody else.
        assert_eq!(s.come(("sub-2", "nora@shop.example"), |_| {}).await.unwrap_err(), Problem::Identity);
        assert_eq!(audited(&s.domain, "single_sign_on.join").await, 1);
        assert_eq!(audited(&s.domain, "session.sign_in").await, 2);
    }

    async fn the_request_has_state_nonce_and_a_challenge(t: TestDomain) {
        let s = Scene::new(&t).await;
        let (started, query) = s.begin(None).await;
        assert_eq!(query["state"], started.state);
        assert_eq!(query["code_challenge_method"], "S256");
        assert_eq!(query["response_type"], "code");
        assert_eq!(query["redirect_uri"], "https%3A%2F%2Fconsole.example%2Faccount%2Fsso%2Fcallback");
        let waiting = waiting(&s.domain, &started.state).await.unwrap();
        assert_eq!((waiting.organization.as_str(), waiting.url), ("Shop", started.url.clone()));
        s.provider.say(Says::of(("sub-1", "nora@shop.example"), &query["nonce"], s.domain.now()));
        finish(&s.domain, &origin(), &Scene::back(&started)).await.unwrap();
        let asked = s.provider.asked();
        let verifier = &asked[0]["code_verifier"];
        let challenge = BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()));
        assert_eq!(query["code_challenge"], challenge);
        assert_eq!(asked[0]["grant_type"], "authorization_code");
    }

    async fn what_a_provider_says_must_be_true_of_this_sign_in(t: TestDomain) {
        let s = Scene::new(&t).await;
        let who = ("sub-1", "nora@shop.example");
        let wrong: [(&str, Lie); 6] = [
            ("nonce", |says| says.nonce = "another".into()),
            ("issuer", |says| says.issuer = Some("https://else.example".into())),
            ("audience", |says| says.audience = "another".into()),
            ("expired", |says| says.now -= 10 * 60 * 1000),
            ("signature", |says| says.other_key = true),
            ("no nonce", |says| says.nonce = String::new()),
        ];
        for (what, change) in wrong {
            assert_eq!(s.come(who, change).await.unwrap_err(), Problem::Token, "{what}");
        }
        assert_eq!(s.come(who, |says| says.verified = Some(false)).await.unwrap_err(), Problem::Email);
        assert_eq!(s.come(who, |says| says.verified = None).await.unwrap_err(), Problem::Email);
        assert_eq!(s.come(who, |says| says.email = None).await.unwrap_err(), Problem::Email);
        let outside = ("sub-9", "nora@else.example");
        assert_eq!(s.come(outside, |_| {}).await.unwrap_err(), Problem::Stranger);
        assert_eq!(count(&s.domain, "SELECT COUNT(*) AS n FROM person").await, 1);
        assert_eq!(audited(&s.domain, "session.sign_in").await, 0);
    }

    async fn a_sign_in_ends_once_in_its_own_browser_and_in_time(t: TestDomain) {
        let s = Scene::new(&t).await;
        let who = ("sub-1", "nora@shop.example");
        let say = |query: &BTreeMap<String, String>| {
            s.provider.say(Says::of(who, &query["nonce"], s.domain.now()));
        };
        let (started, query) = s.begin(None).await;
        say(&query);
        // Another browser, or none, gets nothing and spoils nothing.
        for browser in ["", "another"] {
            let back = Return { browser: browser.to_owned(), ..Scene::back(&started) };
            assert_eq!(problem(finish(&s.domain, &origin(), &back).await), Problem::Expired);
        }
        let back = Return { state: "unknown".to_owned(), ..Scene::back(&started) };
        assert_eq!(problem(finish(&s.domain, &origin(), &back).await), Problem::Expired);
        finish(&s.domain, &origin(), &Scene::back(&started)).await.unwrap();
        say(&query);
        assert_eq!(problem(finish(&s.domain, &origin(), &Scene::back(&started)).await), Problem::Expired);
        // Too late.
        let (started, query) = s.begin(None).await;
        t.advance(VALID);
        say(&query);
        assert_eq!(problem(finish(&s.domain, &origin(), &Scene::back(&started)).await), Problem::Expired);
        // An error of the provider, a code that it does not know, another issuer's answer.
        let (started, _) = s.begin(None).await;
        let back = Return { error: "access_denied".to_owned(), ..Scene::back(&started) };
        assert_eq!(problem(finish(&s.domain, &origin(), &back).await), Problem::Refused);
        let (started, query) = s.begin(None).await;
        say(&query);
        let back = Return { issuer: "https://else.example".to_owned(), ..Scene::back(&started) };
        assert_eq!(problem(finish(&s.domain, &origin(), &back).await), Problem::Token);
    }

    async fn nobody_is_taken_over(t: TestDomain) {
        let s = Scene::new(&t).await;
        let other = testing::company(&s.domain, "Other").await;
        // A member of this organization alone is linked by a verified address.
        let (mia, _) = testing::colleague(&s.domain, &s.shop, "mia@shop.example", StoreRole::Analyst).await;
        let linked = s.come(("sub-mia", "mia@shop.example"), |_| {}).await.unwrap();
        assert_eq!(linked.person.id, mia.person.id);
        assert_eq!(audited(&s.domain, "single_sign_on.link").await, 1);
        // Not somebody of another organization, nor of both.
        let (eva, _) = testing::colleague(&s.domain, &other, "eva@shop.example", StoreRole::Analyst).await;
        let eva_comes = ("sub-eva", "eva@shop.example");
        assert_eq!(s.come(eva_comes, |_| {}).await.unwrap_err(), Problem::Account);
        testing::join(&s.domain, &s.shop, &eva, StoreRole::Analyst).await;
        assert_eq!(s.come(eva_comes, |_| {}).await.unwrap_err(), Problem::Account);
        // Who is signed in links the provider themself, and may then come that way.
        let (started, query) = s.begin(Some(&eva)).await;
        s.provider.say(Says::of(("sub-eva", "whoever@where.example"), &query["nonce"], s.domain.now()));
        let arrived = finish(&s.domain, &origin(), &Scene::back(&started)).await.unwrap();
        assert!(arrived.session.is_none());
        let came = s.come(eva_comes, |_| {}).await.unwrap();
        assert_eq!(came.person.id, eva.person.id);
        assert_eq!(refusal(came.recently_confirmed(s.domain.now())), Refusal::ConfirmIdentity);
        linked.recently_confirmed(s.domain.now()).unwrap();
        // Such a session opens this organization's doors only.
        assert_eq!(s.stopped(&came).await, None);
        let there = access::organization::<ViewOrganization>(&s.domain, &came, &other.organization).await;
        assert!(matches!(there, Err(Error::Stopped(stop)) if stop.barrier == Barrier::OtherDoor));
        assert_eq!(linked_of(&s, &eva).await, [true]);
        let fresh = SignedIn { confirmed_at: s.domain.now(), ..eva.clone() };
        unlink(&s.domain, &fresh, &s.shop.organization).await.unwrap();
        assert_eq!(linked_of(&s, &eva).await, [false]);
        assert_eq!(s.come(eva_comes, |_| {}).await.unwrap_err(), Problem::Account);
    }

    async fn who_is_suspended_or_may_not_join_stays_outside(t: TestDomain) {
        let s = Scene::new(&t).await;
        let nora = ("sub-1", "nora@shop.example");
        s.come(nora, |_| {}).await.unwrap();
        testing::execute(&s.domain, "UPDATE organization_member SET suspended_at = 1 WHERE role = 'member'").await;
        assert_eq!(s.come(nora, |_| {}).await.unwrap_err(), Problem::Suspended);
        testing::execute(&s.domain, "DELETE FROM store_member WHERE role = 'marketer'").await;
        testing::execute(&s.domain, "DELETE FROM organization_member WHERE role = 'member'").await;
        s.save(false).await.unwrap();
        assert_eq!(s.come(nora, |_| {}).await.unwrap_err(), Problem::Stranger);
        assert_eq!(s.come(("sub-2", "new@shop.example"), |_| {}).await.unwrap_err(), Problem::Stranger);
        s.save(true).await.unwrap();
        let back = s.come(nora, |_| {}).await.unwrap();
        assert_eq!(s.stopped(&back).await, None);
    }

    async fn enforced_it_is_the_way_in_and_the_owner_breaks_the_glass(t: TestDomain) {
        let s = Scene::new(&t).await;
        let (mia, _) = testing::colleague(&s.domain, &s.shop, "mia@shop.example", StoreRole::Analyst).await;
        assert_eq!(without_identity(&s.domain, &s.manage().await).await.unwrap().len(), 2);
        enforce(&s.domain, &s.manage().await, true).await.unwrap();
        assert_eq!(s.stopped(&mia).await, Some(Barrier::SingleSignOn));
        assert_eq!(s.stopped(&s.shop.owner).await, None);
        let came = s.come(("sub-mia", "mia@shop.example"), |_| {}).await.unwrap();
        assert_eq!(s.stopped(&came).await, None);
        assert_eq!(without_identity(&s.domain, &s.manage().await).await.unwrap().len(), 1);
        remove(&s.domain, &s.manage().await).await.unwrap();
        assert_eq!(s.stopped(&mia).await, None);
        let answer = enforce(&s.domain, &s.manage().await, true).await;
        assert_eq!(refusal(answer), Refusal::NoSingleSignOn);
        assert_eq!(audited(&s.domain, "security.single_sign_on").await, 3);
        assert_eq!(audited(&s.domain, "security.single_sign_on.refused").await, 1);
    }

    async fn the_clients_secret_is_never_told(t: TestDomain) {
        let s = Scene::new(&t).await;
        let dump = format!("{:?}", t.dump(&[]).await);
        assert!(!dump.contains("the client's secret"));
        let (_, query) = s.begin(None).await;
        let dump = format!("{:?}", t.dump(&[]).await);
        assert!(!dump.contains(&query["nonce"]) && !dump.contains(&query["state"]));
        assert!(!format!("{:?}", overview(&s.domain, &s.manage().await).await.unwrap()).contains("client's"));
        // It stays when nothing is entered, but not for another provider.
        let mut form = Form {
            issuer: s.provider.issuer.clone(), client: "client".into(), role: "marketer".into(),
            ..Form::default()
        };
        save(&s.domain, &s.manage().await, &form).await.unwrap();
        assert!(overview(&s.domain, &s.manage().await).await.unwrap().secret);
        form.issuer = "https://other.example".into();
        assert_eq!(faults(save(&s.domain, &s.manage().await, &form).await).len(), 1);
        form = Form { issuer: "javascript:x".into(), join: true, role: "administrator".into(), ..form };
        assert_eq!(faults(save(&s.domain, &s.manage().await, &form).await).len(), 3);
    }

    async fn providers_are_found_by_domain_and_must_answer(t: TestDomain) {
        let s = Scene::new(&t).await;
        let found = find_organization(&s.domain, "Anybody@shop.example").await.unwrap();
        assert_eq!(found, s.shop.organization);
        let none = find_organization(&s.domain, "anybody@sub.shop.example").await;
        assert_eq!(refusal(none), Refusal::NoSingleSignOn);
        test_connection(&s.domain, &s.manage().await).await.unwrap();
        // Without the operator's exception this machine is not asked.
        let answer = test_connection(&t.domain, &s.manage().await).await;
        assert_eq!(problem(answer), Problem::Address);
        let other = testing::company(&s.domain, "Other").await;
        let answer = start(&s.domain, &origin(), &other.organization, "/", None).await;
        assert_eq!(problem(answer), Problem::NotSetUp);
    }
}

async fn linked_of(s: &Scene, who: &SignedIn) -> Vec<bool> {
    let links = linked(&s.domain, who).await.unwrap();
    links.iter().map(|link| link.used_at.is_some()).collect()
}
