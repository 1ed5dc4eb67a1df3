//! Whether a person may enter an organization and its stores now: membership, addresses, how they
//! signed in and how long ago. Asked at every request, and by the access simulator.
mod decide;
mod service;
mod store;
#[cfg(test)]
mod tests;

pub use decide::{Barrier, Decision, Demands, Facts, Listed, Reason, Session, Standing, decide};
pub(crate) use service::{Known, check};
pub use service::{Stop, member_of};
