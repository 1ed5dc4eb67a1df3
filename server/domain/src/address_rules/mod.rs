//! From where an organization may be entered: a list of addresses (G-15) and members whom it does
//! not concern (G-14).
//!
//! The list can be prepared before it counts. While it counts, no change of it may keep out who
//! makes it, nor all who could change it back.
mod lockout;
mod network;
mod service;
mod simulate;
mod store;
#[cfg(test)]
mod tests;
mod view;

pub use network::{address, parse, show};
pub use service::{add, exempt, no_longer_exempt, remove, set_only};
pub use simulate::{How, Simulation, simulate};
pub use view::{Exemption, Line, Overview, Someone, members, overview};
