//! What the slices about people share: the rows of people, organizations, stores and memberships,
//! and how a name is folded for search and sorting.
mod pattern;
mod store;

pub(crate) use model::search::fold;
pub(crate) use pattern::pattern;
pub(crate) use store::{
    NewPerson, NewStore, PersonRow, any, by_email, end_membership, insert, insert_organization,
    insert_store, join_organization, join_store, leave_stores, lock_organization, names,
};

use crate::{Error, Result};
use model::{
    InvalidId,
    access::{OrganizationRole, RoleRef},
};

/// The identifier in a stored text.
pub(crate) fn id<T: TryFrom<String, Error = InvalidId>>(text: String) -> Result<T> {
    T::try_from(text).map_err(|_| Error::Corrupt("an identifier of another kind".to_owned()))
}

/// The store role with a stored code.
pub(crate) fn role(code: &str) -> Result<RoleRef> {
    RoleRef::from_code(code).ok_or_else(|| Error::Corrupt(format!("store role {code}")))
}

/// The organization role with a stored code.
pub(crate) fn organization_role(code: &str) -> Result<OrganizationRole> {
    let role = OrganizationRole::from_code(code);
    role.ok_or_else(|| Error::Corrupt(format!("organization role {code}")))
}
