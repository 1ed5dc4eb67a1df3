//! The audit log: exactly one entry for each change, written in the change's transaction. The
//! entries of an organization form a hash chain, so that editing, removing or reordering any of
//! them shows.
mod service;
mod store;
#[cfg(test)]
mod tests;
mod verify;

pub use service::{Change, record};
pub use verify::{Broken, Problem, VerifyReport, verify};

/// The chain of what belongs to no organization.
pub const INSTANCE: &str = "instance";
/// The actor where nobody is signed in.
pub const ANONYMOUS: &str = "anonymous";
/// The actor of what the program does by itself.
pub const SYSTEM: &str = "system";
