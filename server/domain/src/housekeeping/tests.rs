use super::run_once;
use crate::{
    Domain,
    db::{Conn, sql},
    registration::{self, SignUp},
    session::{self, ABSOLUTE, attempts::WINDOW},
    testing::{self, Company, count, origin},
};
use model::ImageId;

const DAY: i64 = 24 * 60 * 60 * 1000;

async fn rows(domain: &Domain) -> [i64; 5] {
    [
        count(domain, "SELECT COUNT(*) AS n FROM session").await,
        count(domain, "SELECT COUNT(*) AS n FROM attempt").await,
        count(domain, "SELECT COUNT(*) AS n FROM flash").await,
        count(domain, "SELECT COUNT(*) AS n FROM registration").await,
        count(domain, "SELECT COUNT(*) AS n FROM image").await,
    ]
}

async fn image(domain: &Domain, shop: &Company, used: bool) {
    let id = ImageId::from_u128(domain.id_bits());
    let (store, now) = (shop.store.clone(), domain.now());
    let write = async move |conn: &mut Conn<'_>| {
        sql("INSERT INTO image (id, organization_id, store_id, content_type, body, width, height,
                 created_at)
             SELECT $1, organization_id, id, 'image/png', '', 1, 1, $3 FROM store WHERE id = $2")
        .bind(id.as_str())
        .bind(store.as_str())
        .bind(now)
        .execute(conn)
        .await?;
        let body = format!(r#"{{"logo":"{id}"}}"#);
        sql("UPDATE setting_document SET body = $1 WHERE scope_id = $2 AND $3")
            .bind(body)
            .bind(store.as_str())
            .bind(used)
            .execute(conn)
            .await
    };
    domain.db.write(write).await.unwrap();
}

crate::both_engines! {
    async fn what_has_served_its_time_goes(t: TestDomain) {
        let domain = &t.domain;
        let shop = testing::company(domain, "Shop").await;
        image(domain, &shop, true).await;
        image(domain, &shop, false).await;
        let form = SignUp {
            first_name: "A".into(),
            last_name: "B".into(),
            email: "a@b.example".into(),
            password: "three blind mice".into(),
            phone: "+34915550100".into(),
            language: "es".into(),
            organization: "O".into(),
            store: "S".into(),
            consent_data: true,
            consent_marketing: true,
        };
        registration::sign_up(domain, &origin(), form).await.unwrap();
        testing::execute(
            domain,
            "INSERT INTO flash (token_hash, body, expires_at) VALUES ('x', '', 1)",
        )
        .await;
        run_once(domain).await.unwrap();
        assert_eq!(rows(domain).await, [1, 2, 0, 1, 2]);
        t.advance(2 * WINDOW + 60_000);
        run_once(domain).await.unwrap();
        assert_eq!(rows(domain).await, [1, 0, 0, 1, 2]);
        t.advance(DAY);
        run_once(domain).await.unwrap();
        assert_eq!(rows(domain).await, [1, 0, 0, 1, 1]);
        t.advance(8 * DAY);
        run_once(domain).await.unwrap();
        assert_eq!(rows(domain).await, [1, 0, 0, 0, 1]);
        // An ended session still says from where a person signed in before.
        session::sign_out(domain, &shop.owner).await.unwrap();
        run_once(domain).await.unwrap();
        assert_eq!(rows(domain).await[0], 1);
        t.advance(ABSOLUTE + DAY);
        run_once(domain).await.unwrap();
        assert_eq!(rows(domain).await[0], 0);
    }

    async fn steps_and_links_of_account_security_go(t: TestDomain) {
        let domain = &t.domain;
        let ana = testing::with_password(domain, "ana@shop.example", "three blind mice").await;
        testing::two_factor(domain, &ana).await;
        session::sign_in(domain, &origin(), "ana@shop.example", "three blind mice").await.unwrap();
        crate::password_reset::ask(domain, &origin(), "ana@shop.example").await.unwrap();
        crate::account::ask_email(domain, &ana, "new@shop.example", "three blind mice")
            .await
            .unwrap();
        let rows = async || {
            let n = async |text| testing::count(domain, text).await;
            [
                n("SELECT COUNT(*) AS n FROM sign_in_step").await,
                n("SELECT COUNT(*) AS n FROM spent_ceremony").await,
                n("SELECT COUNT(*) AS n FROM password_reset").await,
                n("SELECT COUNT(*) AS n FROM email_change").await,
                n("SELECT COUNT(*) AS n FROM two_factor").await,
            ]
        };
        run_once(domain).await.unwrap();
        assert_eq!(rows().await, [1, 1, 1, 1, 1]);
        t.advance(11 * 60_000);
        run_once(domain).await.unwrap();
        assert_eq!(rows().await, [0, 0, 1, 1, 1]);
        // A link that is over can tell so for a week.
        t.advance(7 * DAY + 60 * 60_000);
        run_once(domain).await.unwrap();
        assert_eq!(rows().await, [0, 0, 0, 1, 1]);
        t.advance(DAY);
        run_once(domain).await.unwrap();
        assert_eq!(rows().await, [0, 0, 0, 0, 1]);
    }

    async fn the_outbox_forgets_what_is_done(t: TestDomain) {
        let domain = &t.domain;
        for (index, state) in ["sent", "dropped", "failed", "waiting"].into_iter().enumerate() {
            let (id, now) = (format!("out_{index}"), domain.now());
            let finished = (state != "waiting").then_some(now);
            let insert = async move |conn: &mut Conn<'_>| {
                sql("INSERT INTO outbox (id, kind, payload, state, attempts, next_attempt_at,
                         created_at, finished_at) VALUES ($1, 'x', '{}', $2, 1, $3, $3, $4)")
                .bind(id)
                .bind(state)
                .bind(now)
                .bind(finished)
                .execute(conn)
                .await
            };
            domain.db.write(insert).await.unwrap();
        }
        let kept = async || {
            run_once(domain).await.unwrap();
            count(domain, "SELECT COUNT(*) AS n FROM outbox").await
        };
        t.advance(30 * DAY);
        assert_eq!(kept().await, 4);
        t.advance(1);
        assert_eq!(kept().await, 2);
        t.advance(60 * DAY);
        assert_eq!(kept().await, 1);
        t.advance(900 * DAY);
        assert_eq!(kept().await, 1, "what waits is not done");
    }
}
