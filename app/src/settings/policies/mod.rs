//! What an organization locks in its stores' settings.
pub mod api;
#[cfg(feature = "ssr")]
mod check;
#[cfg(feature = "ssr")]
mod form;
#[cfg(feature = "ssr")]
pub mod pages;
