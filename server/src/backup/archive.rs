//! The file of a backup: a tar archive of a description, the database, the secret key unless it is
//! kept elsewhere, and the sums of these, as `sha256sum -c` reads them.
use super::files;
use crate::cli::Failure;
use sha2::{Digest as _, Sha256};
use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, BufReader, BufWriter, Read, Write as _},
    path::Path,
};
use tar::{Archive, Builder, EntryType, Header};

/// What the archive is and which schema the database has.
pub(super) const DESCRIPTION: &str = "backup.toml";
/// The database.
pub(super) const DATABASE: &str = "store-manager.db";
/// The secret key.
pub(super) const KEY: &str = "secret.key";
const SUMS: &str = "SHA256SUMS";

/// The version of this layout.
const FORMAT: i64 = 1;
/// What is said of a backup that this program does not know yet.
pub(super) const NEWER: &str =
    "this backup was made by a newer Store Manager: restore it with that version, or a later one";

/// Reads and sums up.
struct Summed<R> {
    inner: R,
    sum: Sha256,
}

impl<R: Read> Read for Summed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.sum.update(&buffer[..n]);
        Ok(n)
    }
}

impl<R> Summed<R> {
    fn new(inner: R) -> Summed<R> {
        Summed { inner, sum: Sha256::new() }
    }

    fn sum(self) -> String {
        self.sum.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Writes `database`, of this version, and `key` into the new file `to`, which is on disk then.
pub(super) fn pack(
    to: &Path,
    database: &Path,
    version: i64,
    key: Option<&[u8]>,
) -> Result<(), Failure> {
    let mut out = Builder::new(BufWriter::new(files::create(to)?));
    let description = format!(
        "# A backup of Store Manager {}: store-manager restore FILE\nformat = {FORMAT}\nschema = {version}\n",
        env!("CARGO_PKG_VERSION")
    );
    let size = std::fs::metadata(database)?.len();
    let small = |bytes: &[u8]| u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let mut sums = String::new();
    let bytes = description.as_bytes();
    sums += &append(&mut out, DESCRIPTION, small(bytes), bytes)?;
    sums += &append(&mut out, DATABASE, size, BufReader::new(File::open(database)?))?;
    if let Some(key) = key {
        sums += &append(&mut out, KEY, small(key), key)?;
    }
    append(&mut out, SUMS, small(sums.as_bytes()), sums.as_bytes())?;
    let mut file = out.into_inner()?;
    file.flush()?;
    Ok(file.get_ref().sync_all()?)
}

/// Adds a file; its line of the sums.
fn append(
    out: &mut Builder<BufWriter<File>>,
    name: &str,
    size: u64,
    content: impl Read,
) -> io::Result<String> {
    let mut header = Header::new_gnu();
    header.set_entry_type(EntryType::Regular);
    header.set_mode(0o600);
    header.set_size(size);
    let mut content = Summed::new(content);
    out.append_data(&mut header, name, &mut content)?;
    Ok(format!("{}  {name}\n", content.sum()))
}

/// Writes the files of the archive at `from` into the folder `to`; whether a key is among them.
///
/// # Errors
/// Where it is no backup, not whole, or made by a newer program: in words for the operator.
pub(super) fn unpack(from: &Path, to: &Path) -> Result<bool, Failure> {
    let cannot = |error: io::Error| format!("{} cannot be read: {error}", from.display());
    let mut archive = Archive::new(BufReader::new(File::open(from).map_err(cannot)?));
    let mut found = BTreeMap::new();
    let mut wanted = String::new();
    let not_whole = || format!("{} is not a backup, or not a whole one", from.display());
    let broken = |_| not_whole();
    for entry in archive.entries().map_err(broken)? {
        let mut entry = entry.map_err(broken)?;
        let name = entry.path().map_err(broken)?.display().to_string();
        let known = [DESCRIPTION, DATABASE, KEY, SUMS].into_iter().find(|known| *known == name);
        let known = known.filter(|_| entry.header().entry_type() == EntryType::Regular);
        let Some(name) = known else { return Err(not_whole().into()) };
        if name == SUMS {
            entry.read_to_string(&mut wanted).map_err(broken)?;
            continue;
        }
        let mut content = Summed::new(entry);
        let path = to.join(name);
        io::copy(&mut content, &mut files::create(&path)?)?;
        found.insert(name, content.sum());
        if name == DESCRIPTION {
            let text = std::fs::read_to_string(&path).map_err(broken)?;
            check_description(&text).ok_or_else(not_whole)??;
        }
    }
    let sums: BTreeMap<&str, String> = wanted
        .lines()
        .filter_map(|line| line.split_once("  "))
        .map(|(sum, name)| (name, sum.to_owned()))
        .collect();
    let complete = [DESCRIPTION, DATABASE].iter().all(|name| found.contains_key(name));
    if !complete || found != sums {
        return Err(not_whole().into());
    }
    Ok(found.contains_key(KEY))
}

/// Refuses what this program does not know yet; `None` where it cannot be read.
fn check_description(text: &str) -> Option<Result<(), Failure>> {
    let table: toml::Table = text.parse().ok()?;
    let number = |name| table.get(name).and_then(toml::Value::as_integer);
    let known = number("format")? == FORMAT && number("schema")? <= domain::db::latest();
    Some(if known { Ok(()) } else { Err(NEWER.into()) })
}
