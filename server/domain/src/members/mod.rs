//! The members of a store: their list, invitations to join it, roles and removal (C-17 to C-24).
//!
//! Every change first updates the organization's row (`guard`), so that changes of one
//! organization's members happen one after another, also on PostgreSQL and from several processes:
//! what the rules read stays true until they have written.
mod cursor;
mod invite;
mod list;
mod list_sql;
mod service;
mod store;
#[cfg(test)]
mod tests;

pub(crate) use cursor::Cursor;
pub use invite::invite;
pub use list::{list, removal};
pub use service::{change_role, remove};

use crate::{
    Domain, Error, Result,
    access::{self, ManageMembers, StoreAccess},
    db::Conn,
    people,
};
use model::access::Permission;

/// Locks the organization's members and checks that the actor may still change the store's.
async fn lock(
    domain: &Domain,
    conn: &mut Conn<'_>,
    access: &StoreAccess<ManageMembers>,
) -> Result<()> {
    if !people::lock_organization(conn, access.organization()).await? {
        return Err(Error::NotFound);
    }
    access::recheck(domain, conn, access, Permission::ManageMembers).await
}
