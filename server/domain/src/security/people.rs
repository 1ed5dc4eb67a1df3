//! Whom a demand concerns.
use super::store::{self, MemberRow};
use crate::{
    Domain, Result,
    access::{ManageSecurity, OrganizationAccess},
    people,
};
use model::{PersonId, access::OrganizationRole};

/// A member whom a demand concerns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Affected {
    /// Who.
    pub person: PersonId,
    /// First and last name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Their role in the organization.
    pub role: OrganizationRole,
}

impl Affected {
    fn read(row: MemberRow) -> Result<Affected> {
        Ok(Affected {
            person: people::id(row.person_id)?,
            name: format!("{} {}", row.first_name, row.last_name).trim().to_owned(),
            email: row.email,
            role: people::organization_role(&row.role)?,
        })
    }
}

/// The members who have no second factor, by name.
///
/// # Errors
/// Faults of the database only.
pub async fn without_second_factor(
    domain: &Domain,
    access: &OrganizationAccess<ManageSecurity>,
) -> Result<Vec<Affected>> {
    let now = domain.now();
    let read = async |conn: &mut crate::db::Conn<'_>| {
        store::without_second_factor(conn, access.organization(), now).await
    };
    domain.db.read(read).await?.into_iter().map(Affected::read).collect()
}
