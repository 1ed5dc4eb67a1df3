use super::*;
use crate::{
    both_engines, row,
    testing::{count, execute},
};
use std::time::Duration;

row! { struct Value { body: String, expires_at: i64, note: Option<String>, yes: bool } }
row! { struct Number { n: i64 } }

/// The tests use the table of flashes: text, number, no references.
async fn add(conn: &mut Conn<'_>, key: &str) -> Result<()> {
    sql("INSERT INTO flash (token_hash, body, expires_at) VALUES ($1, 'b', 0)")
        .bind(key)
        .execute(conn)
        .await?;
    Ok(())
}

async fn bump(conn: &mut Conn<'_>, key: &str) -> Result<i64> {
    let row: Number = sql("UPDATE flash SET expires_at = expires_at + 1 WHERE token_hash = $1
                           RETURNING expires_at AS n")
    .bind(key)
    .one(conn)
    .await?;
    Ok(row.n)
}

both_engines! {
    async fn values_of_every_kind_come_back(t: TestDomain) {
        let db = t.domain.db.clone();
        let text = String::from("żółw 'quoted' \u{1f422}");
        let stored = text.clone();
        let write = async move |conn: &mut Conn<'_>| {
            sql("INSERT INTO flash (token_hash, body, expires_at) VALUES ('k', $1, $2)")
                .bind(&stored)
                .bind(i64::MAX)
                .execute(conn)
                .await
        };
        assert_eq!(db.write(write).await.unwrap(), 1);
        let read = async |conn: &mut Conn<'_>| {
            sql("SELECT body, expires_at, CAST($2 AS TEXT) AS note, body = $1 AS yes FROM flash
                 WHERE $3 AND (CAST($2 AS TEXT) IS NULL OR body = $1)")
                .bind(&text)
                .bind(None::<&str>)
                .bind(true)
                .one::<Value>(conn)
                .await
        };
        let found = db.read(read).await.unwrap();
        assert_eq!((found.body, found.expires_at, found.note, found.yes), (text.clone(), i64::MAX, None, true));
        let none = async |conn: &mut Conn<'_>| {
            sql("SELECT expires_at AS n FROM flash WHERE token_hash = $1").bind("x").one::<Number>(conn).await
        };
        assert!(matches!(db.read(none).await, Err(Error::Sql(_))));
    }

    async fn a_second_row_of_the_same_key_is_told_from_other_faults(t: TestDomain) {
        execute(&t.domain, "INSERT INTO flash VALUES ('k', 'b', 0)").await;
        let again = t.domain.db.write(async |conn: &mut Conn<'_>| add(conn, "k").await).await;
        assert!(matches!(again, Err(Error::Duplicate)), "{again:?}");
        let wrong = async |conn: &mut Conn<'_>| sql("INSERT INTO nowhere VALUES (1)").execute(conn).await;
        assert!(matches!(t.domain.db.write(wrong).await, Err(Error::Sql(_))));
    }

    async fn a_failing_or_panicking_write_takes_back_its_own_changes_only(t: TestDomain) {
        // Panics are part of the test: their messages would only hide others.
        let tasks: Vec<_> = (0..90).map(|i| {
            let db = t.domain.db.clone();
            tokio::spawn(async move {
                db.write(async move |conn: &mut Conn<'_>| {
                    add(conn, &format!("k{i}")).await?;
                    match i % 3 {
                        0 => Err(Error::Closed),
                        1 => std::panic::resume_unwind(Box::new(i)),
                        _ => Ok(i),
                    }
                }).await
            })
        }).collect();
        for (i, task) in tasks.into_iter().enumerate() {
            match (i % 3, task.await) {
                (0, Ok(Err(Error::Closed))) => {}
                (1, Err(panic)) => assert!(panic.is_panic()),
                (2, Ok(Ok(n))) => assert_eq!(n, i),
                (_, other) => panic!("{i}: {other:?}"),
            }
        }
        assert_eq!(count(&t.domain, "SELECT COUNT(*) AS n FROM flash").await, 30);
    }

    async fn a_caller_that_goes_away_leaves_a_whole_write_or_none(t: TestDomain) {
        execute(&t.domain, "INSERT INTO flash VALUES ('sum', 'b', 0)").await;
        let tasks: Vec<_> = (0..8u64).map(|i| {
            let db = t.domain.db.clone();
            tokio::spawn(async move {
                for n in 0..25u64 {
                    let write = db.write(async move |conn: &mut Conn<'_>| {
                        add(conn, &format!("{i}/{n}")).await?;
                        bump(conn, "sum").await
                    });
                    let patience = Duration::from_micros(n * 311 % 5_000);
                    if let Ok(done) = tokio::time::timeout(patience, write).await {
                        done.unwrap();
                    }
                }
            })
        }).collect();
        for task in tasks {
            task.await.unwrap();
        }
        // Whatever is still queued is over when this is.
        t.domain.db.write(async |conn: &mut Conn<'_>| bump(conn, "sum").await).await.unwrap();
        let same = "SELECT COUNT(*) - MAX(expires_at) AS n FROM flash";
        // A cancelled statement of PostgreSQL may be rolled back a moment later.
        for _ in 0..100 {
            if count(&t.domain, same).await == 0 {
                return;
            }
            tokio::task::yield_now().await;
        }
        panic!("{} rows more than counted", count(&t.domain, same).await);
    }

    async fn concurrent_writes_lose_no_update(t: TestDomain) {
        execute(&t.domain, "INSERT INTO flash VALUES ('sum', 'b', 0)").await;
        let tasks: Vec<_> = (0..40).map(|_| {
            let db = t.domain.db.clone();
            tokio::spawn(async move {
                db.write(async |conn: &mut Conn<'_>| bump(conn, "sum").await).await.unwrap()
            })
        }).collect();
        let mut seen = Vec::new();
        for task in tasks {
            seen.push(task.await.unwrap());
        }
        seen.sort_unstable();
        assert_eq!(seen, (1..=40).collect::<Vec<_>>());
    }

    async fn an_answered_write_is_in_the_database_for_everybody(t: TestDomain) {
        t.domain.db.write(async |conn: &mut Conn<'_>| add(conn, "k").await).await.unwrap();
        let other = Db::open(&t.url, 1).await.unwrap();
        let read = async |conn: &mut Conn<'_>| {
            sql("SELECT COUNT(*) AS n FROM flash").one::<Number>(conn).await
        };
        assert_eq!(other.read(read).await.unwrap().n, 1);
        other.close().await;
    }

    async fn a_closed_database_says_so(t: TestDomain) {
        let db = Db::open(&t.url, 1).await.unwrap();
        db.close().await;
        assert!(db.read(async |conn: &mut Conn<'_>| add(conn, "k").await).await.is_err());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn waiting_writes_are_committed_together_on_sqlite() {
    let t = testing::TestDomain::new(testing::Engine::Sqlite).await;
    let (started, go) =
        (Arc::new(tokio::sync::Notify::new()), Arc::new(tokio::sync::Notify::new()));
    let db = t.domain.db.clone();
    let (s, g) = (started.clone(), go.clone());
    // It holds the writer until the others are queued. Only a test may wait in a write.
    let holder = tokio::spawn(async move {
        db.write(async move |conn: &mut Conn<'_>| {
            s.notify_one();
            g.notified().await;
            add(conn, "holder").await
        })
        .await
    });
    started.notified().await;
    // The group's time is up after 20 ms: what waits then is the next group.
    let others: Vec<_> = (0..20)
        .map(|i| {
            let db = t.domain.db.clone();
            tokio::spawn(async move {
                db.write(async move |conn: &mut Conn<'_>| {
                    add(conn, &format!("k{i}")).await?;
                    let Conn::Sqlite(conn) = conn else { unreachable!() };
                    let count = "SELECT COUNT(*) FROM flash";
                    Ok::<i64, Error>(conn.query_row(count, [], |row| row.get(0))?)
                })
                .await
                .unwrap()
            })
        })
        .collect();
    while let Db::Sqlite { write, .. } = &t.domain.db
        && write.max_capacity() - write.capacity() < 20
    {
        tokio::task::yield_now().await;
    }
    let reader = t.domain.db.clone();
    let before = async || {
        let read = async |conn: &mut Conn<'_>| {
            sql("SELECT COUNT(*) AS n FROM flash").one::<Number>(conn).await
        };
        reader.read(read).await.unwrap().n
    };
    assert_eq!(before().await, 0, "nothing is committed yet");
    go.notify_one();
    holder.await.unwrap().unwrap();
    for other in others {
        other.await.unwrap();
    }
    assert_eq!(before().await, 21);
}

