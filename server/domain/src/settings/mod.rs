//! The settings engine's server half: one versioned document for each section of a store or an
//! organization. Every change of one goes through [`commit`], whoever makes it; a save names the
//! version it was made from, and a stale one is refused with both sides.
mod check;
pub mod code;
mod commit;
mod conflict;
mod difference;
mod effects;
pub mod history;
mod how;
mod past;
mod save;
mod secret;
mod service;
mod shown;
mod store;
#[cfg(test)]
mod tests;

pub(crate) use commit::{Author, Commit, commit, lock};
pub use difference::{FieldChange, differences};
pub use how::How;
pub use past::document_at;
pub use save::save;
pub(crate) use secret::seal;
pub use secret::secret;
pub(crate) use service::{Stored, stored};
pub use service::{create, read, view};
pub use shown::shown;
