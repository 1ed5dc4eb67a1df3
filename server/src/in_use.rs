//! Who uses the embedded database: every command does together with others, but for what puts
//! another one in its place. PostgreSQL sees to that itself.
use crate::{cli::Failure, config::Config, open};
use std::{
    fs::{File, OpenOptions, TryLockError},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

/// The lock of a database: held as long as this lives, and no longer than the process does.
#[derive(Debug)]
pub struct InUse {
    // Kept for its effect.
    _file: File,
}

/// Uses the database together with others.
///
/// # Errors
/// While another one is put in its place.
pub fn share(config: &Config) -> Result<Option<InUse>, Failure> {
    let Some(database) = config.embedded() else { return Ok(None) };
    open::data_dir(config)?;
    let text = "another database is being put in the place of this one";
    hold(&database, File::try_lock_shared, text).map(Some)
}

/// Uses the database alone.
///
/// # Errors
/// While others use it.
pub fn alone(config: &Config, database: &Path) -> Result<InUse, Failure> {
    open::data_dir(config)?;
    let text = "the database is in use: stop the server, and wait for other commands to end";
    hold(database, File::try_lock, text)
}

fn hold(
    database: &Path,
    lock: fn(&File) -> Result<(), TryLockError>,
    taken: &str,
) -> Result<InUse, Failure> {
    let mut path = database.as_os_str().to_owned();
    path.push(".lock");
    let path = PathBuf::from(path);
    let opened = OpenOptions::new().create(true).append(true).mode(0o600).open(&path);
    let cannot = |error| format!("the lock {} cannot be taken: {error}", path.display());
    let file = opened.map_err(cannot)?;
    match lock(&file) {
        Ok(()) => Ok(InUse { _file: file }),
        Err(TryLockError::WouldBlock) => Err(format!("{taken} ({})", path.display()).into()),
        Err(TryLockError::Error(error)) => Err(cannot(error).into()),
    }
}
