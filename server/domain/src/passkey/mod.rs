//! Passkeys: signing in with what a device or password manager keeps, without a password. The
//! device must check its user (PIN, finger, face), so a passkey is two factors at once.
//!
//! The state of a ceremony is not stored: the page carries it, sealed and bound to its purpose, and
//! only that it was used is written down. So looking at a page changes nothing.
mod ceremony;
mod manage;
mod sign_in;
mod store;
#[cfg(test)]
mod tests;

pub use ceremony::{Offer, available};
pub(crate) use ceremony::{Purpose, offer, prove};
pub use manage::{PasskeyView, add, list, offer_new, remove, rename};
pub use sign_in::{offer_sign_in, sign_in};
pub(crate) use store::spend;

/// How long a ceremony may take, in milliseconds.
pub const VALID: i64 = 5 * 60 * 1000;