#[tokio::test(flavor = "multi_thread")]
async fn sqlite_is_set_up_to_keep_what_it_acknowledged() {
    let t = testing::TestDomain::new(testing::Engine::Sqlite).await;
    let pragmas = async |conn: &mut Conn<'_>| {
        let Conn::Sqlite(conn) = conn else { unreachable!() };
        let synchronous = conn.pragma_query_value(None, "synchronous", |row| row.get(0))?;
        let journal = conn.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
        let keys = conn.pragma_query_value(None, "foreign_keys", |row| row.get(0))?;
        Ok::<(i64, String, bool), Error>((synchronous, journal, keys))
    };
    assert_eq!(t.domain.db.write(pragmas).await.unwrap(), (2, "wal".to_owned(), true));
    let write = t.domain.db.read(async |conn: &mut Conn<'_>| add(conn, "k").await).await;
    let error = write.unwrap_err();
    assert!(error.to_string().contains("readonly"), "readers cannot write");
    assert_eq!(error.trouble(), Some(Trouble::ReadOnly));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_that_loses_the_transaction_takes_its_group_with_it_and_says_so() {
    let t = testing::TestDomain::new(testing::Engine::Sqlite).await;
    let lost = async |conn: &mut Conn<'_>| {
        add(conn, "k").await?;
        let Conn::Sqlite(conn) = conn else { unreachable!() };
        conn.execute_batch("ROLLBACK")?;
        Ok::<_, Error>(())
    };
    let answer = t.domain.db.write(lost).await;
    let error = answer.unwrap_err();
    assert!(matches!(error, Error::Commit(_)), "{error}");
    assert_eq!(error.trouble(), Some(Trouble::Broken));
    t.domain.db.write(async |conn: &mut Conn<'_>| add(conn, "k").await).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_may_not_grow_says_so_and_goes_on_when_it_may() {
    let t = testing::TestDomain::new(testing::Engine::Sqlite).await;
    let pages = async |count: &'static str| {
        let limit = async move |conn: &mut Conn<'_>| sql(count).execute(conn).await;
        t.domain.db.write(limit).await.unwrap();
    };
    pages("PRAGMA max_page_count = 1").await;
    let body = "b".repeat(1 << 20);
    let large = body.clone();
    let add_large = async |body: String| {
        let write = async move |conn: &mut Conn<'_>| {
            sql("INSERT INTO flash VALUES ('large', $1, 0)").bind(body).execute(conn).await
        };
        t.domain.db.write(write).await
    };
    assert_eq!(add_large(large).await.unwrap_err().trouble(), Some(Trouble::Full));
    pages("PRAGMA max_page_count = 1000000").await;
    assert_eq!(add_large(body).await.unwrap(), 1);
}

/// A loop of long reads that never waits for a connection would keep its thread from all others.
#[tokio::test]
async fn who_reads_for_long_lets_others_go_first() {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::open(&format!("sqlite:{}", folder.path().join("db").display()), 4).await.unwrap();
    let other = tokio::spawn(async {});
    let long = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000)
                SELECT MAX(i) AS n FROM n";
    db.read(async |conn: &mut Conn<'_>| sql(long).one::<Number>(conn).await).await.unwrap();
    assert!(other.is_finished(), "the other had its turn while one read");
    db.close().await;
}
