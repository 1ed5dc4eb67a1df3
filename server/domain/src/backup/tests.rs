use super::*;
use crate::{
    db::{
        Conn, Db, sql,
        testing::{Engine, START, TestDomain},
    },
    testing::execute,
};
use std::path::PathBuf;

fn file(t: &TestDomain) -> PathBuf {
    t.url.strip_prefix("sqlite:").unwrap().into()
}

#[test]
fn a_stamp_sorts_as_times_do() {
    assert_eq!(stamp(START), "20260301T120000Z");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_is_whole_and_of_the_same_version() {
    let t = TestDomain::new(Engine::Sqlite).await;
    execute(&t.domain, "INSERT INTO flash VALUES ('k', 'b', 0)").await;
    let copied = file(&t).with_extension("copy");
    copy(&file(&t), &copied).await.unwrap();
    assert_eq!(version(&copied).await.unwrap(), crate::db::latest());
    assert!(faults(&copied).await.unwrap().is_empty());
    // What was there is not written over.
    assert!(copy(&file(&t), &copied).await.is_err());
    let db = Db::open(&format!("sqlite:{}", copied.display()), 1).await.unwrap();
    let gone = async |conn: &mut Conn<'_>| sql("DELETE FROM flash").execute(conn).await;
    assert_eq!(db.write(gone).await.unwrap(), 1);
    db.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_that_refer_to_nothing_and_broken_pages_are_found() {
    let t = TestDomain::new(Engine::Sqlite).await;
    let copied = file(&t).with_extension("copy");
    copy(&file(&t), &copied).await.unwrap();
    // References are looked after only where a connection asks for it.
    let mut conn = rusqlite::Connection::open(&copied).unwrap();
    conn.pragma_update(None, "foreign_keys", false).unwrap();
    let orphan = "INSERT INTO session (id, token_hash, person_id, created_at, last_used_at, expires_at, address, user_agent)
                  VALUES ('s', 'h', 'nobody', 0, 0, 0, '', '')";
    sql(orphan).execute(&mut Conn::Sqlite(&mut conn)).await.unwrap();
    drop(conn);
    let found = faults(&copied).await.unwrap();
    assert_eq!(found, ["a row of session refers to none of person"]);

    let mut bytes = std::fs::read(&copied).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 8192].fill(0x5a);
    std::fs::write(&copied, bytes).unwrap();
    let found = faults(&copied).await;
    assert!(found.is_err() || !found.unwrap().is_empty());
}
