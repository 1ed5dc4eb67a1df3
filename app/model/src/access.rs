//! Who may do what: permissions, and the roles that hold them.
use crate::text::Key;
use serde::{Deserialize, Serialize};

/// One thing that a role allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Permission {
    /// See that the store exists and its home page.
    ViewStore,
    /// Open the store's settings (C-19, C-20).
    ViewSettings,
    /// Change the store's settings.
    EditSettings,
    /// Invite, change the role of and remove members.
    ManageMembers,
}

/// A role of a person in a store (C-19, C-20).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StoreRole {
    /// Views and edits the store's options, and has access to every other part of it.
    Administrator,
    /// Has access to the store's parts but may neither view nor edit its options.
    Marketer,
}

impl StoreRole {
    /// Every role, in the order in which people choose from them.
    pub const ALL: [StoreRole; 2] = [StoreRole::Administrator, StoreRole::Marketer];

    /// What it allows.
    pub const fn permissions(self) -> &'static [Permission] {
        use Permission as P;
        match self {
            StoreRole::Administrator => {
                &[P::ViewStore, P::ViewSettings, P::EditSettings, P::ManageMembers]
            }
            StoreRole::Marketer => &[P::ViewStore],
        }
    }

    /// Whether it holds `permission`.
    pub fn allows(self, permission: Permission) -> bool {
        self.permissions().contains(&permission)
    }

    /// Its name in the database, in forms and in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            StoreRole::Administrator => "administrator",
            StoreRole::Marketer => "marketer",
        }
    }

    /// The role with this code.
    pub fn from_code(code: &str) -> Option<StoreRole> {
        StoreRole::ALL.into_iter().find(|role| role.code() == code)
    }

    /// Its visible name.
    pub const fn label(self) -> Key {
        match self {
            StoreRole::Administrator => Key::RoleAdministrator,
            StoreRole::Marketer => Key::RoleMarketer,
        }
    }

    /// What it allows, in a sentence.
    pub const fn description(self) -> Key {
        match self {
            StoreRole::Administrator => Key::RoleAdministratorHelp,
            StoreRole::Marketer => Key::RoleMarketerHelp,
        }
    }
}
