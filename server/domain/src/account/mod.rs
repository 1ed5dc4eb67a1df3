//! A person's own account: profile, password, e-mail address, and proving again who one is.
mod email;
mod identity;
mod password;
mod profile;
mod store;
#[cfg(test)]
mod tests;

pub use email::{ask as ask_email, confirm as confirm_email, pending as pending_email};
pub use identity::{Proof, Ways, confirm, ways};
pub use password::change as change_password;
pub use profile::{Profile, ProfileForm, profile, save as save_profile};

/// How long the link to a new e-mail address works, in milliseconds.
pub const EMAIL_VALID: i64 = 24 * 60 * 60 * 1000;
/// What the tokens of those links are derived for: `keys.token(EMAIL_TOKEN, id)`.
pub(crate) const EMAIL_TOKEN: &str = "email change";
