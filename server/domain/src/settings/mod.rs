//! The settings engine's server half: one versioned document for each section of a store or an
//! organization. Every change of one goes through `commit`, whoever makes it; a save names the
//! version it was made from, and a stale one is refused with both sides.
pub mod bulk;
mod check;
pub mod code;
mod commit;
mod conflict;
mod danger;
mod difference;
mod effects;
mod first;
pub mod history;
mod how;
mod past;
pub mod policy;
mod save;
mod secret;
mod service;
mod shown;
mod store;
#[cfg(test)]
mod tests;

pub(crate) use commit::{Author, Commit, commit, lock};
pub use danger::{Danger, danger};
pub use difference::{FieldChange, differences};
pub(crate) use first::{FirstValues, adopt, create_store};
pub use how::How;
pub use past::document_at;
pub use save::{save, save_asking};
pub(crate) use secret::seal;
pub use secret::secret;
pub(crate) use service::{Stored, stored};
pub use service::{blank, create, read, view};
pub use shown::shown;
