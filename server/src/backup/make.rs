use super::{archive, embedded, files, prove::prove};
use crate::{
    cli::{Failure, tell},
    config::Config,
    secret_key,
};
use domain::backup;
use std::{
    path::Path,
    process::ExitCode,
    time::{Duration, Instant},
};

/// Writes a backup into the new `file`: a copy is made and packed, and the package is proven by
/// restoring it on the side, before it gets its name.
///
/// # Errors
/// Whatever keeps it from being made, in words for the operator; there is then no such file.
pub(crate) async fn make(
    config: &Config,
    file: &Path,
    without_key: bool,
) -> Result<ExitCode, Failure> {
    let instead = format!(
        "pg_dump --format=custom --file='{}' \"$STORE_MANAGER_DATABASE_URL\"",
        file.display()
    );
    let database = embedded(config, &instead)?;
    if file.exists() {
        return Err(format!("{} exists already and is not written over", file.display()).into());
    }
    if !database.exists() {
        return Err(format!("there is no database at {}", database.display()).into());
    }
    let start = Instant::now();
    let work = files::beside(file)?;
    let (copy, packed) = (work.path().join("copy"), work.path().join("packed"));
    backup::copy(&database, &copy).await?;
    let with_key = !without_key && config.secret_key_file.is_none();
    let key = if with_key { Some(key(config)?) } else { None };
    archive::pack(&packed, &copy, backup::version(&copy).await?, key.as_deref())?;
    std::fs::remove_file(&copy)?;
    let proven = prove(config, &packed, &work.path().join("restored")).await?;
    files::publish(&packed, file)?;
    let size = std::fs::metadata(file)?.len();
    told(file, size, proven.entries, start.elapsed());
    if !with_key {
        tell(&format!(
            "It does not hold the secret key ({}): keep that elsewhere, a restore needs it.\n",
            config.secret_key().display()
        ));
    }
    Ok(ExitCode::SUCCESS)
}

/// The text of the key's file.
fn key(config: &Config) -> Result<Vec<u8>, Failure> {
    let path = config.secret_key();
    secret_key::read(&path)?;
    Ok(std::fs::read(&path)?)
}

fn told(file: &Path, size: u64, entries: u64, took: Duration) {
    tell(&format!(
        "{} holds everything, {size} bytes; restored on the side, and {entries} entries of the audit \
         log proven. It took {:.1} s.\n",
        file.display(),
        took.as_secs_f64()
    ));
}
