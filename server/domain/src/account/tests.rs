use super::{
    EMAIL_VALID, ProfileForm, Proof, ask_email, change_password, confirm, confirm_email,
    pending_email, profile, save_profile, ways,
};
use crate::{
    access::CONFIRMED_FOR,
    session::{self, devices, end_device, end_others},
    testing::{
        self, app_code, audited, count, email_change_token, enqueued, execute, faults, origin,
        refusal,
    },
};
use model::{Refusal, text::Lang, view::Theme};

const EMAIL: &str = "ana@shop.example";
const OLD: &str = "three blind mice";
const NEW: &str = "see how they run";

fn form() -> ProfileForm {
    ProfileForm {
        first_name: " Łucja ".into(),
        last_name: "Nowak".into(),
        phone: "0048 22 555 01 00".into(),
        language: "pl".into(),
        time_zone: "Europe/Warsaw".into(),
        theme: "dark".into(),
    }
}

crate::both_engines! {
    async fn a_profile_is_saved_and_audited_once(t: TestDomain) {
        let domain = &t.domain;
        let (ana, token) = testing::person_and_token(domain, EMAIL).await;
        save_profile(domain, &ana, form()).await.unwrap();
        save_profile(domain, &ana, form()).await.unwrap();
        let found = session::find(domain, token.expose(), origin()).await.unwrap().unwrap().person;
        assert_eq!((found.name().as_str(), found.language, found.theme), ("Łucja Nowak", Lang::Pl, Theme::Dark));
        assert_eq!(found.time_zone, "Europe/Warsaw");
        let saved = profile(domain, &ana).await.unwrap();
        assert_eq!(saved.phone, "+48225550100");
        assert_eq!(audited(domain, "person.profile.change").await, 1);
        assert_eq!(count(domain, "SELECT COUNT(*) AS n FROM person WHERE name_key = 'lucja nowak'").await, 1);
        let odd = ProfileForm {
            first_name: String::new(),
            last_name: "x".repeat(81),
            phone: "12".into(),
            language: "de".into(),
            time_zone: "Europe/Nowhere".into(),
            theme: "pink".into(),
        };
        let fields = ["first_name", "last_name", "phone", "language", "time_zone", "theme"];
        assert_eq!(faults(save_profile(domain, &ana, odd).await), fields);
        save_profile(domain, &ana, ProfileForm { phone: String::new(), time_zone: String::new(), ..form() }).await.unwrap();
    }

    async fn another_password_ends_the_other_sessions(t: TestDomain) {
        let domain = &t.domain;
        testing::with_password(domain, EMAIL, OLD).await;
        let enter = async || session::sign_in(domain, &origin(), EMAIL, OLD).await.unwrap().opened().unwrap();
        let (here, token) = enter().await;
        let (_, elsewhere) = enter().await;
        assert_eq!(faults(change_password(domain, &here, OLD, "short").await), ["password"]);
        assert_eq!(faults(change_password(domain, &here, "wrong", NEW).await), ["current"]);
        assert_eq!(faults(change_password(domain, &here, "", NEW).await), ["current"]);
        let renewed = change_password(domain, &here, OLD, NEW).await.unwrap();
        for token in [&token, &elsewhere] {
            assert!(session::find(domain, token.expose(), origin()).await.unwrap().is_none());
        }
        let found = session::find(domain, renewed.expose(), origin()).await.unwrap().unwrap();
        assert_eq!(found.session, here.session);
        session::sign_in(domain, &origin(), EMAIL, NEW).await.unwrap();
        assert_eq!((audited(domain, "password.change").await, enqueued(domain, "security_mail").await), (1, 1));
    }

    async fn guessing_the_current_password_is_limited_and_recorded_once(t: TestDomain) {
        let domain = &t.domain;
        let ana = testing::with_password(domain, EMAIL, OLD).await;
        for _ in 0..10 {
            assert_eq!(faults(change_password(domain, &ana, "wrong", NEW).await), ["current"]);
        }
        for _ in 0..3 {
            assert_eq!(refusal(change_password(domain, &ana, OLD, NEW).await), Refusal::TooManyAttempts);
        }
        assert_eq!(audited(domain, "session.confirm.refused").await, 1);
        assert_eq!(audited(domain, "").await, 1);
        t.advance(session::attempts::WINDOW);
        change_password(domain, &ana, OLD, NEW).await.unwrap();
    }

    async fn confirming_renews_the_session(t: TestDomain) {
        let domain = &t.domain;
        testing::with_password(domain, EMAIL, OLD).await;
        let (ana, token) = session::sign_in(domain, &origin(), EMAIL, OLD).await.unwrap().opened().unwrap();
        ana.recently_confirmed(domain.now()).unwrap();
        t.advance(CONFIRMED_FOR);
        assert_eq!(refusal(ana.recently_confirmed(domain.now())), Refusal::ConfirmIdentity);
        let wrong = confirm(domain, &ana, Proof::Password("wrong".into())).await;
        assert_eq!(faults(wrong), ["password"]);
        let renewed = confirm(domain, &ana, Proof::Password(OLD.into())).await.unwrap();
        assert!(session::find(domain, token.expose(), origin()).await.unwrap().is_none());
        let found = session::find(domain, renewed.expose(), origin()).await.unwrap().unwrap();
        found.recently_confirmed(domain.now()).unwrap();
        assert_eq!(audited(domain, "session.confirm").await, 1);
    }

    async fn who_has_no_password_confirms_by_code(t: TestDomain) {
        let domain = &t.domain;
        let ana = testing::person(domain, EMAIL).await;
        testing::two_factor(domain, &ana).await;
        execute(domain, "UPDATE person SET password_hash = ''").await;
        let ana = testing::confirm_again(domain, &ana).await;
        let found = ways(domain, &ana).await.unwrap();
        assert!(found.code && !found.password && found.passkey.is_none());
        assert_eq!(faults(confirm(domain, &ana, Proof::Code("000000".into())).await), ["code"]);
        confirm(domain, &ana, Proof::Code(app_code(domain))).await.unwrap();
        assert_eq!(faults(confirm(domain, &ana, Proof::Code(app_code(domain))).await), ["code"]);
        // No password is right, also none at all, and signing in by password is not possible.
        assert_eq!(faults(confirm(domain, &ana, Proof::Password("x".into())).await), ["password"]);
        let answer = session::sign_in(domain, &origin(), EMAIL, "x").await;
        assert_eq!(refusal(answer), Refusal::WrongCredentials);
        change_password(domain, &ana, "", NEW).await.unwrap();
    }

    async fn a_new_address_is_confirmed_from_there_and_the_old_one_told(t: TestDomain) {
        let domain = &t.domain;
        testing::with_password(domain, EMAIL, OLD).await;
        let (ana, token) = session::sign_in(domain, &origin(), EMAIL, OLD).await.unwrap().opened().unwrap();
        assert_eq!(faults(ask_email(domain, &ana, EMAIL, OLD).await), ["email"]);
        assert_eq!(faults(ask_email(domain, &ana, "no address", OLD).await), ["email"]);
        assert_eq!(faults(ask_email(domain, &ana, "new@shop.example", "wrong").await), ["password"]);
        ask_email(domain, &ana, "first@shop.example", OLD).await.unwrap();
        let first = email_change_token(domain).await;
        t.advance(1);
        ask_email(domain, &ana, " New@Shop.example", OLD).await.unwrap();
        let link = email_change_token(domain).await;
        assert_eq!(refusal(pending_email(domain, first.expose()).await), Refusal::LinkUnknown);
        assert_eq!(pending_email(domain, link.expose()).await.unwrap(), "new@shop.example");
        assert_eq!((enqueued(domain, "new_email_mail").await, enqueued(domain, "old_email_mail").await), (2, 2));
        confirm_email(domain, &origin(), link.expose()).await.unwrap();
        assert_eq!(refusal(confirm_email(domain, &origin(), link.expose()).await), Refusal::LinkUsed);
        let found = session::find(domain, token.expose(), origin()).await.unwrap().unwrap();
        assert_eq!(found.person.email, "new@shop.example");
        assert_eq!(enqueued(domain, "old_email_mail").await, 3);
        assert_eq!(audited(domain, "person.email.change").await, 1);
        let old = session::sign_in(domain, &origin(), EMAIL, OLD).await;
        assert_eq!(refusal(old), Refusal::WrongCredentials);
    }

    async fn an_address_belongs_to_one_person_also_in_races(t: TestDomain) {
        let domain = &t.domain;
        let mut links = Vec::new();
        for name in ["ana", "eva", "iza"] {
            let email = format!("{name}@shop.example");
            testing::person(domain, &email).await;
            execute(domain, "UPDATE person SET password_hash = ''").await;
            let person = testing::person(domain, &format!("{name}.new@shop.example")).await;
            execute(domain, "UPDATE person SET password_hash = ''").await;
            t.advance(1);
            ask_email(domain, &person, "wanted@shop.example", "").await.unwrap();
            links.push(email_change_token(domain).await.expose().to_owned());
        }
        let other = t.another_process().await;
        let mut tasks = tokio::task::JoinSet::new();
        for (n, link) in links.into_iter().enumerate() {
            let domain = if n % 2 == 0 { domain.clone() } else { other.clone() };
            tasks.spawn(async move { confirm_email(&domain, &origin(), &link).await });
        }
        let answers = tasks.join_all().await;
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
        for answer in answers.into_iter().filter(Result::is_err) {
            assert_eq!(refusal(answer), Refusal::LinkUsed);
        }
        // One that is taken already gets no mail, and the answer is the same.
        let late = testing::person(domain, "late@shop.example").await;
        execute(domain, "UPDATE person SET password_hash = ''").await;
        t.advance(1);
        ask_email(domain, &late, "wanted@shop.example", "").await.unwrap();
        assert_eq!(enqueued(domain, "new_email_mail").await, 3);
        t.advance(EMAIL_VALID);
        let token = email_change_token(domain).await;
        assert_eq!(refusal(confirm_email(domain, &origin(), token.expose()).await), Refusal::LinkExpired);
    }

    async fn sessions_are_listed_and_ended(t: TestDomain) {
        let domain = &t.domain;
        testing::with_password(domain, EMAIL, OLD).await;
        execute(domain, "UPDATE session SET expires_at = 0").await;
        let mut firefox = origin();
        firefox.user_agent = "Mozilla/5.0 (Windows NT 10.0; rv:133.0) Gecko/20100101 Firefox/133.0".into();
        let enter = async |from| session::sign_in(domain, from, EMAIL, OLD).await.unwrap().opened().unwrap();
        let home = origin();
        let (here, _) = enter(&home).await;
        t.advance(1_000);
        let (there, token) = enter(&firefox).await;
        let (eva, _) = testing::person_and_token(domain, "eva@shop.example").await;
        let all = devices(domain, &here).await.unwrap();
        assert_eq!(all.len(), 2);
        assert!(all[0].here && !all[1].here);
        assert_eq!((all[1].browser, all[1].system), (Some("Firefox"), Some("Windows")));
        let foreign = end_device(domain, &eva, &there.session).await;
        assert!(matches!(foreign, Err(crate::Error::NotFound)));
        end_device(domain, &here, &there.session).await.unwrap();
        assert_eq!(refusal(end_device(domain, &here, &there.session).await), Refusal::Gone);
        assert!(session::find(domain, token.expose(), origin()).await.unwrap().is_none());
        enter(&firefox).await;
        enter(&firefox).await;
        assert_eq!(end_others(domain, &here).await.unwrap(), 2);
        assert_eq!(end_others(domain, &here).await.unwrap(), 0);
        assert_eq!((audited(domain, "session.revoke").await, audited(domain, "session.revoke_others").await), (1, 1));
        assert_eq!(devices(domain, &here).await.unwrap().len(), 1);
        assert_eq!(devices(domain, &eva).await.unwrap().len(), 1);
    }
}
