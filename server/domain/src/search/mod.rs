//! What somebody can look for in a store or an organization: its sections with what they hold, as
//! far as the person may see it.
mod service;
mod store;
#[cfg(test)]
mod tests;

pub use service::{Found, Shelf, Standing, shelf};
