//! The audit log: an organization's, and what one did with the own account.
pub mod api;
#[cfg(feature = "ssr")]
mod entry;
#[cfg(feature = "ssr")]
mod list;
#[cfg(feature = "ssr")]
mod proof;

#[cfg(feature = "ssr")]
pub use list::PAGES;
