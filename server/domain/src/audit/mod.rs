//! The audit log: exactly one entry for each change, written in the change's transaction. The
//! entries of an organization form a hash chain, so that editing, removing or reordering any of
//! them shows; a register of all chains shows whether one is missing.
mod browse;
mod check;
mod list_sql;
mod proof;
mod query;
mod service;
mod store;
#[cfg(test)]
mod tests;
mod values;
mod verify;
mod view;
mod words;

pub use browse::{Actor, AuditPage, Log, actors, all, entry, list, stores};
pub use check::{Proof, Round, STEPS, check, check_all, proven};
pub use query::{Cursor, Filter, PAGE_SIZE, Place};

pub(crate) use service::adopt;
pub use service::{Change, record};
pub use values::{Difference, Reader};
pub use verify::{Broken, Problem, REGISTER, VerifyReport, verify};
pub use view::{EntryView, export, read};
pub use words::Kind;

/// The chain of what belongs to no organization.
pub const INSTANCE: &str = "instance";
/// The actor where nobody is signed in.
pub const ANONYMOUS: &str = "anonymous";
/// The actor of what the program does by itself.
pub const SYSTEM: &str = "system";
