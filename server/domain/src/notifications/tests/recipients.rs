//! Who gets which mail, and how much of it.
use super::*;
use crate::{
    access::{EditSettings, ManageMembers, StoreAccess},
    both_engines, members,
    notifications::{WINDOW, send_sample},
    settings::{Author, Commit, How, commit, lock, stored},
    testing::{access, another_store, audited, count, enqueued, execute, join, refusal},
};
use model::{Refusal, settings::Place};

both_engines! {
    async fn a_change_is_mailed_to_whom_the_settings_name_but_not_to_who_made_it(t: TestDomain) {
        let domain = &t.domain;
        let (shop, eva, _) = shop(domain).await;
        let (mark, _) = colleague(domain, &shop, "mark@ana.example", StoreRole::Marketer).await;
        details(domain, &eva, &shop.store, &[("legal_name", "Ana S.L.")]).await;
        assert_eq!(enqueued(domain, "notification_mail").await, 0, "nobody asked for mails yet");
        wanted(domain, &shop, &[("settings_changed", "both"), ("addresses", "Desk@ana.example\nmark@ana.example")]).await;
        t.advance(WINDOW);
        deliver(domain).await;
        execute(domain, "DELETE FROM outbox").await;
        details(domain, &eva, &shop.store, &[("legal_name", "https://evil.example"), ("city", "Vigo")]).await;
        let owner = shop.owner.person.email.clone();
        let mails = mails(domain).await;
        let to: Vec<&str> = mails.iter().map(|mail| mail.0.as_str()).collect();
        assert_eq!(to, ["desk@ana.example", "mark@ana.example", &owner]);
        for (_, subject, text) in &mails {
            assert_eq!(subject, "Casa Ana: Store details");
            assert!(text.contains("Ana S.L. → https://evil.example") && text.contains("Vigo"), "{text}");
            assert!(text.contains("Eva Cruz") && !text.contains("Country"), "{text}");
            assert!(text.contains(&format!("/stores/{}/settings/general/store-details", shop.store)));
        }
        let raw = domain.db.read(async |conn| outbox::recent(conn, None, 1).await).await.unwrap();
        let effect: Effect = serde_json::from_str(&raw[0].payload).unwrap();
        let mail = mail::letter(domain, &effect).await.unwrap().unwrap().mail;
        assert!(!mail.html.contains("https://evil") && !mail.text.contains("https://evil"));
        // Whoever made it is not written to as one of the list either.
        execute(domain, "DELETE FROM outbox").await;
        execute(domain, "DELETE FROM notification").await;
        execute(domain, "UPDATE store_member SET role = 'administrator'").await;
        details(domain, &mark, &shop.store, &[("city", "Lugo")]).await;
        assert_eq!(addressees(domain).await, ["desk@ana.example", "eva.cruz@ana.example", &owner]);
    }

    async fn many_saves_are_one_mail_and_what_was_changed_back_is_none(t: TestDomain) {
        let domain = &t.domain;
        let (shop, eva, _) = shop(domain).await;
        wanted(domain, &shop, &[("settings_changed", "administrators")]).await;
        t.advance(WINDOW);
        deliver(domain).await;
        execute(domain, "DELETE FROM outbox").await;
        for city in ["Vigo", "Lugo", "Ourense"] {
            details(domain, &eva, &shop.store, &[("city", city)]).await;
            t.advance(1_000);
        }
        assert_eq!(enqueued(domain, "notification_mail").await, 1);
        let told = mails(domain).await;
        assert!(told[0].2.contains("Nothing → Ourense") || told[0].2.contains("→ Ourense"), "{}", told[0].2);
        assert!(!told[0].2.contains("Vigo") && !told[0].2.contains("Lugo"), "{}", told[0].2);
        assert_eq!(deliver(domain).await, 0, "it collects");
        t.advance(WINDOW);
        assert_eq!(deliver(domain).await, 1);
        details(domain, &eva, &shop.store, &[("city", "Vigo")]).await;
        assert_eq!(enqueued(domain, "notification_mail").await, 2, "the first one has left");
        details(domain, &eva, &shop.store, &[("city", "Ourense")]).await;
        t.advance(WINDOW);
        deliver(domain).await;
        let dropped = count(domain, "SELECT COUNT(*) AS n FROM outbox WHERE state = 'dropped'").await;
        assert_eq!(dropped, 1, "nothing has changed in the end");
    }

    async fn who_has_lost_access_in_the_meantime_is_told_nothing(t: TestDomain) {
        let domain = &t.domain;
        let (shop, _, id) = shop(domain).await;
        wanted(domain, &shop, &[("settings_changed", "both"), ("addresses", "desk@ana.example")]).await;
        t.advance(WINDOW);
        deliver(domain).await;
        execute(domain, "DELETE FROM outbox").await;
        details(domain, &shop.owner, &shop.store, &[("city", "Vigo")]).await;
        assert_eq!(addressees(domain).await, ["desk@ana.example", "eva.cruz@ana.example"]);
        let admin: StoreAccess<ManageMembers> = access(domain, &shop.owner, &shop.store).await;
        members::change_role(domain, &admin, id.as_str(), "marketer").await.unwrap();
        assert_eq!(addressees(domain).await, ["desk@ana.example"]);
        execute(domain, "UPDATE setting_document SET body = '{\"settings_changed\":\"both\"}' WHERE section = 'notifications'").await;
        t.advance(WINDOW);
        assert_eq!(deliver(domain).await, 2);
        let sent = count(domain, "SELECT COUNT(*) AS n FROM outbox WHERE state = 'sent'").await;
        assert_eq!(sent, 0);
    }

    async fn a_batch_of_stores_is_one_mail(t: TestDomain) {
        let domain = &t.domain;
        let (shop, eva, _) = shop(domain).await;
        let second = another_store(domain, &shop, "Casa Bea").await;
        let both = Company { store: second.clone(), ..shop.clone() };
        join(domain, &both, &eva, StoreRole::Administrator).await;
        for shop in [&shop, &both] {
            wanted(domain, shop, &[("settings_changed", "administrators")]).await;
        }
        execute(domain, "DELETE FROM outbox").await;
        execute(domain, "DELETE FROM notification").await;
        for id in [&shop.store, &second] {
            let (domain_, place) = (domain.clone(), Place::Store(id.clone()));
            let (organization, author) = (shop.organization.clone(), Author::from(&shop.owner));
            let write = async move |conn: &mut Conn<'_>| {
                lock(conn, &place).await?;
                let mut next = stored(conn, place.id(), StoreDetails::SECTION).await?.document;
                next.extend([
                    ("city".to_owned(), "Vigo".into()),
                    ("store_url".to_owned(), "https://shop.example".into()),
                    ("contact_email".to_owned(), "a@shop.example".into()),
                ]);
                let next = Commit {
                    place: &place, organization: &organization, section: StoreDetails::SECTION,
                    author: &author, how: How::Batch("bat_1".into()), document: &next,
                };
                commit(&domain_, conn, &next).await
            };
            domain.db.write(write).await.unwrap();
        }
        let mails = mails(domain).await;
        assert_eq!(mails.len(), 1);
        assert_eq!((mails[0].0.as_str(), mails[0].1.as_str()), ("eva.cruz@ana.example", "Changes in several stores"));
        assert!(mails[0].2.contains("Casa Ana") && mails[0].2.contains("Casa Bea"));
    }

    async fn a_sample_goes_to_who_asks_and_only_so_often(t: TestDomain) {
        let domain = &t.domain;
        let (shop, eva, _) = shop(domain).await;
        let access: StoreAccess<EditSettings> = access(domain, &eva, &shop.store).await;
        for number in 1..=3 {
            send_sample(domain, &access).await.unwrap();
            assert_eq!(audited(domain, "notification.test").await, number);
        }
        assert_eq!(refusal(send_sample(domain, &access).await), Refusal::TooManyAttempts);
        assert_eq!(enqueued(domain, "sample_mail").await, 3);
        t.advance(16 * MINUTE);
        send_sample(domain, &access).await.unwrap();
        let rows = domain.db.read(async |conn| outbox::recent(conn, None, 1).await).await.unwrap();
        for lang in model::text::Lang::ALL {
            let effect = Effect::SampleMail { store: shop.store.clone(), person: eva.person.id.clone(), lang };
            let mail = mail::letter(domain, &effect).await.unwrap().unwrap().mail;
            assert_eq!(mail.to, "eva.cruz@ana.example");
            assert!(mail.subject.contains("Casa Ana") && !mail.text.contains('{'), "{}", mail.text);
        }
        assert!(rows[0].payload.contains("sample_mail"));
    }
}
