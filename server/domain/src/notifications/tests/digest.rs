//! The digest comes once a period, and tells all of it.
use super::*;
use crate::{
    both_engines,
    notifications::send_due,
    testing::{count, enqueued, execute},
};

const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

async fn pending(domain: &Domain) -> i64 {
    count(domain, "SELECT COUNT(*) AS n FROM digest").await
}

both_engines! {
    async fn it_sums_up_what_happened_once_also_with_two_processes(t: TestDomain) {
        let domain = &t.domain;
        let (shop, eva, _) = shop(domain).await;
        details(domain, &eva, &shop.store, &[("city", "Lugo")]).await;
        assert_eq!(pending(domain).await, 0, "nobody wants one");
        wanted(domain, &shop, &[("digest", "daily"), ("digest_to", "both"), ("addresses", "desk@ana.example")]).await;
        for city in ["Vigo", "Ourense"] {
            details(domain, &eva, &shop.store, &[("city", city)]).await;
        }
        send_due(domain).await.unwrap();
        assert_eq!(enqueued(domain, "notification_mail").await, 0, "it is not due yet");
        t.advance(DAY);
        let (one, two) = futures::join!(send_due(domain), send_due(domain));
        one.unwrap();
        two.unwrap();
        let told = mails(domain).await;
        let to: Vec<&str> = told.iter().map(|mail| mail.0.as_str()).collect();
        assert_eq!(to, ["desk@ana.example", "eva.cruz@ana.example", &shop.owner.person.email]);
        let (_, subject, text) = &told[0];
        assert!(subject.starts_with("Casa Ana: what happened since"), "{subject}");
        assert!(text.contains("Lugo → Ourense") && text.contains("Digest of all changes"), "{text}");
        // Eva is not told what she did herself, nor the owner what they did.
        assert!(!told[1].2.contains("Ourense") && told[1].2.contains("Digest"), "{}", told[1].2);
        assert!(told[2].2.contains("Ourense") && !told[2].2.contains("Digest of"), "{}", told[2].2);
        t.advance(DAY);
        send_due(domain).await.unwrap();
        assert_eq!(enqueued(domain, "notification_mail").await, 3, "nothing happened since");
    }

    async fn turned_off_it_is_forgotten_and_a_change_of_the_hour_counts_at_once(t: TestDomain) {
        let domain = &t.domain;
        let (shop, eva, _) = shop(domain).await;
        wanted(domain, &shop, &[("digest", "weekly")]).await;
        details(domain, &eva, &shop.store, &[("city", "Vigo")]).await;
        let due = async || count(domain, "SELECT due_at AS n FROM digest").await;
        let weekly = due().await;
        wanted(domain, &shop, &[("digest", "daily")]).await;
        assert!(due().await <= weekly && due().await - domain.now() <= DAY);
        wanted(domain, &shop, &[("digest", "off")]).await;
        assert_eq!(pending(domain).await, 0);
        execute(domain, "DELETE FROM outbox").await;
        t.advance(8 * DAY);
        send_due(domain).await.unwrap();
        assert_eq!(enqueued(domain, "notification_mail").await, 0);
    }
}
