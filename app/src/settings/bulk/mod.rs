//! Settings that an organization applies to many of its stores.
pub mod api;
#[cfg(feature = "ssr")]
mod batch;
#[cfg(feature = "ssr")]
mod check;
#[cfg(feature = "ssr")]
mod choose;
#[cfg(feature = "ssr")]
pub mod pages;
