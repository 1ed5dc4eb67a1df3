use super::{VALID, ask, pending, set};
use crate::{
    session::{self, Entered},
    testing::{self, audited, count, enqueued, faults, origin, refusal, reset_token},
};
use model::Refusal;

const EMAIL: &str = "ana@shop.example";
const OLD: &str = "three blind mice";
const NEW: &str = "see how they run";

crate::both_engines! {
    async fn a_link_sets_a_password_and_ends_all_sessions(t: TestDomain) {
        let domain = &t.domain;
        let (_, cookie) = testing::person_and_token(domain, "eva@shop.example").await;
        testing::with_password(domain, EMAIL, OLD).await;
        let (_, other) = session::sign_in(domain, &origin(), EMAIL, OLD).await.unwrap().opened().unwrap();
        ask(domain, &origin(), " Ana@Shop.example").await.unwrap();
        let token = reset_token(domain).await;
        assert_eq!(pending(domain, token.expose()).await.unwrap(), EMAIL);
        assert_eq!(faults(set(domain, &origin(), token.expose(), "short").await), ["password"]);
        assert_eq!(faults(set(domain, &origin(), token.expose(), EMAIL).await), ["password"]);
        set(domain, &origin(), token.expose(), NEW).await.unwrap();
        assert!(session::find(domain, other.expose(), origin()).await.unwrap().is_none());
        assert!(session::find(domain, cookie.expose(), origin()).await.unwrap().is_some());
        let old = session::sign_in(domain, &origin(), EMAIL, OLD).await;
        assert_eq!(refusal(old), Refusal::WrongCredentials);
        session::sign_in(domain, &origin(), EMAIL, NEW).await.unwrap();
        assert_eq!((audited(domain, "password.reset.request").await, audited(domain, "password.reset").await), (1, 1));
        assert_eq!((enqueued(domain, "reset_mail").await, enqueued(domain, "security_mail").await), (1, 1));
        assert_eq!(refusal(set(domain, &origin(), token.expose(), NEW).await), Refusal::LinkUsed);
    }

    async fn a_link_works_once_for_an_hour_and_the_others_end_with_it(t: TestDomain) {
        let domain = &t.domain;
        testing::with_password(domain, EMAIL, OLD).await;
        ask(domain, &origin(), EMAIL).await.unwrap();
        let first = reset_token(domain).await;
        t.advance(1);
        ask(domain, &origin(), EMAIL).await.unwrap();
        let second = reset_token(domain).await;
        t.advance(VALID - 1);
        assert_eq!(refusal(set(domain, &origin(), first.expose(), NEW).await), Refusal::LinkExpired);
        set(domain, &origin(), second.expose(), NEW).await.unwrap();
        assert_eq!(refusal(pending(domain, first.expose()).await), Refusal::LinkUsed);
        assert_eq!(refusal(pending(domain, "made\0up").await), Refusal::LinkUnknown);
    }

    async fn many_at_once_set_one_password(t: TestDomain) {
        let domain = &t.domain;
        testing::with_password(domain, EMAIL, OLD).await;
        ask(domain, &origin(), EMAIL).await.unwrap();
        let token = reset_token(domain).await.expose().to_owned();
        let other = t.another_process().await;
        let mut tasks = tokio::task::JoinSet::new();
        for n in 0..6 {
            let domain = if n % 2 == 0 { domain.clone() } else { other.clone() };
            let token = token.clone();
            tasks.spawn(async move { set(&domain, &origin(), &token, &format!("password number {n}")).await });
        }
        let answers = tasks.join_all().await;
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
        for answer in answers.into_iter().filter(Result::is_err) {
            assert_eq!(refusal(answer), Refusal::LinkUsed);
        }
        assert_eq!(audited(domain, "password.reset").await, 1);
    }

    async fn unknown_addresses_get_the_same_answer_and_no_mail(t: TestDomain) {
        let domain = &t.domain;
        testing::person(domain, EMAIL).await;
        for email in [EMAIL, "nobody@shop.example"] {
            for _ in 0..3 {
                ask(domain, &origin(), email).await.unwrap();
            }
            assert_eq!(refusal(ask(domain, &origin(), email).await), Refusal::TooManyAttempts, "{email}");
        }
        assert_eq!(enqueued(domain, "reset_mail").await, 3);
        assert_eq!(faults(ask(domain, &origin(), "no address").await), ["email"]);
        assert_eq!(count(domain, "SELECT COUNT(*) AS n FROM password_reset").await, 3);
    }

    async fn a_second_factor_is_still_asked_for(t: TestDomain) {
        let domain = &t.domain;
        let ana = testing::with_password(domain, EMAIL, OLD).await;
        testing::two_factor(domain, &ana).await;
        ask(domain, &origin(), EMAIL).await.unwrap();
        let token = reset_token(domain).await;
        set(domain, &origin(), token.expose(), NEW).await.unwrap();
        let entered = session::sign_in(domain, &origin(), EMAIL, NEW).await.unwrap();
        assert!(matches!(entered, Entered::Step(_)));
    }

    async fn a_stolen_backup_sets_nothing(t: TestDomain) {
        let domain = &t.domain;
        testing::person(domain, EMAIL).await;
        ask(domain, &origin(), EMAIL).await.unwrap();
        let token = reset_token(domain).await;
        let dump = format!("{:?}", t.dump(&[]).await);
        assert!(dump.contains(&token.hash()) && !dump.contains(token.expose()));
    }
}
