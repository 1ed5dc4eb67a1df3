use crate::text::Key;
use serde::{Deserialize, Serialize};

/// Permissions that people think of together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PermissionGroup {
    /// The store as such.
    Store,
    /// Its settings.
    Settings,
    /// Its members.
    Members,
    /// What it sells.
    Results,
    /// The people it writes to.
    Contacts,
    /// What it sends.
    Campaigns,
    /// What campaigns are made of.
    Content,
}

impl PermissionGroup {
    /// Every group, in the order in which people see them.
    pub const ALL: [PermissionGroup; 7] = {
        use PermissionGroup as G;
        [G::Store, G::Settings, G::Members, G::Results, G::Contacts, G::Campaigns, G::Content]
    };

    /// Its visible name.
    pub const fn label(self) -> Key {
        match self {
            PermissionGroup::Store => Key::PermissionGroupStore,
            PermissionGroup::Settings => Key::PermissionGroupSettings,
            PermissionGroup::Members => Key::PermissionGroupMembers,
            PermissionGroup::Results => Key::PermissionGroupResults,
            PermissionGroup::Contacts => Key::PermissionGroupContacts,
            PermissionGroup::Campaigns => Key::PermissionGroupCampaigns,
            PermissionGroup::Content => Key::PermissionGroupContent,
        }
    }

    /// What belongs to it.
    pub fn permissions(self) -> impl Iterator<Item = Permission> {
        Permission::ALL.into_iter().filter(move |permission| permission.group() == self)
    }
}

/// Declares the permissions: variant, code, group, label, description.
macro_rules! permissions {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $group:ident, $label:ident, $help:ident;)+) => {
        /// One thing that a role in a store allows.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Permission { $($(#[$doc])* $name),+ }

        impl Permission {
            /// Every permission, in the order in which people see them.
            pub const ALL: [Permission; [$($code),+].len()] = [$(Permission::$name),+];

            /// Its name in the database and in forms; never changed once shipped.
            pub const fn code(self) -> &'static str {
                match self { $(Permission::$name => $code),+ }
            }

            /// Where people look for it.
            pub const fn group(self) -> PermissionGroup {
                match self { $(Permission::$name => PermissionGroup::$group),+ }
            }

            /// Its visible name.
            pub const fn label(self) -> Key {
                match self { $(Permission::$name => Key::$label),+ }
            }

            /// What it allows, in a sentence.
            pub const fn description(self) -> Key {
                match self { $(Permission::$name => Key::$help),+ }
            }
        }
    };
}
permissions! {
    /// See that the store exists and its home page.
    ViewStore = "view_store", Store, PermissionViewStore, PermissionViewStoreHelp;
    /// Open the store's settings (C-19, C-20).
    ViewSettings = "view_settings", Settings, PermissionViewSettings, PermissionViewSettingsHelp;
    /// Change the store's settings.
    EditSettings = "edit_settings", Settings, PermissionEditSettings, PermissionEditSettingsHelp;
    /// Invite, change the role of and remove members.
    ManageMembers = "manage_members", Members, PermissionManageMembers, PermissionManageMembersHelp;
    /// See what the store sells; who lacks it may not see sales results (O-21).
    ViewSalesResults = "view_sales_results", Results, PermissionViewSalesResults, PermissionViewSalesResultsHelp;
    /// See the people that the store writes to.
    ViewContacts = "view_contacts", Contacts, PermissionViewContacts, PermissionViewContactsHelp;
    /// Take them out of the console as a file.
    ExportContacts = "export_contacts", Contacts, PermissionExportContacts, PermissionExportContactsHelp;
    /// Write campaigns and plan them.
    EditCampaigns = "edit_campaigns", Campaigns, PermissionEditCampaigns, PermissionEditCampaignsHelp;
    /// Send campaigns to people.
    SendCampaigns = "send_campaigns", Campaigns, PermissionSendCampaigns, PermissionSendCampaignsHelp;
    /// Make texts, pictures and templates.
    EditContent = "edit_content", Content, PermissionEditContent, PermissionEditContentHelp;
}

impl Permission {
    /// The permission with this code.
    pub fn from_code(code: &str) -> Option<Permission> {
        Permission::ALL.into_iter().find(|permission| permission.code() == code)
    }
}
