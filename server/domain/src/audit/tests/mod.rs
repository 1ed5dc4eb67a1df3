mod browse;

use super::*;
use crate::{
    both_engines,
    context::Origin,
    db::{self, Conn},
    testing::{audited, execute},
};
use model::OrganizationId;
use serde_json::json;

fn organization() -> OrganizationId {
    OrganizationId::from_u128(1)
}

async fn write(domain: &crate::Domain, chain: Option<OrganizationId>, subject: &str) {
    let (domain_, subject) = (domain.clone(), subject.to_owned());
    let write = async move |conn: &mut Conn<'_>| {
        let change = Change {
            chain: chain.as_ref(),
            store: None,
            actor: SYSTEM,
            action: "test.change",
            subject: &subject,
            old: serde_json::Value::Null,
            new: json!({ "name": "ż" }),
        };
        let origin = Origin { address: "192.0.2.1".into(), ..Origin::default() };
        record(&domain_, conn, &origin, change).await
    };
    domain.db.write(write).await.unwrap();
}

/// Five entries in an organization's chain, two in the instance's.
async fn seven(domain: &crate::Domain) {
    for i in 0..5 {
        write(domain, Some(organization()), &i.to_string()).await;
    }
    write(domain, None, "a").await;
    write(domain, None, "b").await;
}

/// What the verification finds after `statement`.
async fn broken_by(t: &db::testing::TestDomain, statement: &'static str) -> Vec<(i64, Problem)> {
    seven(&t.domain).await;
    assert!(execute(&t.domain, statement).await > 0, "{statement}");
    let report = verify(&t.domain).await.unwrap();
    assert!(report.broken.iter().all(|b| b.chain == organization().as_str()), "{report:?}");
    report.broken.into_iter().map(|b| (b.position, b.problem)).collect()
}

async fn places(domain: &crate::Domain) -> Vec<(String, i64, Problem)> {
    let report = verify(domain).await.unwrap();
    report.broken.into_iter().map(|b| (b.chain, b.position, b.problem)).collect()
}

/// Makes the log one of the time before keys and register.
async fn unkeyed(domain: &crate::Domain) {
    let rewrite = async |conn: &mut Conn<'_>| {
        for row in store::chains(conn).await? {
            let mut head = String::new();
            for entry in store::page(conn, &row.chain, 0, 99).await? {
                head = proof::unkeyed(&head, &entry);
                db::sql("UPDATE audit_entry SET hash = $1 WHERE id = $2")
                    .bind(&head)
                    .bind(&entry.id)
                    .execute(conn)
                    .await?;
            }
            let mut end = store::end(conn, &row.chain).await?.unwrap();
            (end.head, end.number, end.keyed_from) = (head, 0, 0);
            end.seal.clear();
            store::set_end(conn, &row.chain, &end).await?;
        }
        db::sql("DELETE FROM audit_register").execute(conn).await
    };
    domain.db.write(rewrite).await.unwrap();
}

