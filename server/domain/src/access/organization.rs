use super::{SignedIn, service::enter, store as sql};
use crate::{Domain, Error, Result, db::Conn, people};
use model::{
    OrganizationId, PersonId,
    access::{OrganizationPermission, OrganizationRole},
};
use std::{marker::PhantomData, ops::Deref};

/// A permission that an [`OrganizationAccess`] proves.
pub trait OrganizationNeed: Send + Sync + 'static {
    /// Which.
    const PERMISSION: OrganizationPermission;
}

macro_rules! needs {
    ($($name:ident),+ $(,)?) => { $(
        #[doc = concat!("Proves [`OrganizationPermission::", stringify!($name), "`].")]
        #[derive(Clone, Copy, Debug)]
        pub struct $name;
        impl OrganizationNeed for $name {
            const PERMISSION: OrganizationPermission = OrganizationPermission::$name;
        }
    )+ };
}
needs!(
    ViewOrganization,
    EditInformation,
    ManageStores,
    ManageStoreSettings,
    ManageOrganizationMembers,
    ManageRoles,
    ManageSecurity,
    ViewAudit,
);

/// A person's membership in an organization; what all kinds of access to it have in common.
#[derive(Clone, Debug)]
pub struct OrganizationMembership {
    organization: OrganizationId,
    name: String,
    role: OrganizationRole,
    ends_at: Option<i64>,
    signed_in: SignedIn,
}

impl OrganizationMembership {
    /// The organization.
    pub fn organization(&self) -> &OrganizationId {
        &self.organization
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The person's role in it.
    pub fn role(&self) -> OrganizationRole {
        self.role
    }

    /// When the membership ends, if it does.
    pub fn ends_at(&self) -> Option<i64> {
        self.ends_at
    }

    /// Who it is.
    pub fn signed_in(&self) -> &SignedIn {
        &self.signed_in
    }

    /// The person's identifier: the actor in the audit log.
    pub fn person(&self) -> &PersonId {
        &self.signed_in.person.id
    }
}

/// Proof that a person holds the permission `P` in an organization. Only [`organization`] makes
/// one.
#[derive(Clone, Debug)]
pub struct OrganizationAccess<P> {
    membership: OrganizationMembership,
    proves: PhantomData<P>,
}

impl<P> Deref for OrganizationAccess<P> {
    type Target = OrganizationMembership;
    fn deref(&self) -> &OrganizationMembership {
        &self.membership
    }
}

/// Access to `organization` with the permission `P`.
///
/// # Errors
/// [`Error::NotFound`] where the person is no active member of the organization,
/// [`Error::ForbiddenInOrganization`] where their role lacks the permission.
pub async fn organization<P: OrganizationNeed>(
    domain: &Domain,
    signed_in: &SignedIn,
    organization: &OrganizationId,
) -> Result<OrganizationAccess<P>> {
    let membership = membership(domain, signed_in, organization).await?;
    demand(membership.role, P::PERMISSION)?;
    Ok(OrganizationAccess { membership, proves: PhantomData })
}

pub(super) async fn membership(
    domain: &Domain,
    signed_in: &SignedIn,
    organization: &OrganizationId,
) -> Result<OrganizationMembership> {
    let now = domain.now();
    let read = async |conn: &mut Conn<'_>| Ok(load(conn, signed_in, organization, now).await);
    domain.db.read(read).await?
}

async fn load(
    conn: &mut Conn<'_>,
    signed_in: &SignedIn,
    organization: &OrganizationId,
    now: i64,
) -> Result<OrganizationMembership> {
    let row = sql::organization(conn, organization, &signed_in.person.id, now).await?;
    let row = row.ok_or(Error::NotFound)?;
    enter(conn, signed_in, organization, row.demanding, now).await?;
    Ok(OrganizationMembership {
        organization: organization.clone(),
        role: people::organization_role(&row.role)?,
        name: row.name,
        ends_at: row.ends_at,
        signed_in: signed_in.clone(),
    })
}

/// Checks again, inside the transaction of a change, that the actor still holds `permission`.
///
/// # Errors
/// As [`organization`].
pub(crate) async fn recheck_organization(
    domain: &Domain,
    conn: &mut Conn<'_>,
    access: &OrganizationMembership,
    permission: OrganizationPermission,
) -> Result<()> {
    let now = load(conn, &access.signed_in, &access.organization, domain.now()).await?;
    demand(now.role, permission)
}

/// Whether a person holds `permission` at this moment, for what is done in their name while they
/// are not there: a work of many steps that they have started.
///
/// # Errors
/// Faults of the database only.
pub(crate) async fn holds_in_organization(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    person: &PersonId,
    permission: OrganizationPermission,
    now: i64,
) -> Result<bool> {
    let row = sql::organization(conn, organization, person, now).await?;
    let role = row.map(|row| people::organization_role(&row.role)).transpose()?;
    Ok(role.is_some_and(|role| role.allows(permission)))
}

pub(super) fn demand(role: OrganizationRole, permission: OrganizationPermission) -> Result<()> {
    let forbidden = Error::ForbiddenInOrganization(permission);
    if role.allows(permission) { Ok(()) } else { Err(forbidden) }
}
