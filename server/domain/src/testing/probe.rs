//! What a test sees of the database beside the use cases.
use crate::{
    Domain, Error,
    db::{Conn, Db, sql},
    row,
};

row! { struct CountRow { n: i64 } }
row! { struct TextRow { text: String } }

/// How many audit entries there are of `action`; of all actions where it is empty.
pub async fn audited(domain: &Domain, action: &str) -> i64 {
    let read = async |conn: &mut Conn<'_>| {
        sql("SELECT COUNT(*) AS n FROM audit_entry WHERE $1 = '' OR action = $1")
            .bind(action)
            .one::<CountRow>(conn)
            .await
    };
    domain.db.read(read).await.expect("the audit log").n
}

/// How many effects of `kind` are in the outbox.
pub async fn enqueued(domain: &Domain, kind: &str) -> i64 {
    let read = async |conn: &mut Conn<'_>| {
        sql("SELECT COUNT(*) AS n FROM outbox WHERE kind = $1")
            .bind(kind)
            .one::<CountRow>(conn)
            .await
    };
    domain.db.read(read).await.expect("the outbox").n
}

/// The number that a statement without placeholders gives as `n`.
pub async fn count(domain: &Domain, text: &'static str) -> i64 {
    count_in(&domain.db, text).await
}

/// As [`count`], of a database without rules on top of it.
pub async fn count_in(db: &Db, text: &'static str) -> i64 {
    let read = async |conn: &mut Conn<'_>| sql(text).one::<CountRow>(conn).await;
    db.read(read).await.expect("a number").n
}

/// The texts that a statement without placeholders gives as `text`, of a database without rules on
/// top of it.
pub async fn texts_in(db: &Db, text: &'static str) -> Vec<String> {
    let read = async |conn: &mut Conn<'_>| sql(text).all::<TextRow>(conn).await;
    db.read(read).await.expect("texts").into_iter().map(|row| row.text).collect()
}

/// Runs one statement without placeholders.
pub async fn execute(domain: &Domain, text: &'static str) -> u64 {
    let write = async move |conn: &mut Conn<'_>| sql(text).execute(conn).await;
    domain.db.write(write).await.expect("a statement")
}

/// The names of the fields that `result` calls invalid.
pub fn faults<T>(result: crate::Result<T>) -> Vec<String> {
    match result {
        Err(Error::Invalid(errors)) => errors.into_iter().map(|error| error.field).collect(),
        Err(other) => panic!("not invalid but {other}"),
        Ok(_) => panic!("not invalid but done"),
    }
}

/// The rule that refused.
pub fn refusal<T>(result: crate::Result<T>) -> model::Refusal {
    match result {
        Err(Error::Refused(refusal)) => refusal,
        Err(other) => panic!("not refused but {other}"),
        Ok(_) => panic!("not refused but done"),
    }
}
