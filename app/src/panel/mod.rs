//! Pages that the server makes as data ([`model::panel`]), and the shared components that draw
//! them on both sides.
pub mod api;
#[cfg(feature = "ssr")]
pub mod pages;

#[cfg(feature = "ssr")]
pub use pages::{Page, Visit};
