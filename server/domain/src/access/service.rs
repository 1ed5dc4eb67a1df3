use super::{Membership, Need, SignedIn, StoreAccess, store as sql};
use crate::{Domain, Error, Result, db::Conn, gate, people, roles};
use model::{
    OrganizationId, StoreId,
    access::{Permission, PermissionSet, RoleRef},
};
use std::marker::PhantomData;

/// Access to `store` with the permission `P`.
///
/// # Errors
/// [`Error::NotFound`] where the person is no member of the store, [`Error::Forbidden`] where
/// their role lacks the permission (C-02, C-19, C-20).
pub async fn store<P: Need>(
    domain: &Domain,
    signed_in: &SignedIn,
    store: &StoreId,
) -> Result<StoreAccess<P>> {
    let membership = membership(domain, signed_in, store).await?;
    demand(membership.permissions, P::PERMISSION)?;
    Ok(StoreAccess { membership, proves: PhantomData })
}

pub(super) async fn membership(
    domain: &Domain,
    signed_in: &SignedIn,
    store: &StoreId,
) -> Result<Membership> {
    let now = domain.now();
    domain.db.read(async |conn| Ok(load(conn, signed_in, store, now).await)).await?
}

/// The membership as it is at this moment: not of an archived store, not while suspended, not
/// after its end. A custom role allows what it allows now.
async fn load(
    conn: &mut Conn<'_>,
    signed_in: &SignedIn,
    store: &StoreId,
    now: i64,
) -> Result<Membership> {
    let row = sql::membership(conn, store, &signed_in.person.id, now).await?;
    let row = row.ok_or(Error::NotFound)?;
    let organization = people::id(row.organization_id)?;
    enter(conn, signed_in, &organization, row.demanding, now).await?;
    let role = people::role(&row.role)?;
    Ok(Membership {
        store: store.clone(),
        organization,
        store_name: row.store_name,
        permissions: effective(&role, row.permissions.as_deref())?,
        role,
        role_name: row.role_name,
        signed_in: signed_in.clone(),
    })
}

/// What a role allows; `stored` is what a custom role does, as its row has it. One that is gone
/// allows nothing.
pub(crate) fn effective(role: &RoleRef, stored: Option<&str>) -> Result<PermissionSet> {
    match (role, stored) {
        (RoleRef::Preset(preset), _) => Ok(preset.permissions()),
        (RoleRef::Custom(_), Some(stored)) => roles::permissions(stored),
        (RoleRef::Custom(_), None) => Ok(PermissionSet::EMPTY),
    }
}

/// The one place that every way into an organization and its stores passes, also again inside the
/// transaction of a change: here belongs what the organization itself demands of who enters.
/// Nothing more is asked of an organization that demands nothing.
pub(super) async fn enter(
    conn: &mut Conn<'_>,
    signed_in: &SignedIn,
    organization: &OrganizationId,
    demanding: bool,
    now: i64,
) -> Result<()> {
    // What one organization has opened never enters another, whatever that one demands.
    let other_door = signed_in.method.organization().is_some_and(|own| own != organization);
    if demanding || other_door {
        gate::check(conn, signed_in, organization, now).await?;
    }
    Ok(())
}

/// Checks again, inside the transaction of a change, that the actor still holds `permission`:
/// between the page's check and the change somebody may have demoted or removed them.
///
/// # Errors
/// As [`store`].
pub(crate) async fn recheck(
    domain: &Domain,
    conn: &mut Conn<'_>,
    access: &Membership,
    permission: Permission,
) -> Result<()> {
    let now = load(conn, &access.signed_in, &access.store, domain.now()).await?;
    demand(now.permissions, permission)
}

pub(super) fn demand(permissions: PermissionSet, permission: Permission) -> Result<()> {
    if permissions.contains(permission) { Ok(()) } else { Err(Error::Forbidden(permission)) }
}
