//! Permission as a value: without one of these nobody can call a use case, so there is no check
//! to forget. What a person may not know about is [`Error::NotFound`]; what a person may see but
//! not do is [`Error::Forbidden`].
mod method;
mod organization;
mod section;
mod service;
mod store;
#[cfg(test)]
mod tests;

pub use method::{CONFIRMED_FOR, Method};
pub use organization::{
    EditInformation, ManageOrganizationMembers, ManageRoles, ManageSecurity, ManageStoreSettings,
    ManageStores, OrganizationAccess, OrganizationMembership, OrganizationNeed, ViewAudit,
    ViewOrganization, organization,
};
pub(crate) use organization::{holds_in_organization, recheck_organization};
pub use section::{SectionAccess, SectionEdit, section_edit, section_view, section_views};
pub(crate) use section::{recheck_section, recheck_section_view};
pub use service::store;
pub(crate) use service::{effective, recheck};

#[cfg(doc)]
use crate::Error;
use crate::{context::Origin, roles};
use model::{
    OrganizationId, PersonId, SessionId, StoreId,
    access::{Permission, PermissionSet, RoleRef},
    text::{Lang, Texts},
    view::Theme,
};
use std::{marker::PhantomData, ops::Deref};

/// A person as every page needs them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub id: PersonId,
    /// Their e-mail address, trimmed and in lower case.
    pub email: String,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// The language they chose.
    pub language: Lang,
    /// The colours they chose.
    pub theme: Theme,
    /// The IANA zone in which they read times; empty where they chose none.
    pub time_zone: String,
}

impl Person {
    /// First and last name.
    pub fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name).trim().to_owned()
    }
}

/// A person with a live session, and where this request of theirs comes from.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Who.
    pub person: Person,
    /// The session that the request belongs to.
    pub session: SessionId,
    /// How the session was opened.
    pub method: Method,
    /// When the session was opened, in Unix milliseconds.
    pub opened_at: i64,
    /// When the person last proved who they are, in Unix milliseconds.
    pub confirmed_at: i64,
    /// The longest pause since then, in milliseconds.
    pub pause: i64,
    /// One of the person's organizations, always the same one: what they ask for counts as its share
    /// of what the server can do.
    pub organization: Option<OrganizationId>,
    /// Whether the person's password is asked for together with a second factor. A passkey counts
    /// as two factors by itself: see [`Method::is_strong`].
    pub second_factor: bool,
    /// Where the request comes from.
    pub origin: Origin,
}

/// A permission that a [`StoreAccess`] proves.
pub trait Need: Send + Sync + 'static {
    /// Which.
    const PERMISSION: Permission;
}

macro_rules! needs {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name;
        impl Need for $name {
            const PERMISSION: Permission = Permission::$name;
        }
    )+ };
}
needs! {
    /// Proves [`Permission::ViewStore`].
    ViewStore,
    /// Proves [`Permission::ViewSettings`].
    ViewSettings,
    /// Proves [`Permission::EditSettings`].
    EditSettings,
    /// Proves [`Permission::ManageMembers`].
    ManageMembers,
}

/// A person's membership in a store; what all kinds of access have in common.
#[derive(Clone, Debug)]
pub struct Membership {
    store: StoreId,
    organization: OrganizationId,
    store_name: String,
    role: RoleRef,
    /// The name of a custom role.
    role_name: Option<String>,
    permissions: PermissionSet,
    signed_in: SignedIn,
}

impl Membership {
    /// The store.
    pub fn store(&self) -> &StoreId {
        &self.store
    }

    /// The organization that owns it.
    pub fn organization(&self) -> &OrganizationId {
        &self.organization
    }

    /// The store's name.
    pub fn store_name(&self) -> &str {
        &self.store_name
    }

    /// The person's role in the store.
    pub fn role(&self) -> RoleRef {
        self.role.clone()
    }

    /// The visible name of that role.
    pub fn role_name(&self, t: Texts) -> String {
        roles::name(&self.role, self.role_name.as_deref(), t)
    }

    /// What the role allows.
    pub fn permissions(&self) -> PermissionSet {
        self.permissions
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

/// Proof that a person holds the permission `P` in a store. Only [`store`] makes one.
#[derive(Clone, Debug)]
pub struct StoreAccess<P> {
    membership: Membership,
    proves: PhantomData<P>,
}

impl<P> Deref for StoreAccess<P> {
    type Target = Membership;
    fn deref(&self) -> &Membership {
        &self.membership
    }
}
