//! Years of history.
use super::*;
use crate::{
    db::{self, testing::Engine},
    row,
};
use std::time::Instant;

row! { struct Plan { detail: String } }

/// Versions 2 to 100,001 of the one store's details, each of which changed the city.
const MANY: &str = "INSERT INTO setting_change (scope_id, section, version, changes, how, address,
        request_id, snapshot, saved_by, saved_at)
    WITH RECURSIVE n (v) AS (
        SELECT CAST(2 AS BIGINT) UNION ALL SELECT v + 1 FROM n WHERE v < 100001)
    SELECT s.id, 'store-details', n.v,
        '[{\"field\":\"city\",\"old\":\"' || (n.v - 1) || '\",\"new\":\"' || n.v || '\"}]',
        'save', '192.0.2.1', 'r',
        CASE WHEN n.v % 50 = 0 THEN '{\"city\":\"' || n.v || '\"}' ELSE NULL END, 'system',
        1772366400000 + n.v
    FROM store s, n";
const NEWEST: i64 = 100_001;

async fn plans(domain: &Domain, text: &'static str, integers: bool) -> Vec<Plan> {
    let text: &'static str = format!("EXPLAIN QUERY PLAN {text}").leak();
    let read = async |conn: &mut Conn<'_>| {
        let statement = db::sql(text).bind("s");
        let statement = if integers {
            statement.bind("store-details").bind(5).bind(51)
        } else {
            statement.bind(5).bind("store-details").bind(5).bind("").bind(51)
        };
        statement.all::<Plan>(conn).await
    };
    domain.db.read(read).await.unwrap()
}

both_engines! {
    async fn a_hundred_thousand_versions_page_quickly(t: TestDomain) {
        let s = Scene::new(&t.domain).await;
        execute(&t.domain, MANY).await;
        execute(&t.domain, "UPDATE setting_document SET version = 100001,
             body = REPLACE(body, '\"city\":\"\"', '\"city\":\"100001\"')
             WHERE section = 'store-details'").await;
        if t.engine == Engine::Postgres {
            execute(&t.domain, "ANALYZE setting_change").await;
        }
        t.advance(3_600_000);
        let all = section_views(&t.domain, &s.company.owner, &s.company.store).await.unwrap();
        let size = i64::try_from(PAGE_SIZE).unwrap();
        let spot = |version: i64| Cursor { at: 1_772_366_400_000 + version, section: "store-details".into(), version };
        let started = Instant::now();
        for (at, first) in [
            (At::Newest, NEWEST),
            (At::OlderThan(spot(50_000)), 49_999),
            (At::NewerThan(spot(50_000)), 50_000 + size),
            (At::OlderThan(spot(40)), 39),
        ] {
            let page = s.list(at.clone()).await;
            assert_eq!(page.versions[0].version, first, "{at:?}");
            let place = of_place(&t.domain, &all, &s.reader, at.clone()).await.unwrap();
            assert_eq!(versions(&place), versions(&page), "{at:?}");
            let ends = page.versions.last().unwrap().version == 2;
            assert_eq!((page.older.is_none(), page.created), (ends, ends), "{at:?}");
            assert_eq!(page.newer.is_none(), at == At::Newest, "{at:?}");
        }
        // Any old version is near a snapshot.
        assert_eq!(s.at(12_345).await["city"], Value::from("12345"));
        let compared = compare(&t.domain, &s.view, &s.reader, (2, 99_999)).await.unwrap();
        assert_eq!(compared.changes.unwrap()[0].new, "99999");
        assert!(started.elapsed().as_secs() < 5, "{:?}", started.elapsed());
        // There and back again.
        let second = s.list(At::OlderThan(s.list(At::Newest).await.older.unwrap())).await;
        assert_eq!(versions(&second)[0], NEWEST - size);
        let first = s.list(At::NewerThan(second.newer.unwrap())).await;
        assert_eq!((versions(&first)[0], first.newer.is_none()), (NEWEST, true));
    }

    async fn each_page_follows_an_index(t: TestDomain) {
        if t.engine == Engine::Postgres {
            return;
        }
        for newer in [false, true] {
            let section = plans(&t.domain, store::section_page(newer), true).await;
            let place = plans(&t.domain, store::place_page(newer), false).await;
            for (plan, index, columns) in [
                (section, "sqlite_autoindex_setting_change", "(scope_id=? AND section=? AND version"),
                (place, "setting_change_place", "(scope_id=? AND (saved_at,section,version)"),
            ] {
                let step = &plan[0].detail;
                let wanted = format!("SEARCH c USING INDEX {index}");
                assert!(step.starts_with(&wanted) && step.contains(columns), "{newer}: {step}");
                assert!(plan.iter().all(|step| !step.detail.contains("TEMP B-TREE")), "{plan:?}");
            }
        }
    }
}
