//! Signing in, signing up, accepting an invitation.
pub mod api;
#[cfg(feature = "ssr")]
pub mod pages;
