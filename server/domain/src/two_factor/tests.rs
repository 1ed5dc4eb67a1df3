use super::{Status, begin, confirm, new_codes, shown, status, turn_off};
use crate::{
    Domain, Error,
    access::SignedIn,
    session::{self, Entered, step},
    testing::{
        self, app_code, app_code_at, audited, confirm_again, count, enqueued, faults, origin,
        refusal,
    },
};
use model::Refusal;

const EMAIL: &str = "ana@shop.example";
const PASSWORD: &str = "three blind mice";
const MINUTE: i64 = 60_000;

/// Gives the right password; the token of the step that follows.
async fn first_step(domain: &Domain) -> String {
    match session::sign_in(domain, &origin(), EMAIL, PASSWORD).await.unwrap() {
        Entered::Step(token) => token.expose().to_owned(),
        Entered::In(..) => panic!("no second factor was asked for"),
    }
}

async fn ana(domain: &Domain) -> (SignedIn, Vec<String>) {
    let ana = testing::with_password(domain, EMAIL, PASSWORD).await;
    let codes = testing::two_factor(domain, &ana).await;
    (ana, codes)
}

crate::both_engines! {
    async fn it_is_on_once_a_code_was_given(t: TestDomain) {
        let domain = &t.domain;
        let ana = testing::with_password(domain, EMAIL, PASSWORD).await;
        assert!(matches!(status(domain, &ana).await.unwrap(), Status::Off));
        begin(domain, &ana).await.unwrap();
        let Status::Pending { secret, picture } = status(domain, &ana).await.unwrap() else { panic!() };
        assert_eq!(secret.replace(' ', "").len(), 32);
        assert!(picture.starts_with("data:image/svg+xml;base64,"));
        // Until then the password alone suffices.
        assert!(session::sign_in(domain, &origin(), EMAIL, PASSWORD).await.unwrap().opened().is_some());
        assert_eq!(faults(confirm(domain, &ana, "000000").await), ["code"]);
        let bytes = totp_rs::Secret::try_from_base32(secret.replace(' ', "")).unwrap();
        let code = super::code_at(bytes.as_bytes(), domain.now()).unwrap();
        let sealed = confirm(domain, &ana, &format!("{} {}", &code[..3], &code[3..])).await.unwrap();
        assert!(matches!(status(domain, &ana).await.unwrap(), Status::On { codes_left: 10, demanded: false, .. }));
        assert_eq!(audited(domain, "two_factor.turn_on").await, 1);
        assert_eq!(enqueued(domain, "security_mail").await, 1);
        assert_eq!(refusal(begin(domain, &ana).await), Refusal::Gone);
        // The codes are shown once, to this session.
        let (other, _) = testing::person_and_token(domain, "eva@shop.example").await;
        assert!(matches!(shown(domain, &other, &sealed).await, Err(Error::NotFound)));
        assert_eq!(shown(domain, &ana, &sealed).await.unwrap().len(), 10);
        assert_eq!(refusal(shown(domain, &ana, &sealed).await), Refusal::LinkUsed);
        // The code that turned it on signs nobody in.
        let token = first_step(domain).await;
        assert_eq!(faults(step::verify(domain, &origin(), &token, &code).await), ["code"]);
    }

    async fn a_sign_in_asks_for_a_code(t: TestDomain) {
        let domain = &t.domain;
        let (_, codes) = ana(domain).await;
        let token = first_step(domain).await;
        assert_eq!(audited(domain, "session.sign_in").await, 0);
        assert!(session::find(domain, &token, origin()).await.unwrap().is_none(), "a step is no session");
        let (signed_in, cookie) = step::verify(domain, &origin(), &token, &app_code(domain)).await.unwrap();
        assert!(signed_in.second_factor);
        let found = session::find(domain, cookie.expose(), origin()).await.unwrap().unwrap();
        assert!(found.second_factor);
        assert_eq!(audited(domain, "session.sign_in").await, 1);
        // A step works once.
        let again = step::verify(domain, &origin(), &token, &app_code(domain)).await;
        assert_eq!(refusal(again), Refusal::StepExpired);
        // A recovery code does as well, once, and its owner is told.
        let token = first_step(domain).await;
        step::verify(domain, &origin(), &token, &codes[0].to_uppercase()).await.unwrap();
        assert_eq!(enqueued(domain, "security_mail").await, 1);
        let token = first_step(domain).await;
        assert_eq!(faults(step::verify(domain, &origin(), &token, &codes[0]).await), ["code"]);
        assert_eq!(count(domain, "SELECT COUNT(*) AS n FROM recovery_code WHERE used_at IS NULL").await, 9);
    }

    async fn a_step_ends_by_time_and_by_tries(t: TestDomain) {
        let domain = &t.domain;
        ana(domain).await;
        let token = first_step(domain).await;
        t.advance(step::STEP);
        let late = step::verify(domain, &origin(), &token, &app_code(domain)).await;
        assert_eq!(refusal(late), Refusal::StepExpired);
        let token = first_step(domain).await;
        for _ in 0..5 {
            assert_eq!(faults(step::verify(domain, &origin(), &token, "000000").await), ["code"]);
        }
        assert_eq!(audited(domain, "session.sign_in.refused").await, 1);
        let spent = step::verify(domain, &origin(), &token, &app_code(domain)).await;
        assert_eq!(refusal(spent), Refusal::StepExpired);
        // Nor do many steps help.
        for _ in 0..5 {
            let token = first_step(domain).await;
            step::verify(domain, &origin(), &token, "000000").await.err();
        }
        let token = first_step(domain).await;
        let limited = step::verify(domain, &origin(), &token, &app_code(domain)).await;
        assert_eq!(refusal(limited), Refusal::TooManyAttempts);
        t.advance(15 * MINUTE);
        let token = first_step(domain).await;
        step::verify(domain, &origin(), &token, &app_code(domain)).await.unwrap();
    }

    async fn no_code_is_accepted_twice(t: TestDomain) {
        let domain = &t.domain;
        ana(domain).await;
        let now = domain.now();
        let token = first_step(domain).await;
        step::verify(domain, &origin(), &token, &app_code(domain)).await.unwrap();
        // Neither the same one nor an older one; the next one is.
        for code in [app_code(domain), app_code_at(now - 30_000)] {
            let token = first_step(domain).await;
            assert_eq!(faults(step::verify(domain, &origin(), &token, &code).await), ["code"]);
        }
        let token = first_step(domain).await;
        step::verify(domain, &origin(), &token, &app_code_at(now + 30_000)).await.unwrap();
    }

    async fn no_code_is_accepted_twice_at_once(t: TestDomain) {
        let domain = &t.domain;
        let (_, codes) = ana(domain).await;
        let other = t.another_process().await;
        for code in [app_code(domain), codes[3].clone()] {
            let mut tokens = Vec::new();
            for _ in 0..6 {
                tokens.push(first_step(domain).await);
            }
            let mut tasks = tokio::task::JoinSet::new();
            for (n, token) in tokens.into_iter().enumerate() {
                let domain = if n % 2 == 0 { domain.clone() } else { other.clone() };
                let code = code.clone();
                tasks.spawn(async move { step::verify(&domain, &origin(), &token, &code).await.is_ok() });
            }
            let entered = tasks.join_all().await.into_iter().filter(|entered| *entered).count();
            assert_eq!(entered, 1, "{code}");
            t.advance(15 * MINUTE);
        }
        assert_eq!(audited(domain, "session.sign_in").await, 2);
    }

    async fn turning_it_off_needs_a_fresh_proof(t: TestDomain) {
        let domain = &t.domain;
        let (ana, _) = ana(domain).await;
        t.advance(15 * MINUTE);
        assert_eq!(refusal(turn_off(domain, &ana).await), Refusal::ConfirmIdentity);
        assert_eq!(refusal(new_codes(domain, &ana).await), Refusal::ConfirmIdentity);
        let ana = confirm_again(domain, &ana).await;
        let sealed = new_codes(domain, &ana).await.unwrap();
        assert_eq!(shown(domain, &ana, &sealed).await.unwrap().len(), 10);
        assert_eq!(count(domain, "SELECT COUNT(*) AS n FROM recovery_code").await, 10);
        turn_off(domain, &ana).await.unwrap();
        assert_eq!(refusal(turn_off(domain, &ana).await), Refusal::Gone);
        assert_eq!(count(domain, "SELECT COUNT(*) AS n FROM recovery_code").await, 0);
        assert!(session::sign_in(domain, &origin(), EMAIL, PASSWORD).await.unwrap().opened().is_some());
        assert_eq!(audited(domain, "two_factor.turn_off").await, 1);
    }

    async fn a_stolen_backup_holds_no_secret(t: TestDomain) {
        let domain = &t.domain;
        let (ana, codes) = ana(domain).await;
        let token = first_step(domain).await;
        let dump = format!("{:?}", t.dump(&[]).await);
        let secret = totp_rs::Secret::from(testing::TOTP_SECRET).to_base32();
        for text in [&token, &secret, &codes[0], &codes[0].replace('-', ""), "12345678901234567890"] {
            assert!(!dump.contains(text), "{text}");
        }
        // The secret needs the key.
        let mut other = domain.clone();
        other.keys = std::sync::Arc::new(crate::crypto::Keys::from_bytes([9; 32]));
        assert!(matches!(status(domain, &ana).await.unwrap(), Status::On { .. }));
        let token = first_step(domain).await;
        let answer = step::verify(&other, &origin(), &token, &app_code(domain)).await;
        assert!(matches!(answer, Err(Error::Corrupt(_))), "{answer:?}");
        assert_eq!(audited(domain, "session.sign_in").await, 0);
    }
}
