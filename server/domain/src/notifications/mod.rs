//! Mails to people about what happens in a store, as its section [`Notifications`] has it: who gets
//! one about which event, at once or summed up in a digest.
//!
//! A mail waits for `WINDOW` and collects what else happens of the same kind (a section's
//! changes, the members, the store itself, one batch of changes) for the same recipient: many saves
//! make one mail. Whoever did it is not written to.
//!
//! [`Notifications`]: model::settings::Notifications
mod audience;
mod digest;
mod expiry;
mod item;
mod pending;
mod period;
mod raise;
mod recipients;
mod sample;
mod store;
#[cfg(test)]
mod tests;

pub use digest::send_due;
pub(crate) use expiry::tell_expired;
pub(crate) use item::{Item, What};
pub(crate) use pending::{Told, close, told};
pub(crate) use raise::{Happening, raise};
pub use sample::send_sample;
pub(crate) use store::{forget, person_name, store_name};

/// For so long a mail collects before it is sent, in milliseconds.
pub(crate) const WINDOW: i64 = 2 * 60 * 1000;
