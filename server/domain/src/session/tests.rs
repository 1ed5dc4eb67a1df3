use super::{
    ABSOLUTE, IDLE, MINUTE, TOUCH,
    attempts::{self, Subject, WINDOW},
    find, find_unattended, set_language, set_theme, sign_in, sign_out, viewer,
};
use crate::{
    Domain, Error,
    access::Method,
    context::Origin,
    crypto,
    db::Conn,
    testing::{self, count, origin, refusal},
};
use model::{Refusal, access::StoreRole, text::Lang, view::Theme};

const EMAIL: &str = "ana@shop.example";
const PASSWORD: &str = "three blind mice";

fn from(address: &str) -> Origin {
    Origin { address: address.to_owned(), ..origin() }
}

/// Counts `n` attempts without the cost of checking passwords.
async fn attempt(domain: &Domain, subject: Subject, n: usize) {
    let now = domain.now();
    let write = async move |conn: &mut Conn<'_>| {
        for _ in 0..n {
            attempts::count(conn, &subject, now).await?;
        }
        Ok::<_, crate::db::Error>(())
    };
    domain.db.write(write).await.unwrap();
}

crate::both_engines! {
    async fn signing_in_opens_a_session_and_signing_out_ends_it(t: TestDomain) {
        let domain = &t.domain;
        testing::with_password(domain, EMAIL, PASSWORD).await;
        let (signed_in, token) = sign_in(domain, &origin(), " Ana@Shop.example ", PASSWORD).await.unwrap().opened().unwrap();
        assert_eq!(signed_in.person.email, EMAIL);
        let found = find(domain, token.expose(), origin()).await.unwrap().unwrap();
        assert_eq!(found.session, signed_in.session);
        assert_eq!(found.person, signed_in.person);
        sign_out(domain, &found).await.unwrap();
        sign_out(domain, &found).await.unwrap();
        assert!(find(domain, token.expose(), origin()).await.unwrap().is_none());
        assert_eq!(testing::audited(domain, "session.sign_in").await, 1);
        assert_eq!(testing::audited(domain, "session.sign_out").await, 1);
        assert!(find(domain, "", origin()).await.unwrap().is_none());
        assert!(find(domain, "no\0such", origin()).await.unwrap().is_none());
    }

    async fn a_wrong_password_and_an_unknown_address_get_the_same_answer(t: TestDomain) {
        let domain = &t.domain;
        testing::with_password(domain, EMAIL, PASSWORD).await;
        for (email, password) in [
            (EMAIL, "three blind rats"),
            (EMAIL, ""),
            ("nobody@shop.example", PASSWORD),
            ("no address", PASSWORD),
            ("nul\0@shop.example", "nul\0"),
        ] {
            let answer = sign_in(domain, &origin(), email, password).await;
            assert_eq!(refusal(answer), Refusal::WrongCredentials, "{email}");
        }
        assert_eq!(count(domain, "SELECT COUNT(*) AS n FROM audit_entry").await, 0);
    }

    async fn an_unknown_address_costs_a_password_check_too(t: TestDomain) {
        let domain = &t.domain;
        testing::with_password(domain, EMAIL, PASSWORD).await;
        // A full queue tells whether somebody wants to get in.
        let waiting = || Box::pin(domain.passwords.verify("x".into(), None));
        let mut queue: Vec<_> = (0..crypto::ROOM).map(|_| waiting()).collect();
        for place in &mut queue {
            assert!(futures::poll!(place.as_mut()).is_pending());
        }
        // Two ran and are done; whose turn it is now is not asked again and so keeps it.
        for place in queue.drain(..2) {
            assert!(!place.await.unwrap());
        }
        queue.extend([waiting(), waiting()]);
        for place in queue.iter_mut().rev().take(2) {
            assert!(futures::poll!(place.as_mut()).is_pending());
        }
        for email in [EMAIL, "nobody@shop.example", "no address"] {
            let answer = sign_in(domain, &origin(), email, PASSWORD).await;
            assert!(matches!(answer, Err(Error::Busy)), "{email}");
        }
    }

    async fn a_session_ends_by_idleness_and_by_age(t: TestDomain) {
        let domain = &t.domain;
        let (_, token) = testing::person_and_token(domain, EMAIL).await;
        t.advance(IDLE - 1);
        assert!(find(domain, token.expose(), origin()).await.unwrap().is_some());
        t.advance(IDLE);
        assert!(find(domain, token.expose(), origin()).await.unwrap().is_none());
        let (_, token) = testing::person_and_token(domain, "eva@shop.example").await;
        let started = domain.now();
        while domain.now() + IDLE / 2 < started + ABSOLUTE {
            t.advance(IDLE / 2);
            assert!(find(domain, token.expose(), origin()).await.unwrap().is_some());
        }
        t.advance(IDLE / 2);
        assert!(find(domain, token.expose(), origin()).await.unwrap().is_none());
    }

    async fn use_is_noted_now_and_then(t: TestDomain) {
        let domain = &t.domain;
        let (_, token) = testing::person_and_token(domain, EMAIL).await;
        let seen = async || count(domain, "SELECT last_seen_at AS n FROM person").await;
        let used = async || count(domain, "SELECT last_used_at AS n FROM session").await;
        let start = domain.now();
        t.advance(TOUCH - 1);
        find(domain, token.expose(), origin()).await.unwrap();
        assert_eq!((seen().await, used().await), (start, start));
        t.advance(1);
        find(domain, token.expose(), origin()).await.unwrap();
        assert_eq!((seen().await, used().await), (start + TOUCH, start + TOUCH));
        // A page left open asks by itself: nobody need be there.
        t.advance(TOUCH);
        let left = find_unattended(domain, token.expose(), origin()).await.unwrap().unwrap();
        assert_eq!((seen().await, used().await, left.pause), (start + TOUCH, start + TOUCH, TOUCH));
    }

    async fn ten_failures_from_one_address_make_wait(t: TestDomain) {
        let domain = &t.domain;
        testing::with_password(domain, EMAIL, PASSWORD).await;
        for _ in 0..9 {
            assert_eq!(
                refusal(sign_in(domain, &origin(), EMAIL, "wrong").await),
                Refusal::WrongCredentials
            );
        }
        // A success is no failure, and clears them.
        sign_in(domain, &origin(), EMAIL, PASSWORD).await.unwrap();
        attempt(domain, Subject::pair(domain, "sign-in", EMAIL, &origin().address), 10).await;
        let answer = sign_in(domain, &origin(), EMAIL, PASSWORD).await;
        assert_eq!(refusal(answer), Refusal::TooManyAttempts);
        // Another address, and another person, are not concerned.
        sign_in(domain, &from("192.0.2.99"), EMAIL, PASSWORD).await.unwrap();
        let answer = sign_in(domain, &origin(), "eva@shop.example", "wrong").await;
        assert_eq!(refusal(answer), Refusal::WrongCredentials);
        // Being refused does not prolong the wait.
        t.advance(WINDOW - 2 * MINUTE);
        let answer = sign_in(domain, &origin(), EMAIL, PASSWORD).await;
        assert_eq!(refusal(answer), Refusal::TooManyAttempts);
        t.advance(2 * MINUTE);
        sign_in(domain, &origin(), EMAIL, PASSWORD).await.unwrap();
    }

    async fn failures_are_recorded_once_when_a_limit_is_reached(t: TestDomain) {
        let domain = &t.domain;
        testing::with_password(domain, EMAIL, PASSWORD).await;
        for email in [EMAIL, "nobody@shop.example"] {
            let address = origin().address;
            attempt(domain, Subject::pair(domain, "sign-in", email, &address), 8).await;
            sign_in(domain, &origin(), email, "wrong").await.unwrap_err();
            let before = testing::audited(domain, "").await;
            sign_in(domain, &origin(), email, "wrong").await.unwrap_err();
            for _ in 0..3 {
                let answer = sign_in(domain, &origin(), email, "wrong").await;
                assert_eq!(refusal(answer), Refusal::TooManyAttempts);
            }
            assert_eq!(testing::audited(domain, "").await, before + 1, "{email}");
        }
        assert_eq!(testing::audited(domain, "session.sign_in.refused").await, 2);
    }

    async fn a_session_knows_how_it_was_opened(t: TestDomain) {
        let domain = &t.domain;
        let company = testing::company(domain, "Shop").await;
        for (method, confirmed) in [
            (Method::Password, true),
            (Method::Passkey, true),
            (Method::Invitation, true),
            (Method::SingleSignOn(company.organization.clone()), true),
            (Method::ShopLink(company.organization.clone()), false),
        ] {
            let (domain_, person) = (domain.clone(), company.owner.person.clone());
            let opened = method.clone();
            let write = async move |conn: &mut Conn<'_>| {
                super::open(&domain_, conn, &origin(), person, opened).await
            };
            let (opened, token) = domain.db.write(write).await.unwrap();
            let found = find(domain, token.expose(), origin()).await.unwrap().unwrap();
            assert_eq!((&found.method, &opened.method), (&method, &method));
            assert_eq!(found.opened_at, domain.now());
            assert!(!found.second_factor);
            assert_eq!(found.recently_confirmed(domain.now()).is_ok(), confirmed, "{method:?}");
        }
    }

    async fn an_address_is_limited_over_all_people(t: TestDomain) {
        let domain = &t.domain;
        testing::with_password(domain, EMAIL, PASSWORD).await;
        attempt(domain, Subject::address(domain, "sign-in", &origin().address), 99).await;
        sign_in(domain, &origin(), EMAIL, PASSWORD).await.unwrap();
        let answer = sign_in(domain, &origin(), "eva@shop.example", "wrong").await;
        assert_eq!(refusal(answer), Refusal::WrongCredentials);
        let answer = sign_in(domain, &origin(), EMAIL, PASSWORD).await;
        assert_eq!(refusal(answer), Refusal::TooManyAttempts);
        t.advance(WINDOW);
        sign_in(domain, &origin(), EMAIL, PASSWORD).await.unwrap();
    }

    async fn strangers_do_not_lock_the_owner_out(t: TestDomain) {
        let domain = &t.domain;
        testing::with_password(domain, EMAIL, PASSWORD).await;
        let home = from("2001:db8:1:2::7");
        let (signed_in, _) = sign_in(domain, &home, EMAIL, PASSWORD).await.unwrap().opened().unwrap();
        sign_out(domain, &signed_in).await.unwrap();
        attempt(domain, Subject::email(domain, "sign-in", EMAIL), 50).await;
        let stranger = sign_in(domain, &from("198.51.100.7"), EMAIL, PASSWORD).await;
        assert_eq!(refusal(stranger), Refusal::TooManyAttempts);
        // The same network, another host in it, with only a past session.
        sign_in(domain, &from("2001:db8:1:2::8"), EMAIL, PASSWORD).await.unwrap();
        // An unknown address is limited just so.
        attempt(domain, Subject::email(domain, "sign-in", "nobody@shop.example"), 50).await;
        let stranger = sign_in(domain, &from("198.51.100.7"), "nobody@shop.example", "x").await;
        assert_eq!(refusal(stranger), Refusal::TooManyAttempts);
    }

    async fn limits_hold_across_processes(t: TestDomain) {
        testing::with_password(&t.domain, EMAIL, PASSWORD).await;
        let other = t.another_process().await;
        let mut tasks = tokio::task::JoinSet::new();
        for n in 0..20 {
            let domain = if n % 2 == 0 { t.domain.clone() } else { other.clone() };
            tasks.spawn(async move { refusal(sign_in(&domain, &origin(), EMAIL, "no").await) });
        }
        let answers = tasks.join_all().await;
        let tried = answers.iter().filter(|a| **a == Refusal::WrongCredentials).count();
        let refused = answers.iter().filter(|a| **a == Refusal::TooManyAttempts).count();
        assert_eq!((tried, refused), (10, 10));
        if matches!(t.engine, crate::db::testing::Engine::Postgres) {
            other.db.close().await;
        }
    }

    async fn choices_are_kept_and_audited_once(t: TestDomain) {
        let domain = &t.domain;
        let (signed_in, token) = testing::person_and_token(domain, EMAIL).await;
        set_language(domain, &signed_in, Lang::Pl).await.unwrap();
        set_language(domain, &signed_in, Lang::Pl).await.unwrap();
        set_theme(domain, &signed_in, Theme::Dark).await.unwrap();
        set_theme(domain, &signed_in, Theme::Dark).await.unwrap();
        let found = find(domain, token.expose(), origin()).await.unwrap().unwrap();
        assert_eq!((found.person.language, found.person.theme), (Lang::Pl, Theme::Dark));
        assert_eq!(testing::audited(domain, "").await, 2);
    }

    async fn the_viewer_has_every_store_of_every_organization(t: TestDomain) {
        let domain = &t.domain;
        let zebra = testing::company(domain, "Zebra").await;
        let apple = testing::company(domain, "Äpple").await;
        let second = testing::another_store(domain, &zebra, "Élan").await;
        testing::another_store(domain, &apple, "Not theirs").await;
        testing::join(domain, &apple, &zebra.owner, StoreRole::Marketer).await;
        let viewer = viewer(domain, &zebra.owner).await.unwrap();
        let [first, last] = viewer.organizations.as_slice() else { panic!("{viewer:?}") };
        assert_eq!((first.name.as_str(), last.name.as_str()), ("Äpple", "Zebra"));
        assert_eq!(first.stores.len(), 1);
        assert!(!first.stores[0].configurable);
        assert_eq!(last.stores[0].id, second);
        assert_eq!(last.stores[1].id, zebra.store);
        assert!(last.stores.iter().all(|store| store.configurable));
    }

    async fn a_stolen_backup_opens_nothing(t: TestDomain) {
        let domain = &t.domain;
        testing::with_password(domain, EMAIL, PASSWORD).await;
        let (_, token) = sign_in(domain, &origin(), EMAIL, PASSWORD).await.unwrap().opened().unwrap();
        let dump = format!("{:?}", t.dump(&[]).await);
        assert!(dump.contains(&token.hash()) && dump.contains(EMAIL));
        assert!(!dump.contains(token.expose()) && !dump.contains(PASSWORD));
    }
}
