//! Two-factor sign-in and passkeys.
pub mod api;
mod dialogs;
pub mod pages;
