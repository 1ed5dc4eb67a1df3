//! Member management (C-17 to C-24).
mod add;
pub mod api;
mod list;
mod page;
mod query;
mod remove;

pub use add::AddMemberDialog;
pub use page::MembersPage;
pub use remove::RemoveMemberDialog;
