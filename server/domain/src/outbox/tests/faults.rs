//! Mail servers that misbehave: mail is delayed, never lost, and nobody waits for it.
use super::{DAY, invite, smtp::Manner, smtp::Server, state};
use crate::{
    Domain,
    access::ManageMembers,
    both_engines, members,
    outbox::{deliver_due, run},
    testing::{Company, access, company},
};
use model::view::{MemberStatus, MembersQuery};
use std::time::Duration;

/// `user:secret`, as AUTH PLAIN sends it.
const KNOWN: &str = "AHVzZXIAc2VjcmV0";
/// Longer than anything here takes.
const AGES: Duration = Duration::from_secs(30);

/// What the member table says of the invitation of `email`.
async fn shown(domain: &Domain, company: &Company, email: &str) -> MemberStatus {
    let access = access::<ManageMembers>(domain, &company.owner, &company.store).await;
    let page = members::list(domain, &access, &MembersQuery::default()).await.unwrap();
    page.rows.into_iter().find(|row| row.email == email).unwrap().status
}

both_engines! {
    async fn a_wrong_password_is_shown_and_tried_again(t: TestDomain) {
        let server = Server::start().await;
        server.behave(Manner::SignIn(KNOWN));
        let company = company(&t.domain, "Casa Ana").await;
        invite(&t.domain, &company, "new@shop.example").await;
        let wrong = server.mailer_of("user:hunter2@");
        for wait in [5_000, 30_000] {
            deliver_due(&t.domain, &wrong).await.unwrap();
            let (now, _, reason) = state(&t.domain).await;
            let reason = reason.unwrap();
            assert_eq!(now, "waiting", "it can be mended, so it is not given up: {reason}");
            assert!(reason.contains("wrong user or password") && !reason.contains("hunter2"), "{reason}");
            let MemberStatus::MailFailed { reason: told } = shown(&t.domain, &company, "new@shop.example").await else {
                panic!("the member table does not say so");
            };
            assert_eq!(told, reason);
            t.advance(wait);
        }
        deliver_due(&t.domain, &server.mailer_of("user:secret@")).await.unwrap();
        assert_eq!(state(&t.domain).await, ("sent".into(), 3, None));
        assert_eq!(shown(&t.domain, &company, "new@shop.example").await, MemberStatus::Invited);
        assert_eq!(server.mails().len(), 1);
    }

    async fn a_greylisted_mail_arrives_with_the_next_attempt(t: TestDomain) {
        let server = Server::start().await;
        let company = company(&t.domain, "Casa Ana").await;
        server.answer_recipients("450 4.7.1 greylisted, try again later");
        invite(&t.domain, &company, "new@shop.example").await;
        deliver_due(&t.domain, &server.mailer()).await.unwrap();
        assert_eq!(state(&t.domain).await.0, "waiting");
        server.answer_recipients("250 ok");
        t.advance(5_000);
        deliver_due(&t.domain, &server.mailer()).await.unwrap();
        assert_eq!(state(&t.domain).await, ("sent".into(), 2, None));
        assert_eq!(server.mails().len(), 1);
    }

    async fn a_server_that_says_nothing_delays_mail_and_nothing_else(t: TestDomain) {
        let server = Server::start().await;
        server.behave(Manner::Silent);
        let company = company(&t.domain, "Casa Ana").await;
        // The worker is at the first mail and waits for the server, which never answers.
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let mailer = server.mailer_within(Duration::from_secs(2));
        let worker = tokio::spawn(run(t.domain.clone(), mailer, async move {
            stopped.await.ok();
        }));
        invite(&t.domain, &company, "first@shop.example").await;
        while server.talks() == 0 {
            tokio::task::yield_now().await;
        }
        let asked = invite(&t.domain, &company, "second@shop.example");
        tokio::time::timeout(Duration::from_secs(1), asked).await.expect("it does not wait");
        stop.send(()).unwrap();
        tokio::time::timeout(AGES, worker).await.expect("an end").unwrap();
        let (now, attempts, reason) = state(&t.domain).await;
        assert_eq!((now.as_str(), attempts, reason), ("waiting", 0, None), "the second one");
        // What timed out says so and is tried again.
        server.behave(Manner::Usual);
        t.advance(DAY);
        deliver_due(&t.domain, &server.mailer()).await.unwrap();
        assert_eq!(server.mails().len(), 2);
    }

    async fn an_attempt_that_times_out_says_so(t: TestDomain) {
        let server = Server::start().await;
        server.behave(Manner::Silent);
        let company = company(&t.domain, "Casa Ana").await;
        invite(&t.domain, &company, "new@shop.example").await;
        let mailer = server.mailer_within(Duration::from_millis(50));
        deliver_due(&t.domain, &mailer).await.unwrap();
        let reason = Some("the mail server did not answer".to_owned());
        assert_eq!(state(&t.domain).await, ("waiting".into(), 1, reason));
    }

    async fn a_connection_that_ends_within_a_mail_costs_an_attempt(t: TestDomain) {
        for (manner, arrived) in [(Manner::DropsMail, 1), (Manner::DropsAnswer, 2)] {
            let server = Server::start().await;
            server.behave(manner);
            let company = company(&t.domain, &format!("Casa {arrived}")).await;
            invite(&t.domain, &company, "new@shop.example").await;
            deliver_due(&t.domain, &server.mailer()).await.unwrap();
            assert_eq!(state(&t.domain).await.0, "waiting", "{manner:?}");
            t.advance(5_000);
            deliver_due(&t.domain, &server.mailer()).await.unwrap();
            t.advance(DAY);
            assert_eq!(deliver_due(&t.domain, &server.mailer()).await.unwrap(), 0);
            assert_eq!(state(&t.domain).await, ("sent".into(), 2, None));
            // What arrived twice has one id, by which the receiver drops the second.
            let mails = server.mails();
            assert_eq!(mails.len(), arrived, "{manner:?}");
            let id = |mail: &String| mail.lines().find(|l| l.starts_with("Message-ID:")).unwrap().to_owned();
            assert!(mails.iter().all(|mail| id(mail) == id(&mails[0])));
        }
    }
}
