//! Signing in and out, finding the session of a request, and what a person chooses for themself.
//!
//! Only the hash of a session's token is stored. A session ends when it is signed out, when it was
//! not used for [`IDLE`] or when it is [`ABSOLUTE`] old.
pub(crate) mod attempts;
mod choices;
mod devices;
mod service;
pub mod step;
mod store;
#[cfg(test)]
mod tests;
mod user_agent;
mod viewer;

pub use choices::{set_language, set_theme};
pub use devices::{Device, devices, end_device, end_others};
pub(crate) use devices::{end_all, renew};
pub use service::{Entered, find, find_unattended, sign_in, sign_out};
pub(crate) use service::{Entry, enter, enter_or_step, open, person};
pub(crate) use store::second_factor as has_second_factor;
pub(crate) use store::unconfirmed;
pub use viewer::viewer;

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

/// A session that was not used for this long has ended, in milliseconds.
pub const IDLE: i64 = 14 * DAY;
/// A session ends at this age however much it is used, in milliseconds.
pub const ABSOLUTE: i64 = 60 * DAY;
/// How often the time of last use is written, in milliseconds: not at every request.
const TOUCH: i64 = 5 * MINUTE;
