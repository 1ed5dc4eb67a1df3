use crate::{
    db::{self, Conn, Result, sql},
    row,
};
use std::path::Path;

row! { struct Text { text: String } }
row! { struct Version { version: i64 } }

/// Writes the database in `file`, as it is at this moment, into the new file `copy`. Others go on
/// reading and writing: this is one long read, and in SQLite's write-ahead log readers and the writer
/// do not wait for each other. (Its online backup begins anew whenever another process writes: under
/// steady load it would not end.) Only the log grows until the copy is done.
///
/// # Errors
/// Faults of the database, or of the new file.
pub async fn copy(file: &Path, copy: &Path) -> Result<()> {
    let mut conn = db::read_file(file)?;
    let copied = sql("VACUUM INTO $1").bind(copy.display().to_string());
    copied.execute(&mut Conn::Sqlite(&mut conn)).await.map(drop)
}

/// The version of the schema of the database in `file`.
///
/// # Errors
/// Faults of the database, such as that it is none of ours.
pub async fn version(file: &Path) -> Result<i64> {
    let mut conn = db::read_file(file)?;
    let found: Version = sql("SELECT MAX(version) AS version FROM _sqlx_migrations")
        .one(&mut Conn::Sqlite(&mut conn))
        .await?;
    Ok(found.version)
}

/// What is wrong with the pages, indexes and references of the database in `file`.
///
/// # Errors
/// Faults of the database, such as that it is none.
pub async fn faults(file: &Path) -> Result<Vec<String>> {
    let mut conn = db::read_file(file)?;
    let mut conn = Conn::Sqlite(&mut conn);
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
pub fn settle(file: &Path) -> Result<()> {
    let conn = db::write_file(file)?;
    let busy: i64 = conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    match busy {
        0 => Ok(()),
        _ => Err(sqlx::Error::Protocol("somebody is using the database".to_owned()).into()),
    }
}
