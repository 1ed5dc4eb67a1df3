use crate::text::Key;
use serde::{Deserialize, Serialize};

/// The standing of a person in an organization (C-26).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrganizationRole {
    /// Exactly one person: whom the organization belongs to.
    Owner,
    /// Manages the organization, its stores, members and roles.
    Administrator,
    /// Works in some of its stores.
    Member,
}

impl OrganizationRole {
    /// Every role.
    pub const ALL: [OrganizationRole; 3] =
        [OrganizationRole::Owner, OrganizationRole::Administrator, OrganizationRole::Member];

    /// What it allows.
    pub const fn allows(self, permission: OrganizationPermission) -> bool {
        match self {
            OrganizationRole::Owner | OrganizationRole::Administrator => true,
            OrganizationRole::Member => {
                matches!(permission, OrganizationPermission::ViewOrganization)
            }
        }
    }

    /// Whether it manages the organization.
    pub const fn manages(self) -> bool {
        !matches!(self, OrganizationRole::Member)
    }

    /// Its name in the database and in forms.
    pub const fn code(self) -> &'static str {
        match self {
            OrganizationRole::Owner => "owner",
            OrganizationRole::Administrator => "administrator",
            OrganizationRole::Member => "member",
        }
    }

    /// The role with this code.
    pub fn from_code(code: &str) -> Option<OrganizationRole> {
        OrganizationRole::ALL.into_iter().find(|role| role.code() == code)
    }

    /// Its visible name.
    pub const fn label(self) -> Key {
        match self {
            OrganizationRole::Owner => Key::OrganizationRoleOwner,
            OrganizationRole::Administrator => Key::OrganizationRoleAdministrator,
            OrganizationRole::Member => Key::OrganizationRoleMember,
        }
    }

    /// What it allows, in a sentence.
    pub const fn description(self) -> Key {
        match self {
            OrganizationRole::Owner => Key::OrganizationRoleOwnerHelp,
            OrganizationRole::Administrator => Key::OrganizationRoleAdministratorHelp,
            OrganizationRole::Member => Key::OrganizationRoleMemberHelp,
        }
    }
}

/// One thing that a role in an organization allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrganizationPermission {
    /// See that it exists, and the own membership.
    ViewOrganization,
    /// See and change its name, address and the like.
    EditInformation,
    /// Register, archive and restore stores.
    ManageStores,
    /// Lock settings of the stores, and apply settings to many of them.
    ManageStoreSettings,
    /// Invite, change and remove members.
    ManageOrganizationMembers,
    /// Make, change and delete custom roles.
    ManageRoles,
    /// Decide how people sign in.
    ManageSecurity,
    /// Read the audit log.
    ViewAudit,
}
