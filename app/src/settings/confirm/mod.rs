//! A save that affects others: whom, before it is done (A7). What was typed is kept meanwhile.
pub mod api;
#[cfg(feature = "ssr")]
mod draft;
#[cfg(feature = "ssr")]
mod pages;

#[cfg(feature = "ssr")]
pub use draft::{ask, restore};
#[cfg(feature = "ssr")]
pub use pages::PAGES;
