//! Files that appear whole or not at all.
use crate::cli::Failure;
use std::{
    fs::{self, File, OpenOptions},
    io,
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};
use tempfile::TempDir;

/// A new file that only its owner may read.
pub(super) fn create(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

/// The folder that `path` is in.
pub(super) fn folder(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// A folder of ours beside `path`, hence on the same disk; it goes with what is returned.
pub(super) fn beside(path: &Path) -> Result<TempDir, Failure> {
    let folder = folder(path);
    let made = tempfile::Builder::new().prefix(".store-manager-").tempdir_in(&folder);
    made.map_err(|error| format!("{} cannot be written: {error}", folder.display()).into())
}

/// Gives the file `from` the name `to`, which nothing may have yet, for good.
pub(super) fn publish(from: &Path, to: &Path) -> io::Result<()> {
    match fs::hard_link(from, to) {
        // There are disks without such links.
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists && !to.exists() => {
            fs::rename(from, to)?;
        }
        linked => linked?,
    }
    settle(to)
}

/// Sees to it that the name of `path` is on disk.
pub(super) fn settle(path: &Path) -> io::Result<()> {
    File::open(folder(path))?.sync_all()
}
