//! The demonstration: an organization of three stores and an archived one, with about forty people.
mod data;
mod service;
mod store;
#[cfg(test)]
mod tests;

pub use service::fill;

/// The e-mail address of the demonstration's Administrator.
pub const ADMINISTRATOR: &str = "admin@demo.example";
/// The e-mail address of the demonstration's Marketer.
pub const MARKETER: &str = "marketer@demo.example";
/// The password of both.
pub const PASSWORD: &str = "store-manager-demo";
