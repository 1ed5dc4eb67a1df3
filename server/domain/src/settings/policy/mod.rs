//! What an organization locks: a field of its stores' settings, to a value, to some values or to a
//! range. Every change of settings is held against the locks where it is written
//! (`commit`), whichever way it came.
mod draft;
mod lock;
mod preview;
mod rule;
mod service;
mod store;
#[cfg(test)]
mod tests;

pub use draft::{Draft, REASON, RuleForm, draft};
pub use lock::Lock;
pub(crate) use lock::{all, begin, check, locks};
pub use preview::{Contradiction, Preview, preview};
pub use rule::{Rule, RuleKind};
pub use service::{Existing, find, list, lockable, remove, set};
