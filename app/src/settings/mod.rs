//! A store's settings: the page of all sections, and a folder for each that needs its own.
pub mod api;
pub mod members;
#[cfg(feature = "ssr")]
pub mod pages;
