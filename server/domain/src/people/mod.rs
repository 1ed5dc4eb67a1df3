//! What the slices about people share: the rows of people, organizations, stores and memberships,
//! and how a name is folded for search and sorting.
mod fold;
mod store;

pub(crate) use fold::{fold, pattern};
pub(crate) use store::{
    NewPerson, NewStore, PersonRow, any, by_email, insert, insert_organization, insert_store,
    join_organization, join_store,
};

use crate::{Error, Result};
use model::{InvalidId, access::StoreRole};

/// The role of who created an organization.
pub(crate) const OWNER: &str = "owner";
/// The role of everybody else in an organization.
pub(crate) const MEMBER: &str = "member";

/// The identifier in a stored text.
pub(crate) fn id<T: TryFrom<String, Error = InvalidId>>(text: String) -> Result<T> {
    T::try_from(text).map_err(|_| Error::Corrupt("an identifier of another kind".to_owned()))
}

/// The role with a stored code.
pub(crate) fn role(code: &str) -> Result<StoreRole> {
    StoreRole::from_code(code).ok_or_else(|| Error::Corrupt(format!("store role {code}")))
}
