use super::*;
use crate::{
    Domain,
    access::ManageMembers,
    account, both_engines, members,
    outbox::{Effect, SecurityNews},
    password_reset,
    testing::{self, access, company, execute, invitation_token},
};
use model::{
    InvitationId, PersonId,
    text::{Key, Lang, Texts},
};

async fn invited(domain: &Domain, name: &str) -> InvitationId {
    let company = company(domain, name).await;
    let access = access::<ManageMembers>(domain, &company.owner, &company.store).await;
    members::invite(domain, &access, "new@shop.example", "marketer").await.unwrap()
}

async fn invitation(domain: &Domain, id: &InvitationId, lang: Lang) -> Mail {
    let effect = Effect::InvitationMail { invitation: id.clone(), lang };
    letter(domain, &effect).await.unwrap().unwrap().mail
}

fn plain(mail: &Mail) -> String {
    mail.text.replace('\u{200b}', "")
}

both_engines! {
    async fn an_invitation_says_who_where_and_as_what_in_each_language(t: TestDomain) {
        let id = invited(&t.domain, "Casa Ana").await;
        let ways = "UPDATE setting_document SET body =
            '{\"time_zone\":\"Europe/Madrid\",\"date_format\":\"dd.mm.yyyy\"}'
            WHERE section = 'localization'";
        execute(&t.domain, ways).await;
        let token = invitation_token(&t.domain, &id);
        let link = format!("https://console.example/invitations/{}", token.expose());
        for lang in Lang::ALL {
            let mail = invitation(&t.domain, &id, lang).await;
            let texts = Texts::of(lang);
            let role = texts.get(Key::RoleMarketer);
            assert_eq!((mail.to.as_str(), mail.link.as_str()), ("new@shop.example", link.as_str()));
            assert!(mail.subject.contains("Casa Ana"), "{}", mail.subject);
            // 7 days after 1 March 2026, 12:00, in the zone and way of the store.
            let until = texts.fill(Key::MailInvitationUntil, &[("date", "08.03.2026, 13:00")]);
            for part in ["Owner", "Casa Ana", role, &link, &until] {
                assert!(plain(&mail).contains(part), "{part} in {}", mail.text);
            }
            assert!(mail.html.contains(&format!("<html lang=\"{}\">", lang.code())));
            assert!(mail.html.contains(token.expose()) && mail.html.contains(&mail.button));
            for text in [&mail.subject, &mail.text, &mail.html] {
                assert!(!text.contains("{") && !text.contains('\u{1f}'), "{text}");
            }
        }
    }

    async fn names_are_escaped_and_never_become_links(t: TestDomain) {
        let id = invited(&t.domain, "Casa Ana").await;
        execute(&t.domain, "UPDATE store SET name = '<script>alert(1)</script>\"''&'").await;
        execute(&t.domain, "UPDATE organization SET name = 'https://evil.example/x'").await;
        let mail = invitation(&t.domain, &id, Lang::En).await;
        assert!(!mail.html.contains("<script"), "{}", mail.html);
        assert!(mail.html.contains("&lt;script&gt;"));
        assert!(!mail.html.contains("evil.example") && !mail.text.contains("evil.example"));
        assert!(plain(&mail).contains("https://evil.example/x"), "people read it all the same");
    }

    async fn a_role_changed_while_the_mail_waits_is_the_one_it_tells(t: TestDomain) {
        let id = invited(&t.domain, "Casa Ana").await;
        execute(&t.domain, "UPDATE invitation SET role = 'administrator'").await;
        assert!(invitation(&t.domain, &id, Lang::En).await.text.contains("Administrator"));
    }

    async fn a_known_person_is_pointed_to_the_sign_in(t: TestDomain) {
        let person = company(&t.domain, "Casa Ana").await.owner.person;
        for lang in Lang::ALL {
            let effect = Effect::KnownAddressMail { person: person.id.clone(), lang };
            let mail = letter(&t.domain, &effect).await.unwrap().unwrap().mail;
            assert_eq!((mail.to, mail.link.as_str()), (person.email.clone(), "https://console.example/sign-in"));
            assert!(mail.text.contains(&person.first_name));
        }
    }

    async fn every_news_of_an_account_is_told_in_each_language(t: TestDomain) {
        let person = company(&t.domain, "Casa Ana").await.owner.person;
        for lang in Lang::ALL {
            let mut subjects = std::collections::BTreeSet::new();
            for news in [
                SecurityNews::PasswordChanged,
                SecurityNews::TwoFactorOn,
                SecurityNews::TwoFactorOff,
                SecurityNews::RecoveryCodesNew,
                SecurityNews::RecoveryCodeUsed,
                SecurityNews::PasskeyAdded,
                SecurityNews::PasskeyRemoved,
            ] {
                let effect = Effect::SecurityMail { person: person.id.clone(), news, lang };
                let mail = letter(&t.domain, &effect).await.unwrap().unwrap().mail;
                assert_eq!(mail.to, person.email);
                assert_eq!(mail.link, "https://console.example/me/security");
                for text in [&mail.subject, &mail.text, &mail.html] {
                    assert!(!text.contains('{') || text.contains("style"), "{text}");
                }
                subjects.insert(mail.subject);
            }
            assert_eq!(subjects.len(), 7);
        }
    }

    async fn a_reset_waits_for_nobody_who_used_it(t: TestDomain) {
        let domain = &t.domain;
        let owner = company(domain, "Casa Ana").await.owner;
        password_reset::ask(domain, &owner.origin, &owner.person.email).await.unwrap();
        let row = domain.db.read(async |conn| crate::outbox::recent(conn, None, 1).await).await.unwrap();
        let effect: Effect = serde_json::from_str(&row[0].payload).unwrap();
        let mail = letter(domain, &effect).await.unwrap().unwrap();
        let token = testing::reset_token(domain).await;
        let link = format!("https://console.example/account/reset/{}", token.expose());
        assert!(mail.wanted && mail.mail.link == link);
        password_reset::set(domain, &owner.origin, token.expose(), "see how they run").await.unwrap();
        assert!(!letter(domain, &effect).await.unwrap().unwrap().wanted);
    }

    async fn the_old_address_gets_no_link(t: TestDomain) {
        let domain = &t.domain;
        let ana = testing::with_password(domain, "ana@shop.example", "three blind mice").await;
        account::ask_email(domain, &ana, "https.evil@new.example", "three blind mice").await.unwrap();
        let rows = domain.db.read(async |conn| crate::outbox::recent(conn, None, 2).await).await.unwrap();
        let mut told = 0;
        for row in rows {
            let effect: Effect = serde_json::from_str(&row.payload).unwrap();
            let mail = letter(domain, &effect).await.unwrap().unwrap().mail;
            let links = mail.html.matches("href").count();
            match effect {
                Effect::OldEmailMail { .. } => {
                    assert_eq!((mail.to.as_str(), links, mail.link.as_str()), ("ana@shop.example", 0, ""));
                    assert!(!mail.text.contains("://") && !mail.text.contains("https.evil@new.example"));
                    assert!(plain(&mail).contains("https.evil@new.example"));
                    told += 1;
                }
                Effect::NewEmailMail { .. } => {
                    let token = testing::email_change_token(domain).await;
                    assert!(mail.link.ends_with(&format!("/account/email/{}", token.expose())));
                    assert_eq!((mail.to.as_str(), links), ("https.evil@new.example", 2));
                    told += 1;
                }
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(told, 2);
    }

    async fn what_has_gone_makes_no_mail(t: TestDomain) {
        let gone = Effect::KnownAddressMail { person: PersonId::from_u128(1), lang: Lang::En };
        assert!(letter(&t.domain, &gone).await.unwrap().is_none());
        let gone = Effect::InvitationMail { invitation: InvitationId::from_u128(1), lang: Lang::En };
        assert!(letter(&t.domain, &gone).await.unwrap().is_none());
    }
}
