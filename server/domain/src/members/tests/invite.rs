use super::access;
use crate::{
    access::organization,
    db::{Conn, sql},
    invitation,
    members::{invite, remove},
    organization::resend,
    session,
    testing::{self, audited, count, enqueued, faults, refusal},
};
use model::{Refusal, access::StoreRole, text::Lang};

const DAY: i64 = 24 * 60 * 60 * 1000;

crate::row! { struct MailRow { lang: String, payload: String } }

crate::both_engines! {
    async fn an_invitation_is_a_row_a_mail_and_an_entry(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        let id = invite(domain, &access(domain, &shop).await, "A@b.example ", "marketer")
            .await
            .unwrap();
        assert_eq!(enqueued(domain, "invitation_mail").await, 1);
        assert_eq!(audited(domain, "member.invite").await, 1);
        let read = async |conn: &mut Conn<'_>| {
            sql("SELECT i.language AS lang, o.payload FROM invitation i
                 JOIN outbox o ON o.id = i.outbox_id WHERE i.id = $1 AND i.email = 'a@b.example'")
            .bind(id.as_str())
            .one::<MailRow>(conn)
            .await
        };
        let row = domain.db.read(read).await.unwrap();
        assert_eq!(row.lang, "en");
        assert!(row.payload.contains(id.as_str()));
    }

    async fn stores_share_the_limit_a_day_of_their_organization(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        let access = access(domain, &shop).await;
        let first = invite(domain, &access, "first@b.example", "marketer").await.unwrap();
        // Sending one again counts as sending, on whatever day it was made.
        t.advance(2 * DAY);
        let managing = organization(domain, &shop.owner, &shop.organization).await.unwrap();
        for _ in 0..100 {
            resend(domain, &managing, &first).await.unwrap();
        }
        for n in 1..100 {
            invite(domain, &access, &format!("p{n}@b.example"), "marketer").await.unwrap();
        }
        let refused = invite(domain, &access, "last@b.example", "marketer").await;
        assert_eq!(refusal(refused), Refusal::InvitationLimit);
        assert_eq!(refusal(resend(domain, &managing, &first).await), Refusal::InvitationLimit);
        assert_eq!(enqueued(domain, "invitation_mail").await, 200);
        t.advance(DAY);
        invite(domain, &access, "last@b.example", "marketer").await.unwrap();
    }

    async fn the_mail_is_in_the_language_of_who_gets_it(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        let eva = testing::person(domain, "eva@b.example").await;
        session::set_language(domain, &eva, Lang::Pl).await.unwrap();
        let access = access(domain, &shop).await;
        invite(domain, &access, "eva@b.example", "marketer").await.unwrap();
        invite(domain, &access, "new@b.example", "marketer").await.unwrap();
        let polish = "SELECT COUNT(*) AS n FROM invitation WHERE language = 'pl'";
        assert_eq!(count(domain, polish).await, 1);
        let english = "SELECT COUNT(*) AS n FROM invitation WHERE language = 'en'";
        assert_eq!(count(domain, english).await, 1);
    }

    async fn nobody_is_invited_twice_or_as_a_member(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        testing::colleague(domain, &shop, "mia@shop.example", StoreRole::Marketer).await;
        let access = access(domain, &shop).await;
        let answer = invite(domain, &access, "MIA@shop.example", "marketer").await;
        assert_eq!(refusal(answer), Refusal::AlreadyMember);
        let id = invite(domain, &access, "a@b.example", "marketer").await.unwrap();
        let answer = invite(domain, &access, "a@b.example", "administrator").await;
        assert_eq!(refusal(answer), Refusal::AlreadyInvited);
        remove(domain, &access, id.as_str()).await.unwrap();
        invite(domain, &access, "a@b.example", "marketer").await.unwrap();
        // Another store is another matter.
        let other = testing::company(domain, "Other").await;
        let theirs = super::access(domain, &other).await;
        invite(domain, &theirs, "a@b.example", "marketer").await.unwrap();
        invite(domain, &theirs, "mia@shop.example", "marketer").await.unwrap();
        assert_eq!(audited(domain, "member.invite").await, 4);
    }

    async fn an_expired_invitation_is_replaced(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        let old = access(domain, &shop).await;
        invite(domain, &old, "a@b.example", "marketer").await.unwrap();
        t.advance(invitation::VALID);
        invite(domain, &old, "a@b.example", "administrator").await.unwrap();
        let replaced = "SELECT COUNT(*) AS n FROM invitation WHERE how = 'replaced'";
        assert_eq!(count(domain, replaced).await, 1);
        let pending = "SELECT COUNT(*) AS n FROM invitation WHERE ended_at IS NULL";
        assert_eq!(count(domain, pending).await, 1);
    }

    async fn faults_are_told_together(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        let access = access(domain, &shop).await;
        assert_eq!(faults(invite(domain, &access, "", "owner").await), ["email", "role"]);
        for email in ["a", "a@b", "a\0@b.example", "<script>@b.example", &"a".repeat(300)] {
            assert_eq!(faults(invite(domain, &access, email, "marketer").await), ["email"]);
        }
        assert_eq!(count(domain, "SELECT COUNT(*) AS n FROM invitation").await, 0);
        assert_eq!(enqueued(domain, "invitation_mail").await, 0);
    }

    async fn only_people_of_the_organizations_domains_are_invited(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        let access = access(domain, &shop).await;
        let security = crate::access::organization(domain, &shop.owner, &shop.organization).await;
        let domains = "shop.example";
        crate::security::set_invitation_domains(domain, &security.unwrap(), domains).await.unwrap();
        let outside = invite(domain, &access, "a@b.example", "marketer").await;
        assert_eq!(faults(outside), ["email"]);
        invite(domain, &access, "a@shop.example", "marketer").await.unwrap();
    }
}
