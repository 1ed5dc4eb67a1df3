//! A store's settings: the tab selector, the page that serves every section, and the pages of
//! records that have their own.
pub mod api;
mod conflict;
mod fields;
mod layout;
pub mod members;
mod page;

pub use layout::{SettingsHome, SettingsLayout};
pub use page::SectionPage;
