//! Where one lands: the root, the list of stores, a store's home page.
#[cfg(feature = "ssr")]
pub mod pages;
