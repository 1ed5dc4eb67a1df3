//! From where an organization may be entered: a list of addresses (G-15) and members whom it does
//! not concern (G-14).
mod network;

pub use network::{address, parse, show};
