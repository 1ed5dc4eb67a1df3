//! Organizations: their members with a role, an end and stores each, invitations to them, their
//! stores and their custom roles.
//!
//! Every change first updates the organization's row (`guard`), then asks `rules` with the rows
//! that matter: what the rules read stays true until their effects are written.
mod act;
mod address_list;
mod expiry;
mod invite;
mod join;
mod list;
mod list_sql;
mod load;
mod member;
mod news;
mod roles;
mod rules;
mod store;
mod stores;
#[cfg(test)]
mod tests;

pub use address_list::from_file;
pub(crate) use expiry::{end_due, warn_due};
pub use invite::{Invited, Inviting, Line, cancel, invite, resend};
pub(crate) use join::{accept, set_in_store};
pub use list::{MembersQuery, OrganizationMember, OrganizationMembers, Stands, StatusFilter, list};
pub use member::{
    Person, StoreOf, change_role, leave, member, remove, resume, set_end, set_store_role, suspend,
    transfer,
};
pub use roles::{Affected, CustomRole, RoleForm, affected, custom, drop_role, put_role};
pub(crate) use rules::Grant;
pub use stores::{NewStoreForm, OwnStore, add_store, archive, impact, restore, stores};
