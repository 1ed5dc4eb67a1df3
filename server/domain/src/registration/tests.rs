use super::{SignUp, VALID, confirm, pending, sign_up};
use crate::{
    Domain,
    access::{ManageMembers, SignedIn},
    crypto::Token,
    db::Conn,
    session, settings,
    testing::{self, audited, count, enqueued, faults, origin, refusal},
};
use model::{
    Refusal, RegistrationId,
    access::StoreRole,
    settings::{Localization, StoreDetails},
    text::Lang,
};

const PASSWORD: &str = "three blind mice";

fn form(email: &str) -> SignUp {
    SignUp {
        first_name: " Łucja ".into(),
        last_name: "Nowak".into(),
        email: email.into(),
        password: PASSWORD.into(),
        phone: "0048 22 555 01 00".into(),
        language: "pl".into(),
        organization: "Nowak & Synowie".into(),
        store: "Sklep".into(),
        consent_data: true,
        consent_marketing: false,
    }
}

crate::row! { struct IdRow { id: String } }

/// The token in the mail of the newest sign-up.
async fn newest_token(domain: &Domain) -> Token {
    let read = async |conn: &mut Conn<'_>| {
        crate::db::sql("SELECT id FROM registration ORDER BY created_at DESC, id DESC LIMIT 1")
            .one::<IdRow>(conn)
            .await
    };
    let row = domain.db.read(read).await.unwrap();
    testing::registration_token(domain, &row.id.parse::<RegistrationId>().unwrap())
}

async fn people(domain: &Domain) -> i64 {
    count(domain, "SELECT COUNT(*) AS n FROM person").await
}

