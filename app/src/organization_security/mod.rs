//! How an organization lets people in: its security, and the ways in that belong to it.
#[cfg(feature = "ssr")]
mod addresses;
pub mod api;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
mod shops;
#[cfg(feature = "ssr")]
mod single_sign_on;
#[cfg(feature = "ssr")]
mod ways_in;

#[cfg(feature = "ssr")]
pub use pages::PAGES;
