mod faults;
mod message;
mod smtp;

use super::*;
use crate::{
    access::ManageMembers,
    both_engines, members, row,
    testing::{Company, access, company, execute},
};
use smtp::Server;
use std::time::Duration;

row! { struct State { state: String, attempts: i64, last_error: Option<String> } }

const DAY: i64 = 24 * 60 * 60 * 1000;

async fn invite(domain: &Domain, company: &Company, email: &str) {
    let access = access::<ManageMembers>(domain, &company.owner, &company.store).await;
    members::invite(domain, &access, email, "marketer").await.unwrap();
}

async fn states(domain: &Domain) -> Vec<State> {
    let read = async |conn: &mut Conn<'_>| {
        db::sql("SELECT state, attempts, last_error FROM outbox ORDER BY created_at, id")
            .all::<State>(conn)
            .await
    };
    domain.db.read(read).await.unwrap()
}

async fn state(domain: &Domain) -> (String, i64, Option<String>) {
    let state = states(domain).await.pop().unwrap();
    (state.state, state.attempts, state.last_error)
}

both_engines! {
    async fn a_mail_is_handed_to_the_mail_server_once(t: TestDomain) {
        let server = Server::start().await;
        let company = company(&t.domain, "Casa Ana").await;
        invite(&t.domain, &company, "new@shop.example").await;
        assert_eq!(deliver_due(&t.domain, &server.mailer()).await.unwrap(), 1);
        assert_eq!(deliver_due(&t.domain, &server.mailer()).await.unwrap(), 0);
        assert_eq!(state(&t.domain).await, ("sent".into(), 1, None));
        let mails = server.mails();
        assert_eq!(mails.len(), 1);
        assert!(mails[0].contains("To: new@shop.example\r\n"), "{}", mails[0]);
        t.advance(30 * DAY);
        assert_eq!(deliver_due(&t.domain, &server.mailer()).await.unwrap(), 0);
    }

    async fn without_a_mail_server_the_reason_is_visible_and_it_is_tried_again(t: TestDomain) {
        let company = company(&t.domain, "Casa Ana").await;
        invite(&t.domain, &company, "new@shop.example").await;
        let reason = Some("no mail server is configured".to_owned());
        let mut attempts = 0;
        for wait in [5, 30, 120, 600, 3_600, 14_400, 14_400] {
            attempts += 1;
            assert_eq!(deliver_due(&t.domain, &Mailer::None).await.unwrap(), 1);
            assert_eq!(state(&t.domain).await, ("waiting".into(), attempts, reason.clone()));
            t.advance(wait * 1_000 - 1);
            assert_eq!(deliver_due(&t.domain, &Mailer::None).await.unwrap(), 0, "too early");
            t.advance(1);
        }
        let server = Server::start().await;
        assert_eq!(deliver_due(&t.domain, &server.mailer()).await.unwrap(), 1);
        assert_eq!(state(&t.domain).await, ("sent".into(), attempts + 1, None));
    }

    async fn what_is_due_is_counted_and_how_late_it_is(t: TestDomain) {
        assert_eq!(due(&t.domain).await.unwrap(), Due::default());
        let company = company(&t.domain, "Casa Ana").await;
        invite(&t.domain, &company, "one@shop.example").await;
        t.advance(7_000);
        invite(&t.domain, &company, "two@shop.example").await;
        assert_eq!(due(&t.domain).await.unwrap(), Due { effects: 2, late: 7_000 });
        // What has failed waits for its next attempt; it is not due before.
        deliver_due(&t.domain, &Mailer::None).await.unwrap();
        assert_eq!(due(&t.domain).await.unwrap(), Due::default());
        t.advance(6_000);
        assert_eq!(due(&t.domain).await.unwrap(), Due { effects: 2, late: 1_000 });
    }

    async fn after_three_days_it_is_given_up_and_says_why(t: TestDomain) {
        let company = company(&t.domain, "Casa Ana").await;
        invite(&t.domain, &company, "new@shop.example").await;
        deliver_due(&t.domain, &Mailer::None).await.unwrap();
        t.advance(3 * DAY);
        deliver_due(&t.domain, &Mailer::None).await.unwrap();
        let reason = Some("no mail server is configured".to_owned());
        assert_eq!(state(&t.domain).await, ("failed".into(), 2, reason));
        t.advance(DAY);
        assert_eq!(deliver_due(&t.domain, &Mailer::None).await.unwrap(), 0);
    }

    async fn a_final_refusal_is_not_repeated_and_a_passing_one_is(t: TestDomain) {
        let server = Server::start().await;
        let company = company(&t.domain, "Casa Ana").await;
        server.answer_recipients("451 4.3.0 come back later");
        invite(&t.domain, &company, "new@shop.example").await;
        deliver_due(&t.domain, &server.mailer()).await.unwrap();
        let (now, _, reason) = state(&t.domain).await;
        assert_eq!(now, "waiting");
        assert!(reason.unwrap().contains("come back later"));
        server.answer_recipients("550 5.1.1 nobody of that name");
        t.advance(5_000);
        deliver_due(&t.domain, &server.mailer()).await.unwrap();
        let (now, attempts, reason) = state(&t.domain).await;
        assert_eq!((now.as_str(), attempts), ("failed", 2));
        assert!(reason.unwrap().contains("nobody of that name"));
        assert!(server.mails().is_empty());
    }

    async fn what_a_dead_worker_had_taken_is_delivered_later(t: TestDomain) {
        let server = Server::start().await;
        let company = company(&t.domain, "Casa Ana").await;
        invite(&t.domain, &company, "new@shop.example").await;
        let now = t.domain.now();
        let claim = async move |conn: &mut Conn<'_>| store::claim(conn, now, now + 120_000, 8).await;
        assert_eq!(t.domain.db.write(claim).await.unwrap().len(), 1);
        // It dies here. Nobody touches the row until its lease ends.
        assert_eq!(deliver_due(&t.domain, &server.mailer()).await.unwrap(), 0);
        t.advance(120_000);
        assert_eq!(deliver_due(&t.domain, &server.mailer()).await.unwrap(), 1);
        assert_eq!(server.mails().len(), 1);
    }

    async fn a_late_failure_does_not_undo_what_another_worker_sent(t: TestDomain) {
        let server = Server::start().await;
        let company = company(&t.domain, "Casa Ana").await;
        invite(&t.domain, &company, "new@shop.example").await;
        let now = t.domain.now();
        let claim = async move |conn: &mut Conn<'_>| store::claim(conn, now, now + 120_000, 8).await;
        let slow = t.domain.db.write(claim).await.unwrap().pop().unwrap();
        t.advance(120_000);
        deliver_due(&t.domain, &server.mailer()).await.unwrap();
        let fail = async move |conn: &mut Conn<'_>| {
            store::fail(conn, &slow, "waiting", "too slow", 0, None).await
        };
        t.domain.db.write(fail).await.unwrap();
        assert_eq!(state(&t.domain).await, ("sent".into(), 2, None));
    }

    async fn parallel_workers_never_take_the_same_row(t: TestDomain) {
        let server = Server::start().await;
        let company = company(&t.domain, "Casa Ana").await;
        for i in 0..24 {
            invite(&t.domain, &company, &format!("new{i}@shop.example")).await;
        }
        let domains = [t.domain.clone(), t.another_process().await];
        let workers: Vec<_> = (0..4).map(|i| {
            let (domain, mailer) = (domains[i % 2].clone(), server.mailer());
            tokio::spawn(async move {
                let mut taken = 0;
                loop {
                    match deliver_due(&domain, &mailer).await.unwrap() {
                        0 => return taken,
                        more => taken += more,
                    }
                }
            })
        }).collect();
        let mut taken = 0;
        for worker in workers {
            taken += worker.await.unwrap();
        }
        // A worker that found nothing because the others held all rows may have left early.
        taken += deliver_due(&t.domain, &server.mailer()).await.unwrap();
        assert_eq!(taken, 24);
        let mut mails = server.mails();
        mails.sort();
        mails.dedup();
        assert_eq!((mails.len(), server.mails().len()), (24, 24));
        assert!(states(&t.domain).await.iter().all(|s| s.state == "sent" && s.attempts == 1));
    }

    async fn a_mail_without_a_reason_is_dropped(t: TestDomain) {
        let server = Server::start().await;
        let company = company(&t.domain, "Casa Ana").await;
        invite(&t.domain, &company, "new@shop.example").await;
        execute(&t.domain, "UPDATE invitation SET ended_at = 1, how = 'cancelled'").await;
        deliver_due(&t.domain, &server.mailer()).await.unwrap();
        assert_eq!(state(&t.domain).await, ("dropped".into(), 1, None));
        invite(&t.domain, &company, "late@shop.example").await;
        t.advance(8 * DAY);
        deliver_due(&t.domain, &server.mailer()).await.unwrap();
        assert!(states(&t.domain).await.iter().all(|s| s.state == "dropped"));
        assert!(server.mails().is_empty());
    }

    async fn an_unreadable_row_fails_alone(t: TestDomain) {
        let server = Server::start().await;
        let company = company(&t.domain, "Casa Ana").await;
        invite(&t.domain, &company, "a@shop.example").await;
        execute(&t.domain, "UPDATE outbox SET payload = '{\"kind\":\"of_the_future\"}'").await;
        invite(&t.domain, &company, "b@shop.example").await;
        assert_eq!(deliver_due(&t.domain, &server.mailer()).await.unwrap(), 2);
        let mut states: Vec<_> = states(&t.domain).await.into_iter().map(|s| s.state).collect();
        states.sort();
        assert_eq!(states, ["failed", "sent"]);
        assert_eq!(server.mails().len(), 1);
    }

    async fn a_change_that_is_taken_back_sends_nothing(t: TestDomain) {
        let company = company(&t.domain, "Casa Ana").await;
        let (domain, person) = (t.domain.clone(), company.owner.person.id.clone());
        let write = async move |conn: &mut Conn<'_>| {
            let effect = Effect::KnownAddressMail { person, lang: Lang::En };
            enqueue(&domain, conn, &effect).await?;
            Err::<(), _>(db::Error::Closed)
        };
        assert!(t.domain.db.write(write).await.is_err());
        assert!(states(&t.domain).await.is_empty());
    }

    async fn the_worker_wakes_when_something_is_put_in_and_stops_when_told(t: TestDomain) {
        let server = Server::start().await;
        let company = company(&t.domain, "Casa Ana").await;
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let worker = tokio::spawn(run(t.domain.clone(), server.mailer(), async move {
            stopped.await.ok();
        }));
        invite(&t.domain, &company, "new@shop.example").await;
        let limit = Duration::from_secs(30);
        tokio::time::timeout(limit, server.arrival()).await.expect("a mail");
        stop.send(()).unwrap();
        tokio::time::timeout(limit, worker).await.expect("an end").unwrap();
        assert_eq!(state(&t.domain).await.0, "sent", "what was under way is finished");
    }

    async fn the_outbox_holds_no_secret(t: TestDomain) {
        let company = company(&t.domain, "Casa Ana").await;
        invite(&t.domain, &company, "new@shop.example").await;
        let rows = t.domain.db.read(async |conn: &mut Conn<'_>| recent(conn, None, 9).await).await.unwrap();
        let Effect::InvitationMail { invitation, .. } = serde_json::from_str(&rows[0].payload).unwrap() else {
            panic!("{rows:?}")
        };
        let token = crate::testing::invitation_token(&t.domain, &invitation);
        assert!(!format!("{:?}", t.dump(&[]).await).contains(token.expose()));
    }
}

#[tokio::test]
async fn the_mailers_settings_are_checked_without_repeating_secrets() {
    let from = "Store Manager <console@shop.example>";
    assert!(Mailer::smtp("smtps://user:hunter2@mail.example", from, None).is_ok());
    for (url, from) in [
        ("http://user:hunter2@mail.example", from),
        ("hunter2", from),
        ("smtp://m.example", "nobody"),
    ] {
        let error = Mailer::smtp(url, from, None).err().unwrap().to_string();
        assert!(error.contains("cannot be read") && !error.contains("hunter2"), "{error}");
    }
}

#[tokio::test]
async fn authorities_that_are_none_are_refused() {
    let from = "Store Manager <console@shop.example>";
    for pem in ["", "none", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
        let url = "smtp://user:hunter2@mail.example?tls=required";
        let made = Mailer::smtp(url, from, Some(pem.as_bytes()));
        let error = made.err().unwrap().to_string();
        assert!(error.contains("certificate authority") && !error.contains("hunter2"), "{error}");
    }
}