crate::both_engines! {
    async fn confirming_founds_everything_and_signs_in(t: TestDomain) {
        let domain = &t.domain;
        sign_up(domain, &origin(), form(" Lucja@Sklep.example")).await.unwrap();
        assert_eq!(people(domain).await, 0);
        assert_eq!(enqueued(domain, "confirmation_mail").await, 1);
        let token = newest_token(domain).await;
        assert_eq!(pending(domain, token.expose()).await.unwrap(), "lucja@sklep.example");
        t.advance(VALID - 1);
        let (signed_in, cookie, store) =
            confirm(domain, &origin(), token.expose(), PASSWORD).await.unwrap();
        assert_eq!(signed_in.person.name(), "Łucja Nowak");
        assert_eq!(signed_in.person.language, Lang::Pl);
        let found: SignedIn =
            session::find(domain, cookie.expose(), origin()).await.unwrap().unwrap();
        let access = testing::access::<ManageMembers>(domain, &found, &store).await;
        assert_eq!((access.role(), access.store_name()), (StoreRole::Administrator.into(), "Sklep"));
        let read = async |conn: &mut Conn<'_>| {
            let localization = settings::read::<Localization>(conn, store.as_str()).await?;
            Ok((settings::read::<StoreDetails>(conn, store.as_str()).await?, localization))
        };
        let (details, localization) = domain.db.read(read).await.unwrap();
        assert_eq!(details.name, "Sklep");
        assert_eq!(details.contact_email, "lucja@sklep.example");
        assert_eq!(details.contact_phone, "+48225550100");
        assert_eq!((localization.language.as_str(), localization.currency.as_str()), ("pl", "EUR"));
        let owners = "SELECT COUNT(*) AS n FROM organization_member WHERE role = 'owner'";
        assert_eq!(count(domain, owners).await, 1);
        let consents = "SELECT COUNT(*) AS n FROM person
            WHERE data_consent_at IS NOT NULL AND marketing_consent_at IS NULL";
        assert_eq!(count(domain, consents).await, 1);
        session::sign_in(domain, &origin(), "lucja@sklep.example", PASSWORD).await.unwrap();
        assert_eq!(audited(domain, "registration.request").await, 1);
        assert_eq!(audited(domain, "registration.confirm").await, 1);
    }

    async fn a_link_works_once_and_for_a_day(t: TestDomain) {
        let domain = &t.domain;
        assert_eq!(refusal(pending(domain, "no\0such").await), Refusal::LinkUnknown);
        sign_up(domain, &origin(), form("a@sklep.example")).await.unwrap();
        let token = newest_token(domain).await;
        t.advance(VALID);
        assert_eq!(refusal(pending(domain, token.expose()).await), Refusal::LinkExpired);
        let late = confirm(domain, &origin(), token.expose(), PASSWORD).await;
        assert_eq!(refusal(late), Refusal::LinkExpired);
        sign_up(domain, &origin(), form("a@sklep.example")).await.unwrap();
        let token = newest_token(domain).await;
        confirm(domain, &origin(), token.expose(), PASSWORD).await.unwrap();
        assert_eq!(refusal(pending(domain, token.expose()).await), Refusal::LinkUsed);
        let again = confirm(domain, &origin(), token.expose(), PASSWORD).await;
        assert_eq!(refusal(again), Refusal::LinkUsed);
        assert_eq!(people(domain).await, 1);
        let hashes = "SELECT COUNT(*) AS n FROM registration
            WHERE confirmed_at IS NOT NULL AND password_hash <> ''";
        assert_eq!(count(domain, hashes).await, 0);
    }

    async fn confirming_many_times_at_once_founds_one(t: TestDomain) {
        let domain = &t.domain;
        sign_up(domain, &origin(), form("a@sklep.example")).await.unwrap();
        let token = newest_token(domain).await.expose().to_owned();
        let other = t.another_process().await;
        let mut tasks = tokio::task::JoinSet::new();
        for n in 0..10 {
            let domain = if n % 2 == 0 { domain.clone() } else { other.clone() };
            let token = token.clone();
            tasks.spawn(async move { confirm(&domain, &origin(), &token, PASSWORD).await });
        }
        let answers = tasks.join_all().await;
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
        for answer in answers.into_iter().filter(|answer| answer.is_err()) {
            assert_eq!(refusal(answer), Refusal::LinkUsed);
        }
        assert_eq!(count(domain, "SELECT COUNT(*) AS n FROM organization").await, 1);
        assert_eq!(audited(domain, "registration.confirm").await, 1);
    }

    async fn of_two_sign_ups_with_one_address_one_counts(t: TestDomain) {
        let domain = &t.domain;
        sign_up(domain, &origin(), form("a@sklep.example")).await.unwrap();
        let first = newest_token(domain).await;
        t.advance(1);
        sign_up(domain, &origin(), form("a@sklep.example")).await.unwrap();
        let second = newest_token(domain).await;
        confirm(domain, &origin(), second.expose(), PASSWORD).await.unwrap();
        let answer = confirm(domain, &origin(), first.expose(), PASSWORD).await;
        assert_eq!(refusal(answer), Refusal::LinkUsed);
        assert_eq!(count(domain, "SELECT COUNT(*) AS n FROM store").await, 1);
    }

    async fn a_known_address_gets_a_mail_and_the_same_answer(t: TestDomain) {
        let domain = &t.domain;
        let known = testing::person(domain, "ana@shop.example").await;
        sign_up(domain, &origin(), form("ANA@shop.example")).await.unwrap();
        assert_eq!(enqueued(domain, "known_address_mail").await, 1);
        assert_eq!(enqueued(domain, "confirmation_mail").await, 0);
        assert_eq!(count(domain, "SELECT COUNT(*) AS n FROM registration").await, 0);
        assert_eq!(audited(domain, "").await, 1);
        assert_eq!(known.person.name(), "Ana");
        // Both are limited alike.
        for email in ["ana@shop.example", "new@shop.example"] {
            for _ in 0..5 {
                sign_up(domain, &origin(), form(email)).await.ok();
            }
            let answer = sign_up(domain, &origin(), form(email)).await;
            assert_eq!(refusal(answer), Refusal::TooManyAttempts, "{email}");
        }
        t.advance(session::attempts::WINDOW);
        sign_up(domain, &origin(), form("ana@shop.example")).await.unwrap();
    }

    async fn all_faults_are_told_at_once(t: TestDomain) {
        let domain = &t.domain;
        let empty = sign_up(domain, &origin(), SignUp::default()).await;
        assert_eq!(
            faults(empty),
            [
                "first_name", "last_name", "email", "password", "phone", "language",
                "organization", "store", "consent_data"
            ]
        );
        let odd = SignUp {
            first_name: "a\0b".into(),
            last_name: "x".repeat(81),
            email: "<script>@shop.example".into(),
            password: "short".into(),
            phone: "12".into(),
            language: "de".into(),
            organization: "x".repeat(121),
            store: "x".repeat(81),
            ..form("a@shop.example")
        };
        assert_eq!(faults(sign_up(domain, &origin(), odd).await).len(), 8);
        let script = SignUp { store: "<script>alert(1)</script>".into(), ..form("a@b.example") };
        sign_up(domain, &origin(), script).await.unwrap();
        let token = newest_token(domain).await;
        let (signed_in, _, store) = confirm(domain, &origin(), token.expose(), PASSWORD).await.unwrap();
        let access = testing::access::<ManageMembers>(domain, &signed_in, &store).await;
        assert_eq!(access.store_name(), "<script>alert(1)</script>");
    }

    async fn who_signed_up_with_anothers_address_chose_no_password_for_them(t: TestDomain) {
        let domain = &t.domain;
        sign_up(domain, &origin(), form("victim@sklep.example")).await.unwrap();
        let token = newest_token(domain).await;
        // The owner of the mailbox has the link, and not the password.
        for password in ["", "a guess or two", "x".repeat(1000).as_str()] {
            let answer = confirm(domain, &origin(), token.expose(), password).await;
            assert_eq!(faults(answer), ["password"]);
        }
        assert_eq!(people(domain).await, 0);
        for _ in 0..8 {
            confirm(domain, &origin(), token.expose(), "a guess").await.unwrap_err();
        }
        let answer = confirm(domain, &origin(), token.expose(), PASSWORD).await;
        assert_eq!(refusal(answer), Refusal::TooManyAttempts);
        t.advance(session::attempts::WINDOW);
        confirm(domain, &origin(), token.expose(), PASSWORD).await.unwrap();
    }

    async fn a_stolen_backup_confirms_nothing(t: TestDomain) {
        let domain = &t.domain;
        sign_up(domain, &origin(), form("a@sklep.example")).await.unwrap();
        let token = newest_token(domain).await;
        let dump = format!("{:?}", t.dump(&[]).await);
        assert!(dump.contains(&token.hash()));
        assert!(!dump.contains(token.expose()) && !dump.contains(PASSWORD));
    }
}
