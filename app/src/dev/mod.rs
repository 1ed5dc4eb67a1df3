//! Pages of the demonstration only: the mailbox and the gallery of widgets.
pub mod api;
mod gallery;
mod mailbox;

pub use gallery::GalleryPage;
pub use mailbox::{MailPage, MailboxPage};
