//! Requests to addresses that people type. They go out here and nowhere else, so that nobody can
//! make this server ask what only it can reach.
mod client;
mod range;
#[cfg(test)]
mod tests;

pub use client::{Fault, Outgoing};
pub use range::public;
