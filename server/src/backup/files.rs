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

/// How the names of our folders begin.
const PREFIX: &str = ".store-manager-";
/// The file in such a folder that is locked as long as somebody works in it.
const LOCK: &str = "lock";

/// A folder of ours; it goes with this.
pub(super) struct Work {
    folder: TempDir,
    // Kept for its effect.
    _lock: File,
}

impl Work {
    pub(super) fn path(&self) -> &Path {
        self.folder.path()
    }
}

/// A folder of ours beside `path`, hence on the same disk. What was left there by work that was
/// killed is taken away.
pub(super) fn beside(path: &Path) -> Result<Work, Failure> {
    let folder = folder(path);
    clear(&folder);
    let made = work_in(&folder);
    made.map_err(|error| format!("{} cannot be written: {error}", folder.display()).into())
}

fn work_in(folder: &Path) -> io::Result<Work> {
    let folder = tempfile::Builder::new().prefix(PREFIX).tempdir_in(folder)?;
    let new = folder.path().join("new");
    let lock = create(&new)?;
    lock.lock()?;
    // It gets its name when it is locked: nobody may take it for one that was left.
    fs::rename(new, folder.path().join(LOCK))?;
    Ok(Work { folder, _lock: lock })
}

fn clear(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let ours = entry.file_name().to_string_lossy().starts_with(PREFIX);
        let left = || File::open(entry.path().join(LOCK)).is_ok_and(|lock| lock.try_lock().is_ok());
        if ours && left() {
            fs::remove_dir_all(entry.path()).ok();
        }
    }
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
