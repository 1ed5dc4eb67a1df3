use super::{Membership, Need, SectionAccess, SectionEdit, SignedIn, StoreAccess, store as sql};
use crate::{Domain, Error, Result, db::Conn, people};
use model::{
    StoreId,
    access::{Permission, StoreRole},
    settings::Section,
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
    demand(membership.role, P::PERMISSION)?;
    Ok(StoreAccess { membership, proves: PhantomData })
}

/// Access to see `section` of `store`.
///
/// # Errors
/// As [`store`], for the section's own permission.
pub async fn section_view(
    domain: &Domain,
    signed_in: &SignedIn,
    store: &StoreId,
    section: &'static Section,
) -> Result<SectionAccess> {
    let membership = membership(domain, signed_in, store).await?;
    demand(membership.role, section.view)?;
    let editable = membership.role.allows(section.edit);
    Ok(SectionAccess { membership, section, editable })
}

/// Access to change `section` of `store`.
///
/// # Errors
/// As [`store`], for the section's own permission.
pub async fn section_edit(
    domain: &Domain,
    signed_in: &SignedIn,
    store: &StoreId,
    section: &'static Section,
) -> Result<SectionEdit> {
    let membership = membership(domain, signed_in, store).await?;
    demand(membership.role, section.edit)?;
    Ok(SectionEdit { membership, section })
}

async fn membership(domain: &Domain, signed_in: &SignedIn, store: &StoreId) -> Result<Membership> {
    let person = &signed_in.person.id;
    let row = domain.db.read(async |conn| sql::membership(conn, store, person).await).await?;
    let row = row.ok_or(Error::NotFound)?;
    Ok(Membership {
        store: store.clone(),
        organization: people::id(row.organization_id)?,
        store_name: row.store_name,
        role: people::role(&row.role)?,
        signed_in: signed_in.clone(),
    })
}

/// Checks again, inside the transaction of a change, that the actor still holds `permission`:
/// between the page's check and the change somebody may have demoted or removed them.
///
/// # Errors
/// As [`store`].
pub(crate) async fn recheck(
    conn: &mut Conn<'_>,
    access: &Membership,
    permission: Permission,
) -> Result<()> {
    let row = sql::membership(conn, &access.store, access.person()).await?;
    demand(people::role(&row.ok_or(Error::NotFound)?.role)?, permission)
}

fn demand(role: StoreRole, permission: Permission) -> Result<()> {
    if role.allows(permission) { Ok(()) } else { Err(Error::Forbidden(permission)) }
}
