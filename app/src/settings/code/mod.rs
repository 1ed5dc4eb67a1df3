//! Settings as a file: download, upload, preview, apply (A2).
pub mod api;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
mod report;