both_engines! {
    async fn what_was_written_is_proven(t: TestDomain) {
        assert_eq!(verify(&t.domain).await.unwrap(), VerifyReport::default());
        seven(&t.domain).await;
        let report = verify(&t.domain).await.unwrap();
        assert_eq!(report, VerifyReport { chains: 2, entries: 7, broken: Vec::new() });
    }

    async fn a_changed_entry_is_found(t: TestDomain) {
        let found = broken_by(&t, "UPDATE audit_entry SET new_value = '{}' WHERE subject = '2'").await;
        assert_eq!(found, [(3, Problem::Changed)]);
    }

    async fn an_entry_moved_between_fields_is_found(t: TestDomain) {
        let statement = "UPDATE audit_entry SET actor = 'syste', address = 'm192.0.2.1' WHERE subject = '0'";
        assert_eq!(broken_by(&t, statement).await, [(1, Problem::Changed)]);
    }

    async fn an_entry_given_to_a_store_is_found(t: TestDomain) {
        let found = broken_by(&t, "UPDATE audit_entry SET store_id = '' WHERE subject = '4'").await;
        assert_eq!(found, [(5, Problem::Changed)]);
    }

    async fn a_removed_entry_is_found(t: TestDomain) {
        let found = broken_by(&t, "DELETE FROM audit_entry WHERE subject = '1'").await;
        assert_eq!(found, [(2, Problem::Missing)]);
    }

    async fn removed_last_entries_are_found(t: TestDomain) {
        let found = broken_by(&t, "DELETE FROM audit_entry WHERE subject IN ('3', '4')").await;
        assert_eq!(found, [(4, Problem::End)]);
    }

    async fn all_entries_removed_are_found(t: TestDomain) {
        let found = broken_by(&t, "DELETE FROM audit_entry WHERE chain LIKE 'org%'").await;
        assert_eq!(found, [(1, Problem::End)]);
    }

    async fn a_removed_end_is_found(t: TestDomain) {
        seven(&t.domain).await;
        execute(&t.domain, "DELETE FROM audit_chain WHERE chain LIKE 'org%'").await;
        let found = places(&t.domain).await;
        assert_eq!(found, [(REGISTER.to_owned(), 1, Problem::Chain), (organization().to_string(), 1, Problem::Changed)]);
    }

    async fn a_removed_chain_is_found(t: TestDomain) {
        seven(&t.domain).await;
        for statement in [
            "DELETE FROM audit_entry WHERE chain LIKE 'org%'",
            "DELETE FROM audit_chain WHERE chain LIKE 'org%'",
        ] {
            execute(&t.domain, statement).await;
        }
        assert_eq!(places(&t.domain).await, [(REGISTER.to_owned(), 1, Problem::Chain)]);
        // Nor does it help to number the others anew, or to say that there are fewer.
        execute(&t.domain, "UPDATE audit_chain SET number = 1").await;
        execute(&t.domain, "UPDATE audit_register SET chains = 1").await;
        let found = places(&t.domain).await;
        assert!(found.contains(&(REGISTER.to_owned(), 1, Problem::Chain)), "{found:?}");
        assert!(found.contains(&(INSTANCE.to_owned(), 3, Problem::End)), "{found:?}");
        execute(&t.domain, "DELETE FROM audit_register").await;
        let found = places(&t.domain).await;
        assert!(found.contains(&(REGISTER.to_owned(), 1, Problem::Chain)), "{found:?}");
    }

    async fn a_removed_end_with_its_record_is_found(t: TestDomain) {
        let found = broken_by(&t, "DELETE FROM audit_entry WHERE subject = '4'").await;
        assert_eq!(found, [(5, Problem::End)]);
        // The hash that the chain had then is known to whoever reads the database.
        execute(&t.domain, "UPDATE audit_chain SET length = 4, head =
            (SELECT hash FROM audit_entry e WHERE e.chain = audit_chain.chain AND position = 4)
            WHERE chain LIKE 'org%'").await;
        assert_eq!(places(&t.domain).await, [(organization().to_string(), 5, Problem::End)]);
    }

    async fn without_the_key_no_chain_can_be_made_that_holds(t: TestDomain) {
        seven(&t.domain).await;
        let mut forger = t.domain.clone();
        forger.keys = std::sync::Arc::new(crate::crypto::Keys::from_bytes([9; 32]));
        write(&forger, Some(organization()), "forged").await;
        let place = (organization().to_string(), 6, Problem::Changed);
        assert_eq!(places(&t.domain).await, [place]);
    }

    async fn entries_from_before_there_were_keys_still_hold(t: TestDomain) {
        seven(&t.domain).await;
        unkeyed(&t.domain).await;
        assert!(!verify(&t.domain).await.unwrap().broken.is_empty(), "they are not in the register");
        adopt(&t.domain).await.unwrap();
        adopt(&t.domain).await.unwrap();
        write(&t.domain, Some(organization()), "new").await;
        let report = verify(&t.domain).await.unwrap();
        // One of them tells of the adoption.
        assert_eq!(report, VerifyReport { chains: 2, entries: 9, broken: Vec::new() });
        assert_eq!(audited(&t.domain, "audit.adopt").await, 1);
        execute(&t.domain, "UPDATE audit_entry SET actor = 'x' WHERE subject = '2'").await;
        assert_eq!(places(&t.domain).await, [(organization().to_string(), 3, Problem::Changed)]);
        // What is behind the first keyed entry cannot be made without the key.
        execute(&t.domain, "UPDATE audit_chain SET keyed_from = 99 WHERE chain LIKE 'org%'").await;
        assert!(!verify(&t.domain).await.unwrap().broken.is_empty());
    }

    async fn exchanged_entries_are_found(t: TestDomain) {
        seven(&t.domain).await;
        for statement in [
            "UPDATE audit_entry SET position = 99 WHERE subject = '1'",
            "UPDATE audit_entry SET position = 2 WHERE subject = '2'",
            "UPDATE audit_entry SET position = 3 WHERE subject = '1'",
        ] {
            execute(&t.domain, statement).await;
        }
        let report = verify(&t.domain).await.unwrap();
        assert_eq!(report.broken.len(), 1, "{report:?}");
        assert_eq!((report.broken[0].position, report.broken[0].problem), (2, Problem::Changed));
    }

    async fn a_change_that_is_taken_back_leaves_no_entry(t: TestDomain) {
        let domain = t.domain.clone();
        let failed = t.domain.db.write(async move |conn: &mut Conn<'_>| {
            let change = Change {
                chain: None, store: None, actor: ANONYMOUS, action: "test.change", subject: "x",
                old: json!(null), new: json!(null),
            };
            record(&domain, conn, &Origin::default(), change).await?;
            Err::<(), _>(db::Error::Closed)
        }).await;
        assert!(failed.is_err());
        assert_eq!(verify(&t.domain).await.unwrap(), VerifyReport::default());
    }

    async fn changes_at_once_make_one_chain(t: TestDomain) {
        let other = t.another_process().await;
        let both = [t.domain.clone(), other];
        let tasks: Vec<_> = (0..20).map(|i| {
            let domain = both[i % 2].clone();
            tokio::spawn(async move { write(&domain, Some(organization()), &i.to_string()).await })
        }).collect();
        // It may run beside them.
        while tasks.iter().any(|task| !task.is_finished()) {
            assert_eq!(verify(&t.domain).await.unwrap().broken, []);
            tokio::task::yield_now().await;
        }
        for task in tasks {
            task.await.unwrap();
        }
        let report = verify(&t.domain).await.unwrap();
        assert_eq!(report, VerifyReport { chains: 1, entries: 20, broken: Vec::new() });
    }
}
