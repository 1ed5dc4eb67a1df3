//! Pages that the server makes as data ([`model::panel`]) and draws, and the shared components that
//! show them on both sides.
pub mod api;
#[cfg(feature = "ssr")]
mod draw;
mod page;
#[cfg(feature = "ssr")]
pub mod pages;
mod view;

#[cfg(feature = "ssr")]
pub use draw::draw_editors;
pub use page::PanelPage;
#[cfg(feature = "ssr")]
pub use pages::{Page, Visit};
