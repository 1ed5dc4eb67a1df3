use super::*;
use crate::{
    access::ManageMembers,
    both_engines, members,
    outbox::{Mailer, deliver_due},
    testing::{access, company},
};
use model::text::Lang;

const T: Texts = Texts::of(Lang::En);

both_engines! {
    async fn it_shows_what_would_have_been_sent_newest_first(t: TestDomain) {
        let demo = t.in_demo_mode();
        assert_eq!(list(&demo, T).await.unwrap(), []);
        let company = company(&demo, "Casa Ana").await;
        let access = access::<ManageMembers>(&demo, &company.owner, &company.store).await;
        for email in ["first@shop.example", "second@shop.example"] {
            members::invite(&demo, &access, email, "marketer").await.unwrap();
            t.advance(180_000);
        }
        deliver_due(&demo, &Mailer::Mailbox).await.unwrap();
        let mails = list(&demo, T).await.unwrap();
        let shown: Vec<_> = mails.iter().map(|m| (m.to.as_str(), m.at.as_str())).collect();
        assert_eq!(shown, [("second@shop.example", "3 minutes ago"), ("first@shop.example", "6 minutes ago")]);
        let mail = get(&demo, T, &mails[1].id).await.unwrap().unwrap();
        assert_eq!(mail.summary, mails[1]);
        let link = mail.link.unwrap();
        assert!(link.starts_with("https://console.example/invitations/") && mail.text.contains(&link));
        assert_eq!(get(&demo, T, &OutboxId::from_u128(1)).await.unwrap(), None);
    }

    async fn outside_demo_mode_there_is_none(t: TestDomain) {
        assert!(matches!(list(&t.domain, T).await, Err(Error::NotFound)));
        let id = OutboxId::from_u128(1);
        assert!(matches!(get(&t.domain, T, &id).await, Err(Error::NotFound)));
    }
}
