//! Invitations as those who got one see them: the acceptance page and the acceptance. Sending and
//! cancelling is the business of [`members`](crate::members) and
//! [`organization`](crate::organization).
mod accept;
mod send;
mod service;
pub(crate) mod store;
#[cfg(test)]
mod tests;

pub use accept::{Acceptance, Accepted, Place, accept};
pub(crate) use send::{Offer, send, send_again};
pub use service::{logo, view};
pub(crate) use service::{named, sender};

/// How long an invitation works, in milliseconds.
pub const VALID: i64 = 7 * 24 * 60 * 60 * 1000;
/// What the tokens of invitations are derived for: `keys.token(TOKEN, id)`.
pub(crate) const TOKEN: &str = "invitation";

/// How an invitation ended, as stored in `invitation.how`.
pub(crate) mod how {
    /// The person joined.
    pub(crate) const ACCEPTED: &str = "accepted";
    /// Somebody cancelled it.
    pub(crate) const CANCELLED: &str = "cancelled";
    /// It had expired when the person was invited anew, or another one took its stores over.
    pub(crate) const REPLACED: &str = "replaced";
}
