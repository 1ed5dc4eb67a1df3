//! A store's home page, which every member may see, and what somebody is told who may not open
//! its settings.
mod service;
mod store;
#[cfg(test)]
mod tests;

pub use service::{Refused, administrators, home};
