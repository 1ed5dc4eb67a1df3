use crate::{
    db::{Conn, Result, sql},
    row,
};
use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection, sqlite::SqliteConnectOptions};
use std::{path::Path, time::Duration};

/// How long to wait for what holds a file only for a moment.
const PATIENCE: Duration = Duration::from_secs(5);

row! { struct Text { text: String } }
row! { struct Version { version: i64 } }

fn options(file: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new().filename(file).busy_timeout(PATIENCE).disable_statement_logging()
}

/// Writes the database in `file`, as it is at this moment, into the new file `copy`. Others go on
/// reading and writing: this is one long read, and in SQLite's write-ahead log readers and the writer
/// do not wait for each other. (Its online backup begins anew whenever another process writes: under
/// steady load it would not end.) Only the log grows until the copy is done.
///
/// # Errors
/// Faults of the database, or of the new file.
pub async fn copy(file: &Path, copy: &Path) -> Result<()> {
    let mut conn = options(file).read_only(true).connect().await?;
    let copied = sql("VACUUM INTO $1")
        .bind(copy.display().to_string())
        .execute(&mut Conn::Sqlite(&mut conn))
        .await;
    conn.close().await?;
    copied.map(drop)
}

/// The version of the schema of the database in `file`.
///
/// # Errors
/// Faults of the database, such as that it is none of ours.
pub async fn version(file: &Path) -> Result<i64> {
    let mut conn = options(file).read_only(true).connect().await?;
    let found: Result<Version> = sql("SELECT MAX(version) AS version FROM _sqlx_migrations")
        .one(&mut Conn::Sqlite(&mut conn))
        .await;
    conn.close().await?;
    Ok(found?.version)
}

/// What is wrong with the pages, indexes and references of the database in `file`.
///
/// # Errors
/// Faults of the database, such as that it is none.
pub async fn faults(file: &Path) -> Result<Vec<String>> {
    let mut conn = options(file).read_only(true).connect().await?;
    let found = find_faults(&mut conn).await;
    conn.close().await?;
    found
}

async fn find_faults(conn: &mut SqliteConnection) -> Result<Vec<String>> {
    let mut conn = Conn::Sqlite(conn);
    let pages: Vec<Text> =
        sql("SELECT integrity_check AS text FROM pragma_integrity_check").all(&mut conn).await?;
    let references: Vec<Text> =
        sql("SELECT 'a row of ' || \"table\" || ' refers to none of ' || parent AS text
         FROM pragma_foreign_key_check LIMIT 100")
        .all(&mut conn)
        .await?;
    let found = pages.into_iter().chain(references).map(|row| row.text);
    Ok(found.filter(|text| text != "ok").collect())
}

/// Takes what is still in the log of the database in `file` into the file itself, which then is whole
/// without it. Nobody may be using it.
///
/// # Errors
/// Faults of the database, such as that somebody is using it.
pub async fn settle(file: &Path) -> Result<()> {
    let mut conn = options(file).connect().await?;
    let (busy, ..): (i64, i64, i64) =
        sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(&mut conn).await?;
    conn.close().await?;
    match busy {
        0 => Ok(()),
        _ => Err(sqlx::Error::Protocol("somebody is using the database".to_owned()).into()),
    }
}
