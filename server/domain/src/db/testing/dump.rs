//! The whole database as text, for tests that nothing was changed.
use super::TestDomain;
use crate::db::{Conn, Result};
use sqlx::AssertSqlSafe;
use std::collections::BTreeMap;

const SQLITE_TABLES: &str = "SELECT name FROM sqlite_master WHERE type = 'table' \
     AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_sqlx%' ESCAPE '\\'";
const POSTGRES_TABLES: &str = "SELECT table_name::text FROM information_schema.tables \
     WHERE table_schema = current_schema() AND table_name NOT LIKE '\\_sqlx%'";

impl TestDomain {
    /// Every row of every table but `except`, as text, in an order of its own.
    pub async fn dump(&self, except: &[&str]) -> BTreeMap<String, Vec<String>> {
        let dump = self.domain.db.read(async |conn| {
            let mut dump = BTreeMap::new();
            for table in tables(conn).await? {
                if !except.contains(&table.as_str()) {
                    let mut rows = rows(conn, &table).await?;
                    rows.sort();
                    dump.insert(table, rows);
                }
            }
            Ok(dump)
        });
        dump.await.expect("the database is read")
    }
}

async fn tables(conn: &mut Conn<'_>) -> Result<Vec<String>> {
    match conn {
        Conn::Sqlite(c) => texts(c, SQLITE_TABLES),
        Conn::Postgres(c) => Ok(sqlx::query_scalar(POSTGRES_TABLES).fetch_all(&mut **c).await?),
    }
}

async fn rows(conn: &mut Conn<'_>, table: &str) -> Result<Vec<String>> {
    match conn {
        Conn::Sqlite(c) => {
            let columns = format!("SELECT group_concat(name) FROM pragma_table_info('{table}')");
            let columns = texts(c, &columns)?.concat();
            texts(c, &format!("SELECT json_array({columns}) FROM {table}"))
        }
        Conn::Postgres(c) => {
            let rows = format!("SELECT row_to_json({table})::text FROM {table}");
            Ok(sqlx::query_scalar(AssertSqlSafe(rows)).fetch_all(&mut **c).await?)
        }
    }
}

/// The first column.
fn texts(conn: &rusqlite::Connection, text: &str) -> Result<Vec<String>> {
    let mut statement = conn.prepare(text)?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
