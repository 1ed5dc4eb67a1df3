//! The master key from which mailed links are made: from the operator's file, or made at first
//! start beside the database.
use base64::{Engine as _, prelude::BASE64_STANDARD};
use rand::Rng as _;
use std::{
    fs::{self, OpenOptions},
    io::{self, Write as _},
    os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
};

/// The name of the key's file in the data directory.
pub const FILE: &str = "secret.key";

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file cannot be read or written.
    #[error("the secret key {0} cannot be used: {1}")]
    File(PathBuf, #[source] io::Error),
    /// The file does not hold a key.
    #[error("{0} does not hold 32 bytes in base64 (make it with: openssl rand -base64 32)")]
    Content(PathBuf),
}

/// The key in `named`, the operator's file, else the one in `data_dir`, which is made if it does
/// not exist. Processes that start at the same time end up with the same key.
pub fn load(named: Option<&Path>, data_dir: &Path) -> Result<[u8; 32], Error> {
    let own = data_dir.join(FILE);
    let path = named.unwrap_or(&own);
    if named.is_none() && !path.exists() {
        create(path).map_err(|error| Error::File(path.into(), error))?;
    }
    warn_if_open(path);
    read(path)
}

/// The key in the file at `path`.
pub fn read(path: &Path) -> Result<[u8; 32], Error> {
    let text = fs::read_to_string(path).map_err(|error| Error::File(path.into(), error))?;
    let bytes = BASE64_STANDARD.decode(text.trim()).unwrap_or_default();
    bytes.try_into().map_err(|_| Error::Content(path.into()))
}

/// Writes a new key under another name and links it to its own: it appears whole or not at all,
/// and never replaces one that another process has just made.
#[expect(clippy::disallowed_methods, reason = "there is no context before there is a key")]
fn create(path: &Path) -> io::Result<()> {
    let mut key = [0_u8; 32];
    let mut random: rand::rngs::StdRng = rand::make_rng();
    random.fill_bytes(&mut key);
    let draft = path.with_extension(format!("new-{}", std::process::id()));
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft)?;
    writeln!(file, "{}", BASE64_STANDARD.encode(key))?;
    file.sync_all()?;
    let linked = fs::hard_link(&draft, path);
    fs::remove_file(&draft)?;
    match linked {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

fn warn_if_open(path: &Path) {
    let open = fs::metadata(path).is_ok_and(|data| data.permissions().mode() & 0o077 != 0);
    if open {
        tracing::warn!(path = %path.display(), "other users of this machine may read the secret key");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_made_once_and_only_its_owner_may_read_it() {
        let folder = tempfile::tempdir().unwrap();
        let first = load(None, folder.path()).unwrap();
        assert_eq!(load(None, folder.path()).unwrap(), first);
        let mode = fs::metadata(folder.path().join(FILE)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_named_file_must_exist_and_hold_a_key() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mine");
        assert!(matches!(load(Some(&path), folder.path()), Err(Error::File(..))));
        fs::write(&path, "short").unwrap();
        assert!(matches!(load(Some(&path), folder.path()), Err(Error::Content(_))));
        fs::write(&path, BASE64_STANDARD.encode([7; 32])).unwrap();
        assert_eq!(load(Some(&path), folder.path()).unwrap(), [7; 32]);
    }
}
