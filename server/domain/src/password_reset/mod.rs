//! A new password for who forgot theirs: by a link in a mail, which works once and for an hour.
//! From outside nobody can tell whether an address belongs to anybody.
mod service;
mod store;
#[cfg(test)]
mod tests;

pub use service::{ask, pending, set};
pub(crate) use store::end_others;

/// How long a link works, in milliseconds.
pub const VALID: i64 = 60 * 60 * 1000;
/// What the tokens of links are derived for: `keys.token(TOKEN, id)`.
pub(crate) const TOKEN: &str = "password reset";
