//! The settings engine's server half: one versioned document for each section of a store or an organization. A save
//! names the version it was made from; a stale one is refused with both sides.
mod conflict;
mod save;
mod service;
mod store;
#[cfg(test)]
mod tests;

pub use save::save;
pub use service::{create, read, view};
