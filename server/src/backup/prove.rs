//! Whether a backup can be relied on: it is unpacked and opened as a restored one is.
use super::archive::{self, DATABASE, KEY};
use crate::{cli::Failure, config::Config, open, secret_key};
use domain::{Domain, backup, db::Db};
use std::path::Path;

/// What was found to be whole.
pub(super) struct Proven {
    /// Whether the key came from the backup itself.
    pub(super) own_key: bool,
    /// Entries of the audit log.
    pub(super) entries: u64,
    /// When, in Unix milliseconds.
    pub(super) at: i64,
}

/// Unpacks `file` into the new folder `to` and proves pages, references, the key and the audit log;
/// the database there is then up to date and whole in its one file.
///
/// # Errors
/// Where anything does not hold: in words for the operator.
pub(super) async fn prove(config: &Config, file: &Path, to: &Path) -> Result<Proven, Failure> {
    std::fs::create_dir(to)?;
    let holds_key = archive::unpack(file, to)?;
    let database = to.join(DATABASE);
    let damaged =
        |what: &str| -> Failure { format!("{} is damaged: {what}", file.display()).into() };
    let faults = backup::faults(&database).await.map_err(|error| damaged(&error.to_string()))?;
    if let Some(fault) = faults.first() {
        return Err(damaged(fault));
    }
    if backup::version(&database).await? > domain::db::latest() {
        return Err(archive::NEWER.into());
    }
    let own = to.join(KEY);
    let own_key = holds_key && config.secret_key_file.is_none();
    let key = if own_key { own } else { config.secret_key() };
    if !key.exists() {
        return Err(format!(
            "this backup holds no secret key: put the one that belongs to it at {} first",
            key.display()
        )
        .into());
    }
    let db = Db::open(&format!("sqlite:{}", database.display()), 1).await?;
    let domain = open::rules(config, db, secret_key::read(&key)?, false).await;
    let domain = domain.map_err(|error| format!("{}: {error}", file.display()))?;
    let entries = verify(&domain).await;
    let at = domain.now();
    domain.db.close().await;
    drop(domain);
    let entries = entries.map_err(|error| damaged(&error.to_string()))?;
    backup::settle(&database)?;
    std::fs::File::open(&database)?.sync_all()?;
    Ok(Proven { own_key, entries, at })
}

async fn verify(domain: &Domain) -> Result<u64, Failure> {
    let report = domain::audit::verify(domain).await?;
    match report.broken.first() {
        Some(broken) => Err(format!("the audit log does not hold: {broken}").into()),
        None => Ok(report.entries),
    }
}
