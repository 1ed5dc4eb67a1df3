//! One throw-away PostgreSQL a test process; it stops when the process ends and its stdin closes.
use crate::db::Db;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};
use std::{
    io::{BufRead as _, BufReader},
    process::{Child, Command, Stdio},
    sync::{
        LazyLock,
        atomic::{AtomicU64, Ordering},
    },
};
use tokio::sync::OnceCell;

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../.ci/throwaway-postgres");
/// The database that each test's is a copy of.
const TEMPLATE: &str = "migrated";

struct Server {
    /// The address of its maintenance database.
    url: String,
    // Its stdin stays open as long as this process lives.
    _process: Child,
}

static SERVER: LazyLock<Server> = LazyLock::new(|| {
    let mut process = Command::new(SCRIPT)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{SCRIPT} cannot be run: {error}"));
    let mut url = String::new();
    let stdout = process.stdout.take().expect("stdout is piped");
    BufReader::new(stdout).read_line(&mut url).expect("stdout is text");
    let url = url.trim().to_owned();
    assert!(!url.is_empty(), "no PostgreSQL for the tests: see what {SCRIPT} says");
    Server { url, _process: process }
});

static MIGRATED: OnceCell<()> = OnceCell::const_new();

fn address(database: &str) -> String {
    SERVER.url.replace("/postgres?", &format!("/{database}?"))
}

async fn maintain(statement: String) {
    let mut conn = PgConnection::connect(&SERVER.url).await.expect("PostgreSQL answers");
    conn.execute(AssertSqlSafe(statement.clone()))
        .await
        .unwrap_or_else(|error| panic!("{statement}: {error}"));
    conn.close().await.ok();
}

/// Makes a database whose schema is up to date; its address.
pub(super) async fn create_database() -> String {
    static NUMBER: AtomicU64 = AtomicU64::new(1);
    MIGRATED
        .get_or_init(async || {
            // There may be half a one, of a test that stopped here: it alone is to fail.
            maintain(format!("DROP DATABASE IF EXISTS {TEMPLATE} WITH (FORCE)")).await;
            maintain(format!("CREATE DATABASE {TEMPLATE}")).await;
            Db::open(&address(TEMPLATE), 1).await.expect("migrations run").close().await;
        })
        .await;
    let name = format!("test_{}", NUMBER.fetch_add(1, Ordering::Relaxed));
    maintain(format!("CREATE DATABASE {name} TEMPLATE {TEMPLATE}")).await;
    address(&name)
}

/// Removes it again, so that a long run does not fill the disk.
pub(super) async fn drop_database(url: &str) {
    let name = url.rsplit('/').find(|part| part.starts_with("test_")).unwrap_or(url);
    let name = name.split('?').next().unwrap_or(name);
    maintain(format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
}
