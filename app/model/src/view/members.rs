use crate::{StoreId, panel::Choice, text::Key};
use serde::{Deserialize, Serialize};

/// What a member list is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SortBy {
    /// Name.
    #[default]
    Name,
    /// E-mail address.
    Email,
    /// Store role.
    Role,
    /// Last seen; those never seen come first in ascending order.
    LastSeen,
    /// Status.
    Status,
}

/// A sort order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sort {
    /// The column.
    pub by: SortBy,
    /// Largest first.
    pub descending: bool,
}

/// Which members to list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StatusFilter {
    /// Those who belong to the store.
    Active,
    /// Those who have not accepted yet.
    Invited,
}

/// What the members page shows; it stands in the page's address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MembersQuery {
    /// Part of a name or e-mail address.
    pub search: String,
    /// Only those in this status.
    pub status: Option<StatusFilter>,
    /// The order.
    pub sort: Sort,
    /// Continue after this place (a [`MembersPage::next`] cursor).
    pub after: Option<String>,
    /// Show what comes before this place (a [`MembersPage::previous`] cursor).
    pub before: Option<String>,
}

/// Where a member stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MemberStatus {
    /// Belongs to the store.
    Active,
    /// Invited, has not accepted yet.
    Invited,
    /// The invitation has expired.
    Expired,
    /// The invitation's mail could not be delivered so far.
    MailFailed {
        /// What the mail server said last.
        reason: String,
    },
}

impl MemberStatus {
    /// Its visible name.
    pub const fn label(&self) -> Key {
        match self {
            MemberStatus::Active => Key::MembersStatusActive,
            MemberStatus::Invited => Key::MembersStatusInvited,
            MemberStatus::Expired => Key::MembersStatusExpired,
            MemberStatus::MailFailed { .. } => Key::MembersStatusMailFailed,
        }
    }
}

/// A role as people see it: a preset or a custom one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleName {
    /// A preset's code or a `rol_` identifier.
    pub code: String,
    /// Its visible name.
    pub name: String,
}

/// A row of the member table: a member or a pending invitation (C-17).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberRow {
    /// A `mem_` or `inv_` identifier.
    pub id: String,
    /// First and last name; empty while invited.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Store role.
    pub role: RoleName,
    /// When last seen, as text; empty if never.
    pub last_seen: String,
    /// Where they stand.
    pub status: MemberStatus,
    /// Whether this is the person who looks.
    pub you: bool,
}

/// A page of members.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MembersPage {
    /// The store.
    pub store: StoreId,
    /// At most [`MembersPage::SIZE`] rows.
    pub rows: Vec<MemberRow>,
    /// The roles that the reader may give.
    pub roles: Vec<Choice>,
    /// Cursor of the next page, if there is one.
    pub next: Option<String>,
    /// Cursor of the previous page, if there is one.
    pub previous: Option<String>,
}

impl MembersPage {
    /// Rows a page.
    pub const SIZE: usize = 50;
}

/// What a removal's confirmation page shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemovalView {
    /// Whom: the member or invitation.
    pub row: MemberRow,
    /// The store's name.
    pub store: String,
}
