//! Proving again who one is, before what cannot be taken back.
pub mod api;
pub mod pages;
