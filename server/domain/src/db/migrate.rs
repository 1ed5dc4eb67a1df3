//! Brings a database's schema up to date.
use super::{Error, Result, sqlite::BUSY};
use sqlx::{
    ConnectOptions as _, Connection as _, PgConnection,
    migrate::{MigrateError, Migration, MigrationType, Migrator},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};
use std::{borrow::Cow, path::Path, sync::Arc};

/// The shipped migrations. A file that has shipped is never edited.
const FILES: &[(i64, &str, &str)] = &[
    (1, "people and stores", include_str!("../../../../migrations/0001_people_and_stores.sql")),
    (
        2,
        "organizations and roles",
        include_str!("../../../../migrations/0002_organizations_and_roles.sql"),
    ),
    (3, "account security", include_str!("../../../../migrations/0003_account_security.sql")),
    (
        4,
        "organization security",
        include_str!("../../../../migrations/0004_organization_security.sql"),
    ),
    (5, "audit search", include_str!("../../../../migrations/0005_audit_search.sql")),
    (
        6,
        "organization information",
        include_str!("../../../../migrations/0006_organization_information.sql"),
    ),
    (7, "settings history", include_str!("../../../../migrations/0007_settings_history.sql")),
    (8, "presence", include_str!("../../../../migrations/0008_presence.sql")),
    (
        9,
        "notifications and help",
        include_str!("../../../../migrations/0009_notifications_and_help.sql"),
    ),
    (
        10,
        "policies and batches",
        include_str!("../../../../migrations/0010_policies_and_batches.sql"),
    ),
];

/// The version of the newest migration.
pub fn latest() -> i64 {
    FILES.iter().map(|(version, ..)| *version).max().unwrap_or_default()
}

/// Makes the file at `path` where there is none, and runs the migrations that it lacks.
pub(super) async fn sqlite(path: &Path) -> Result<()> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY)
        .disable_statement_logging();
    let mut conn = options.connect().await?;
    migrator().run(&mut conn).await.map_err(failed)?;
    Ok(conn.close().await?)
}

/// Runs the migrations that the database lacks. Several processes may do so at once: one does the
/// work and the others wait for it.
pub(super) async fn postgres(conn: &mut PgConnection) -> Result<()> {
    migrator().run(conn).await.map_err(failed)
}

fn migrator() -> Migrator {
    let migration = |(version, name, text): &(i64, &'static str, &'static str)| {
        let text = sqlx::SqlStr::from_static(text);
        Migration::new(*version, Cow::Borrowed(*name), MigrationType::Simple, text, false)
    };
    Migrator::with_migrations(FILES.iter().map(migration).collect())
}

fn failed(error: MigrateError) -> Error {
    Error::Migration(Arc::from(error.to_string()))
}
