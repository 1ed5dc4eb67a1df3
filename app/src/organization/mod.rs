//! The organization manager: members, stores and roles (O-02 to O-04, O-20).
pub mod api;
#[cfg(feature = "ssr")]
mod invite;
#[cfg(feature = "ssr")]
mod list;
#[cfg(feature = "ssr")]
mod member;
#[cfg(feature = "ssr")]
mod members;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
mod roles;
#[cfg(feature = "ssr")]
mod stores;

#[cfg(feature = "ssr")]
pub use pages::PAGES;
