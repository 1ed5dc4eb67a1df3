//! Sign-up: a person asks for an account with an organization and its first store (M-06 to M-08),
//! and gets all of it by confirming the e-mail address.
mod confirm;
mod service;
mod store;
#[cfg(test)]
mod tests;

pub use confirm::{confirm, pending};
pub use service::{SignUp, sign_up};

/// How long a confirmation link works, in milliseconds.
pub const VALID: i64 = 24 * 60 * 60 * 1000;
/// What the tokens of confirmation links are derived for: `keys.token(TOKEN, id)`.
pub(crate) const TOKEN: &str = "registration";
