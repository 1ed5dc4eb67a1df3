//! The members of a store: their list, invitations to join it, roles and removal (C-17 to C-24).
//!
//! Every change first updates the store's row (`guard`), so that changes of one store's members
//! happen one after another, also on PostgreSQL and from several processes: what the rules read
//! stays true until they have written.
mod cursor;
mod invite;
mod list;
mod list_sql;
mod service;
mod store;
#[cfg(test)]
mod tests;

pub use invite::invite;
pub use list::{list, removal};
pub use service::{change_role, remove};
pub(crate) use store::{NewInvitation, insert_invitation};

use crate::{
    Error, Result,
    access::{self, ManageMembers, StoreAccess},
    db::Conn,
};
use model::access::Permission;

/// Locks the store's members and checks that the actor may still change them.
async fn lock(conn: &mut Conn<'_>, access: &StoreAccess<ManageMembers>) -> Result<()> {
    if !store::lock(conn, access.organization(), access.store()).await? {
        return Err(Error::NotFound);
    }
    access::recheck(conn, access, Permission::ManageMembers).await
}
