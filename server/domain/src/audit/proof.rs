//! The hashes that prove the log. They are keyed: who can write the database but lacks the key
//! cannot make a chain that verifies.
use super::store::{CheckRow, End, Entry};
use crate::crypto::Keys;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest as _, Sha256};

/// What keyed hashes begin with. Those of older entries have no mark; they hold only before the
/// chain's first keyed one.
const KEYED: &str = "k1:";

/// The keyed hash of an entry and of all before it, whose hash is `previous`.
pub(super) fn hash(keys: &Keys, previous: &str, entry: &Entry) -> String {
    format!("{KEYED}{}", keys.authenticate("audit-entry", &bytes(previous, entry)))
}

/// Whether an entry's hash is right, `previous` being the hash of the one before.
pub(super) fn holds(keys: &Keys, previous: &str, entry: &Entry, keyed_from: i64) -> bool {
    let old = keyed_from == 0 || entry.position < keyed_from;
    entry.hash
        == match old {
            true => unkeyed(previous, entry),
            false => hash(keys, previous, entry),
        }
}

/// The hash of an entry from before there were keys.
pub(super) fn unkeyed(previous: &str, entry: &Entry) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(bytes(previous, entry)))
}

/// The seal of a chain's end: its last entries cannot be taken away unnoticed.
pub(super) fn seal(keys: &Keys, chain: &str, end: &End) -> String {
    let numbers = [end.length, end.number, end.keyed_from].map(|number| number.to_string());
    let [length, number, keyed_from] = &numbers;
    let parts = [chain, length, &end.head, number, keyed_from].map(Some);
    keys.authenticate("audit-end", &framed(&parts))
}

/// The register's hash with one more chain in it.
pub(super) fn register(keys: &Keys, previous: &str, number: i64, chain: &str) -> String {
    let number = number.to_string();
    let parts = [previous, &number, chain].map(Some);
    keys.authenticate("audit-register", &framed(&parts))
}

/// The seal of what is known of a chain's proof.
pub(super) fn check(keys: &Keys, chain: &str, row: &CheckRow) -> String {
    let numbers = [row.position, row.finished_at, row.entries, row.broken_at];
    let [position, finished_at, entries, broken_at] = &numbers.map(|number| number.to_string());
    let parts = [chain, position, &row.head, finished_at, entries, broken_at, &row.problem];
    keys.authenticate("audit-check", &framed(&parts.map(Some)))
}

fn bytes(previous: &str, entry: &Entry) -> Vec<u8> {
    let (position, at) = (entry.position.to_string(), entry.at.to_string());
    framed(&[
        Some(previous),
        Some(entry.chain.as_str()),
        Some(&position),
        Some(&entry.id),
        Some(&at),
        Some(&entry.actor),
        Some(&entry.address),
        Some(&entry.request_id),
        Some(&entry.action),
        entry.store_id.as_deref(),
        Some(&entry.subject),
        Some(&entry.old_value),
        Some(&entry.new_value),
    ])
}

/// Lengths keep neighbours apart: "ab" + "c" is not "a" + "bc", and none is not empty.
fn framed(parts: &[Option<&str>]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for part in parts {
        let length = part.map_or(u64::MAX, |text| text.len() as u64);
        bytes.extend_from_slice(&length.to_le_bytes());
        bytes.extend_from_slice(part.unwrap_or_default().as_bytes());
    }
    bytes
}
