use super::{Permission, PermissionSet};
use crate::{RoleId, text::Key};
use serde::{Deserialize, Serialize};

/// Another name for [`StoreRole`]: the roles that every organization has.
pub type Preset = StoreRole;

/// A role of a person in a store that every organization has and none can change (C-19, C-20, 2.12).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StoreRole {
    /// Views and edits the store's options, and has access to every other part of it.
    Administrator,
    /// Has access to the store's parts but may neither view nor edit its options.
    Marketer,
    /// Runs the store day by day, without its members and without taking contacts out.
    Manager,
    /// Looks and changes nothing.
    Analyst,
    /// Plans and sends campaigns.
    Coordinator,
    /// Makes what campaigns consist of.
    ContentCreator,
}

impl StoreRole {
    /// Every role, in the order in which people choose from them.
    pub const ALL: [StoreRole; 6] = [
        StoreRole::Administrator,
        StoreRole::Marketer,
        StoreRole::Manager,
        StoreRole::Analyst,
        StoreRole::Coordinator,
        StoreRole::ContentCreator,
    ];

    /// What it allows.
    pub const fn permissions(self) -> PermissionSet {
        use Permission as P;
        const SETTINGS: PermissionSet =
            PermissionSet::of(&[P::ViewSettings, P::EditSettings, P::ManageMembers]);
        match self {
            StoreRole::Administrator => PermissionSet::ALL,
            StoreRole::Marketer => PermissionSet::ALL.without(SETTINGS),
            StoreRole::Manager => PermissionSet::ALL
                .without(PermissionSet::of(&[P::ManageMembers, P::ExportContacts])),
            StoreRole::Analyst => {
                PermissionSet::of(&[P::ViewStore, P::ViewSalesResults, P::ViewContacts])
            }
            StoreRole::Coordinator => PermissionSet::of(&[
                P::ViewStore,
                P::ViewContacts,
                P::EditCampaigns,
                P::SendCampaigns,
                P::EditContent,
            ]),
            StoreRole::ContentCreator => {
                PermissionSet::of(&[P::ViewStore, P::EditCampaigns, P::EditContent])
            }
        }
    }

    /// Whether it holds `permission`.
    pub const fn allows(self, permission: Permission) -> bool {
        self.permissions().contains(permission)
    }

    /// Its name in the database, in forms and in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            StoreRole::Administrator => "administrator",
            StoreRole::Marketer => "marketer",
            StoreRole::Manager => "manager",
            StoreRole::Analyst => "analyst",
            StoreRole::Coordinator => "coordinator",
            StoreRole::ContentCreator => "content_creator",
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
            StoreRole::Manager => Key::RoleManager,
            StoreRole::Analyst => Key::RoleAnalyst,
            StoreRole::Coordinator => Key::RoleCoordinator,
            StoreRole::ContentCreator => Key::RoleContentCreator,
        }
    }

    /// What it allows, in a sentence.
    pub const fn description(self) -> Key {
        match self {
            StoreRole::Administrator => Key::RoleAdministratorHelp,
            StoreRole::Marketer => Key::RoleMarketerHelp,
            StoreRole::Manager => Key::RoleManagerHelp,
            StoreRole::Analyst => Key::RoleAnalystHelp,
            StoreRole::Coordinator => Key::RoleCoordinatorHelp,
            StoreRole::ContentCreator => Key::RoleContentCreatorHelp,
        }
    }
}

/// A role in a store: a preset's code or the identifier of a custom role, in the same column.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RoleRef {
    /// One that every organization has.
    Preset(StoreRole),
    /// One that the organization made.
    Custom(RoleId),
}

impl RoleRef {
    /// Its name in the database and in forms.
    pub fn code(&self) -> &str {
        match self {
            RoleRef::Preset(preset) => preset.code(),
            RoleRef::Custom(id) => id.as_str(),
        }
    }

    /// The role with this code. Whether the organization has such a custom role is not known here.
    pub fn from_code(code: &str) -> Option<RoleRef> {
        let preset = StoreRole::from_code(code).map(RoleRef::Preset);
        preset.or_else(|| code.parse().ok().map(RoleRef::Custom))
    }

    /// Whether it is the preset that a store must always have somebody of.
    pub fn is_administrator(&self) -> bool {
        *self == StoreRole::Administrator
    }
}

impl From<StoreRole> for RoleRef {
    fn from(preset: StoreRole) -> RoleRef {
        RoleRef::Preset(preset)
    }
}

impl PartialEq<StoreRole> for RoleRef {
    fn eq(&self, preset: &StoreRole) -> bool {
        matches!(self, RoleRef::Preset(own) if own == preset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn presets_allow_what_their_names_say() {
        use Permission as P;
        for permission in Permission::ALL {
            assert!(StoreRole::Administrator.allows(permission));
            let settings = [P::ViewSettings, P::EditSettings, P::ManageMembers];
            assert_eq!(StoreRole::Marketer.allows(permission), !settings.contains(&permission));
        }
        for preset in StoreRole::ALL {
            assert!(preset.allows(P::ViewStore));
            assert_eq!(RoleRef::from_code(preset.code()), Some(preset.into()));
            assert_eq!(preset.allows(P::ManageMembers), preset == StoreRole::Administrator);
        }
        assert!(!StoreRole::ContentCreator.allows(P::ViewSalesResults));
        let own = RoleId::from_u128(7);
        assert_eq!(RoleRef::from_code(own.as_str()), Some(RoleRef::Custom(own)));
        assert_eq!(RoleRef::from_code("owner"), None);
    }
}
