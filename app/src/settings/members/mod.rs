//! Member management: who works in the store, and with which role (C-17 to C-24).
pub mod api;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
mod query;
