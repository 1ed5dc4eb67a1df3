//! Copies of the embedded database while it is in use, and whether one can be relied on.
mod store;
#[cfg(test)]
mod tests;

pub use store::{copy, faults, settle, version};

/// A time as a name of files: `20260301T120000Z`.
pub fn stamp(millis: i64) -> String {
    let time = jiff::Timestamp::from_millisecond(millis).unwrap_or_default();
    time.strftime("%Y%m%dT%H%M%SZ").to_string()
}
