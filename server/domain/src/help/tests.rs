use super::*;
use crate::{
    Domain,
    access::{SectionAccess, SignedIn, StoreAccess, ViewStore, section_edit, section_view},
    both_engines,
    db::Conn,
    mail,
    outbox::{self, Effect, Mailer, deliver_due},
    settings,
    testing::{Company, access, audited, colleague, company, count, enqueued, faults, refusal},
};
use model::{
    Input, Refusal, TicketId,
    access::StoreRole,
    settings::{Help, Settings as _},
    text::Lang,
};

async fn set(domain: &Domain, shop: &Company, version: i64, fields: &[(&str, &str)]) {
    let access = section_edit(domain, &shop.owner, &shop.store, Help::SECTION).await.unwrap();
    let input: Input =
        fields.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
    settings::save(domain, &access, version, &input, &[]).await.unwrap();
}

/// A company, and a Marketer in its store.
async fn shop(domain: &Domain) -> (Company, StoreAccess<ViewStore>) {
    let shop = company(domain, "Casa Ana").await;
    let (mark, _) = colleague(domain, &shop, "mark.lee@ana.example", StoreRole::Marketer).await;
    let access = access(domain, &mark, &shop.store).await;
    (shop, access)
}

fn form(subject: &str, message: &str) -> TicketForm {
    TicketForm { subject: subject.to_owned(), message: message.to_owned() }
}

async fn article(domain: &Domain, who: &SignedIn, shop: &Company) -> SectionAccess {
    section_view(domain, who, &shop.store, Help::SECTION).await.unwrap()
}

both_engines! {
    async fn a_ticket_is_mailed_to_the_specialists_and_a_copy_to_who_asks(t: TestDomain) {
        let domain = &t.domain;
        let (shop, mark) = shop(domain).await;
        set(domain, &shop, 0, &[("address", "desk@help.example")]).await;
        let id = open(domain, &mark, &form(" Where is it? ", "One.\r\n\r\nhttps://evil.example")).await.unwrap();
        assert_eq!(audited(domain, "ticket.open").await, 1);
        for lang in Lang::ALL {
            let mut to = Vec::new();
            for copy in [false, true] {
                let effect = Effect::TicketMail { ticket: id.clone(), copy, lang };
                let mail = mail::letter(domain, &effect).await.unwrap().unwrap().mail;
                assert!(mail.subject.contains("Where is it?") && mail.text.contains("One."), "{}", mail.text);
                assert!(!mail.html.contains("https://evil") && !mail.text.contains('{'), "{}", mail.text);
                assert_eq!(mail.link.is_empty(), !copy);
                to.push((mail.to, mail.reply_to));
            }
            let person = "mark.lee@ana.example".to_owned();
            assert_eq!(to, [("desk@help.example".to_owned(), Some(person.clone())), (person, None)]);
        }
        let page = page(domain, &mark).await.unwrap();
        assert_eq!((page.tickets.len(), page.tickets[0].state, page.editable), (1, State::Open, false));
        deliver_due(domain, &Mailer::Mailbox).await.unwrap();
        assert_eq!(count(domain, "SELECT COUNT(*) AS n FROM outbox WHERE state = 'sent'").await, 2);
    }

    async fn a_ticket_needs_words_and_somebody_to_read_them(t: TestDomain) {
        let domain = &t.domain;
        let (shop, mark) = shop(domain).await;
        assert_eq!(faults(open(domain, &mark, &form(" ", "")).await), ["subject", "message"]);
        assert_eq!(faults(open(domain, &mark, &form("a\nb", &"x".repeat(5_001))).await), ["subject", "message"]);
        assert_eq!(refusal(open(domain, &mark, &form("a", "b")).await), Refusal::Gone);
        set(domain, &shop, 0, &[("address", "desk@help.example")]).await;
        for _ in 0..5 {
            open(domain, &mark, &form("a", "b")).await.unwrap();
        }
        assert_eq!(refusal(open(domain, &mark, &form("a", "b")).await), Refusal::TooManyAttempts);
        assert_eq!(enqueued(domain, "ticket_mail").await, 10);
    }

    async fn one_closes_the_own_tickets_only(t: TestDomain) {
        let domain = &t.domain;
        let (shop, mark) = shop(domain).await;
        set(domain, &shop, 0, &[("address", "desk@help.example")]).await;
        let id = open(domain, &mark, &form("a", "b")).await.unwrap();
        let owner: StoreAccess<ViewStore> = access(domain, &shop.owner, &shop.store).await;
        assert_eq!(refusal(close(domain, &owner, &id).await), Refusal::Gone);
        assert_eq!(refusal(close(domain, &mark, &TicketId::from_u128(1)).await), Refusal::Gone);
        for _ in 0..2 {
            close(domain, &mark, &id).await.unwrap();
        }
        assert_eq!(audited(domain, "ticket.close").await, 1, "the second time it is no change");
        assert_eq!(page(domain, &mark).await.unwrap().tickets[0].state, State::Closed);
        assert!(page(domain, &owner).await.unwrap().tickets.is_empty());
    }

    async fn each_has_one_vote_and_may_change_it(t: TestDomain) {
        let domain = &t.domain;
        let (shop, _) = shop(domain).await;
        let (eva, _) = colleague(domain, &shop, "eva@ana.example", StoreRole::Administrator).await;
        let (owner, eva) = (article(domain, &shop.owner, &shop).await, article(domain, &eva, &shop).await);
        assert_eq!(opinion(domain, &owner).await.unwrap(), Opinion::default());
        let (one, two) = futures::join!(vote(domain, &owner, true), vote(domain, &eva, true));
        one.unwrap();
        two.unwrap();
        vote(domain, &owner, true).await.unwrap();
        assert_eq!(opinion(domain, &owner).await.unwrap(), Opinion { own: Some(true), votes: 2, useful: 2 });
        assert_eq!(audited(domain, "help.vote").await, 2, "the same again is no change");
        vote(domain, &eva, false).await.unwrap();
        assert_eq!(opinion(domain, &eva).await.unwrap(), Opinion { own: Some(false), votes: 2, useful: 1 });
        assert_eq!(audited(domain, "help.vote").await, 3);
        let other = company(domain, "Casa Bea").await;
        let other = article(domain, &other.owner, &other).await;
        assert_eq!(opinion(domain, &other).await.unwrap(), Opinion::default(), "of their own organization only");
        for useful in [true, false].into_iter().cycle().take(28) {
            vote(domain, &eva, useful).await.unwrap();
        }
        assert_eq!(refusal(vote(domain, &eva, true).await), Refusal::TooManyAttempts);
        let read = async |conn: &mut Conn<'_>| outbox::recent(conn, None, 1).await;
        assert!(domain.db.read(read).await.unwrap().is_empty());
    }
}
