//! Brings a database's schema up to date.
use super::{Conn, Error, Result};
use sqlx::migrate::{Migration, MigrationType, Migrator};
use std::{borrow::Cow, sync::Arc};

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

/// Runs the migrations that the database lacks. Several processes may do so at once on PostgreSQL:
/// one does the work and the others wait for it.
pub async fn migrate(conn: &mut Conn<'_>) -> Result<()> {
    let migrations: Vec<Migration> = FILES
        .iter()
        .map(|(version, name, text)| {
            Migration::new(
                *version,
                Cow::Borrowed(*name),
                MigrationType::Simple,
                sqlx::SqlStr::from_static(text),
                false,
            )
        })
        .collect();
    let migrator = Migrator::with_migrations(migrations);
    let done = match conn {
        Conn::Sqlite(c) => migrator.run(&mut **c).await,
        Conn::Postgres(c) => migrator.run(&mut **c).await,
    };
    done.map_err(|error| Error::Migration(Arc::from(error.to_string())))
}
