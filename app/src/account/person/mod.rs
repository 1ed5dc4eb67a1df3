//! Profile, e-mail address, password and sessions.
pub mod api;
pub mod pages;
