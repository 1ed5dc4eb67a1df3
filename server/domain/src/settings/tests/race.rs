//! Many people save the same section at the same time.
use super::*;
use crate::testing::Proof;
use std::collections::BTreeSet;

/// How many save beside each other.
const WRITERS: usize = 8;

/// Saves until it is in, as a person does who is shown both sides and keeps the own; how often
/// another one was first.
async fn insist(domain: &Domain, access: &SectionEdit, version: &mut i64, city: &str) -> usize {
    let mut stale = 0;
    loop {
        match save(domain, access, *version, &form(&[("city", city)]), &[]).await {
            Ok(saved) => {
                *version = saved;
                return stale;
            }
            Err(Error::Stale(conflict)) => {
                *version = conflict.version;
                stale += 1;
            }
            other => panic!("{other:?}"),
        }
    }
}

both_engines! {
    async fn prove_of_racing_edits_none_is_lost(t: TestDomain) {
        let proof = Proof::of(format!("R6 no edit is lost, {:?}", t.engine));
        let (_, access) = owned(&t.domain).await;
        let processes = [t.domain.clone(), t.another_process().await];
        let each = proof.length(160, 10_000).div_ceil(WRITERS);
        let writers = (0..WRITERS).map(|writer| {
            let (domain, access) = (processes[writer % 2].clone(), access.clone());
            tokio::spawn(async move {
                let (mut stale, mut version) = (0, 1);
                for edit in 0..each {
                    stale += insist(&domain, &access, &mut version, &format!("{writer} {edit}")).await;
                }
                stale
            })
        });
        let stale = futures::future::join_all(writers.collect::<Vec<_>>()).await;
        let stale: usize = stale.into_iter().map(Result::unwrap).sum();
        assert!(stale > 0, "they did race");
        let read = async |conn: &mut Conn<'_>| {
            crate::db::sql("SELECT changes AS text FROM setting_change ORDER BY version")
                .all::<Text>(conn)
                .await
        };
        let rows = t.domain.db.read(read).await.unwrap();
        let mut seen = BTreeSet::new();
        let mut before = String::new();
        for row in rows {
            let changes: Vec<crate::settings::FieldChange> = serde_json::from_str(&row.text).unwrap();
            let city = changes.iter().find(|change| change.field == "city").unwrap();
            assert_eq!(city.old.text(), before, "each begins where the one before ended");
            city.new.text().clone_into(&mut before);
            assert!(seen.insert(before.clone()), "{before} twice");
        }
        assert_eq!(seen.len(), each * WRITERS);
        proof.holds(&format!("{} edits by {WRITERS} writers, {stale} stale ones refused", seen.len()));
    }
}
