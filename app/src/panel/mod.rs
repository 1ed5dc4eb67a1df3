//! Pages that the server makes as data ([`model::panel`]), and the shared components that draw
//! them on both sides.
pub mod api;
mod blocks;
mod draw;
mod form;
mod inline;
mod layout;
mod page;
#[cfg(feature = "ssr")]
pub mod pages;
mod quick;
mod table;

pub use layout::{AccountLayout, OrganizationLayout, PersonLayout};
pub use page::PanelPage;
#[cfg(feature = "ssr")]
pub use pages::{Page, Visit};
