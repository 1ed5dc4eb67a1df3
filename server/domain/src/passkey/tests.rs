use super::{VALID, add, available, list, offer_new, offer_sign_in, remove, rename, sign_in};
use crate::{
    Error,
    access::Method,
    account::{self, Proof},
    session::{self, Entered, step},
    testing::{self, Authenticator, audited, count, enqueued, faults, origin, refusal},
};
use model::Refusal;
use std::sync::Arc;

const EMAIL: &str = "ana@shop.example";
const PASSWORD: &str = "three blind mice";

crate::both_engines! {
    async fn a_passkey_signs_in_without_a_password(t: TestDomain) {
        let domain = &t.domain;
        let ana = testing::person(domain, EMAIL).await;
        let (id, mut device) = testing::passkey(domain, &ana, " Phone ").await;
        assert_eq!((audited(domain, "passkey.add").await, enqueued(domain, "security_mail").await), (1, 1));
        t.advance(1_000);
        let offer = offer_sign_in(domain).unwrap();
        assert!(!offer.options.contains("mediation") && !offer.options.contains(EMAIL));
        let answer = device.get(&offer.options);
        let (signed_in, token) = sign_in(domain, &origin(), &offer.state, &answer).await.unwrap();
        assert_eq!(signed_in.method, Method::Passkey);
        assert!(signed_in.method.is_strong());
        let found = session::find(domain, token.expose(), origin()).await.unwrap().unwrap();
        assert_eq!((found.person.email.as_str(), &found.method), (EMAIL, &Method::Passkey));
        let listed = list(domain, &found).await.unwrap();
        assert_eq!((listed[0].name.as_str(), listed[0].last_used_at), ("Phone", Some(domain.now())));
        assert_eq!(listed[0].id, id);
        // The same answer does not count again (its counter is spent), nor with another state.
        assert_eq!(refusal(sign_in(domain, &origin(), &offer.state, &answer).await), Refusal::PasskeyUnknown);
        let other = offer_sign_in(domain).unwrap();
        assert_eq!(refusal(sign_in(domain, &origin(), &other.state, &answer).await), Refusal::PasskeyUnknown);
        assert_eq!(audited(domain, "session.sign_in").await, 1);
    }

    async fn what_proves_nothing_is_refused(t: TestDomain) {
        let domain = &t.domain;
        let ana = testing::person(domain, EMAIL).await;
        let (id, mut device) = testing::passkey(domain, &ana, "Phone").await;
        let offer = offer_sign_in(domain).unwrap();
        for (state, credential, expected) in [
            (offer.state.as_str(), "", Refusal::PasskeyNotUsed),
            (&offer.state, "{}", Refusal::Malformed),
            (&offer.state, "no json", Refusal::Malformed),
            ("made up", "{}", Refusal::Malformed),
        ] {
            assert_eq!(refusal(sign_in(domain, &origin(), state, credential).await), expected);
        }
        // A device that did not check its user.
        device.flags = 0x01;
        let answer = device.get(&offer.options);
        assert_eq!(refusal(sign_in(domain, &origin(), &offer.state, &answer).await), Refusal::PasskeyUnknown);
        device.flags = 0x05;
        // Too late.
        let answer = device.get(&offer.options);
        t.advance(VALID);
        assert_eq!(refusal(sign_in(domain, &origin(), &offer.state, &answer).await), Refusal::StepExpired);
        // The state of making one signs nobody in.
        let ana = testing::confirm_again(domain, &ana).await;
        let new = offer_new(domain, &ana).await.unwrap();
        assert_eq!(refusal(sign_in(domain, &origin(), &new.state, &answer).await), Refusal::Malformed);
        // One that was removed.
        remove(domain, &ana, &id).await.unwrap();
        let offer = offer_sign_in(domain).unwrap();
        let answer = device.get(&offer.options);
        assert_eq!(refusal(sign_in(domain, &origin(), &offer.state, &answer).await), Refusal::PasskeyUnknown);
    }

    async fn passkeys_are_named_renamed_and_removed_by_their_person(t: TestDomain) {
        let domain = &t.domain;
        let ana = testing::person(domain, EMAIL).await;
        let eva = testing::person(domain, "eva@shop.example").await;
        let (id, _) = testing::passkey(domain, &ana, "Phone").await;
        testing::passkey(domain, &ana, "Key").await;
        let offer = offer_new(domain, &ana).await.unwrap();
        let made = Authenticator::new(domain).create(&offer.options);
        assert_eq!(faults(add(domain, &ana, " ", &offer.state, &made).await), ["name"]);
        assert_eq!(faults(rename(domain, &ana, &id, &"x".repeat(61)).await), ["name"]);
        rename(domain, &ana, &id, "Old phone").await.unwrap();
        rename(domain, &ana, &id, "Old phone").await.unwrap();
        assert_eq!(audited(domain, "passkey.rename").await, 1);
        assert!(matches!(rename(domain, &eva, &id, "Mine").await, Err(Error::NotFound)));
        assert!(matches!(remove(domain, &eva, &id).await, Err(Error::NotFound)));
        // A ceremony of one session is none of another's.
        assert_eq!(refusal(add(domain, &eva, "Mine", &offer.state, &made).await), Refusal::Malformed);
        t.advance(crate::access::CONFIRMED_FOR);
        assert_eq!(refusal(remove(domain, &ana, &id).await), Refusal::ConfirmIdentity);
        assert_eq!(refusal(offer_new(domain, &ana).await), Refusal::ConfirmIdentity);
        let ana = testing::confirm_again(domain, &ana).await;
        remove(domain, &ana, &id).await.unwrap();
        let names: Vec<_> = list(domain, &ana).await.unwrap().into_iter().map(|key| key.name).collect();
        assert_eq!(names, ["Key"]);
        assert_eq!(audited(domain, "passkey.remove").await, 1);
    }

    async fn a_passkey_is_a_second_factor_and_confirms(t: TestDomain) {
        let domain = &t.domain;
        let ana = testing::with_password(domain, EMAIL, PASSWORD).await;
        testing::two_factor(domain, &ana).await;
        let (_, mut device) = testing::passkey(domain, &ana, "Phone").await;
        let Entered::Step(token) = session::sign_in(domain, &origin(), EMAIL, PASSWORD).await.unwrap() else { panic!() };
        let offer = step::pending(domain, token.expose()).await.unwrap().passkey.unwrap();
        let answer = device.get(&offer.options);
        let (state, token) = (offer.state.as_str(), token.expose());
        let (signed_in, _) = step::verify_passkey(domain, &origin(), token, state, &answer).await.unwrap();
        assert_eq!(signed_in.method, Method::Password);
        let again = step::verify_passkey(domain, &origin(), token, state, &answer).await;
        assert_eq!(refusal(again), Refusal::StepExpired);
        let ways = account::ways(domain, &signed_in).await.unwrap();
        assert!(ways.password && !ways.code);
        let offer = ways.passkey.unwrap();
        let proof = Proof::Passkey { credential: device.get(&offer.options), state: offer.state };
        let cookie = account::confirm(domain, &signed_in, proof.clone()).await.unwrap();
        assert_eq!(refusal(account::confirm(domain, &signed_in, proof).await), Refusal::LinkUsed);
        assert!(session::find(domain, cookie.expose(), origin()).await.unwrap().is_some());
    }

    async fn one_answer_opens_one_session_also_at_once(t: TestDomain) {
        let domain = &t.domain;
        let ana = testing::person(domain, EMAIL).await;
        let (_, mut device) = testing::passkey(domain, &ana, "Phone").await;
        let offer = offer_sign_in(domain).unwrap();
        let answer = device.get(&offer.options);
        let other = t.another_process().await;
        let (state, mut tasks) = (offer.state, tokio::task::JoinSet::new());
        for n in 0..8 {
            let domain = if n % 2 == 0 { domain.clone() } else { other.clone() };
            let (state, answer) = (state.clone(), answer.clone());
            tasks.spawn(async move { sign_in(&domain, &origin(), &state, &answer).await.is_ok() });
        }
        assert_eq!(tasks.join_all().await.into_iter().filter(|ok| *ok).count(), 1);
        assert_eq!(count(domain, "SELECT COUNT(*) AS n FROM session").await, 2);
    }

    async fn an_address_without_a_name_has_no_passkeys(t: TestDomain) {
        let mut domain = t.domain.clone();
        let ana = testing::person(&domain, EMAIL).await;
        for (url, expected) in [
            ("http://localhost:3000", true), ("https://shop.example", true),
            ("http://127.0.0.1:3000", false), ("http://[::1]:3000", false),
        ] {
            let options = crate::context::Options { public_url: url.into(), ..(*t.domain.options).clone() };
            domain.options = Arc::new(options);
            assert_eq!(available(&domain), expected, "{url}");
            assert_eq!(offer_sign_in(&domain).is_ok(), expected, "{url}");
            assert_eq!(offer_new(&domain, &ana).await.is_ok(), expected, "{url}");
        }
    }
}
