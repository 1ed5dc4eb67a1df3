use super::*;
use crate::{
    Domain,
    access::ManageMembers,
    both_engines, members,
    outbox::Effect,
    testing::{access, company, execute, invitation_token},
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
        let token = invitation_token(&t.domain, &id);
        let link = format!("https://console.example/invitations/{}", token.expose());
        for lang in Lang::ALL {
            let mail = invitation(&t.domain, &id, lang).await;
            let texts = Texts::of(lang);
            let role = texts.get(Key::RoleMarketer);
            assert_eq!((mail.to.as_str(), mail.link.as_str()), ("new@shop.example", link.as_str()));
            assert!(mail.subject.contains("Casa Ana"), "{}", mail.subject);
            for part in ["Owner", "Casa Ana", role, &link, texts.get(Key::MailInvitationExpiry)] {
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

    async fn what_has_gone_makes_no_mail(t: TestDomain) {
        let gone = Effect::KnownAddressMail { person: PersonId::from_u128(1), lang: Lang::En };
        assert!(letter(&t.domain, &gone).await.unwrap().is_none());
        let gone = Effect::InvitationMail { invitation: InvitationId::from_u128(1), lang: Lang::En };
        assert!(letter(&t.domain, &gone).await.unwrap().is_none());
    }
}
