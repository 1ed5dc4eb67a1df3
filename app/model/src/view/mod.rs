//! What pages are made of: plain data, already in the reader's language and time zone where it is
//! text about time.
mod mailbox;
mod members;
mod session;
mod settings;

pub use mailbox::{MailBrand, MailSummary, MailView};
pub use members::{
    MemberRow, MemberStatus, MembersPage, MembersQuery, RemovalView, RoleName, Sort, SortBy,
    StatusFilter,
};
pub use session::{InvitationView, OrganizationEntry, StoreEntry, StoreHome, Theme, Viewer};
pub use settings::{FieldNote, LastChange, SectionView};
