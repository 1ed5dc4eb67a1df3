//! A store's settings: the page of all sections, and a folder for each that needs its own.
pub mod api;
pub mod bulk;
pub mod code;
pub mod confirm;
#[cfg(feature = "ssr")]
mod extras;
#[cfg(feature = "ssr")]
mod form;
pub mod history;
pub mod members;
#[cfg(feature = "ssr")]
mod notes;
#[cfg(feature = "ssr")]
pub mod pages;
pub mod policies;
pub mod presence;
