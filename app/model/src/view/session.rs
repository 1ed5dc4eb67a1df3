use crate::{InvitationId, OrganizationId, StoreId, access::OrganizationRole};
use serde::{Deserialize, Serialize};

/// The colours a person wants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the device is set.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// Every theme, in the order in which people choose from them.
    pub const ALL: [Theme; 3] = [Theme::System, Theme::Light, Theme::Dark];

    /// Its name in the database, in forms and in `<html data-theme>`.
    pub const fn code(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// The theme with this code.
    pub fn from_code(code: &str) -> Option<Theme> {
        Theme::ALL.into_iter().find(|theme| theme.code() == code)
    }
}

/// A store as the organization and store selector lists it (C-03).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoreEntry {
    /// The store.
    pub id: StoreId,
    /// Its name.
    pub name: String,
    /// Whether the person may open its settings: shows the gear (C-02).
    pub configurable: bool,
}

/// An organization that the person belongs to, with those of its stores that the person belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganizationEntry {
    /// The organization.
    pub id: OrganizationId,
    /// Its name.
    pub name: String,
    /// The person's role in it.
    pub role: OrganizationRole,
    /// The stores, by name.
    pub stores: Vec<StoreEntry>,
}

/// The signed-in person as the console's frame shows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewer {
    /// First and last name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Colours.
    pub theme: Theme,
    /// Where the person belongs to.
    pub organizations: Vec<OrganizationEntry>,
}

/// A store's home page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoreHome {
    /// Its name.
    pub name: String,
    /// The name of its organization.
    pub organization: String,
    /// The address of its shop, if known.
    pub url: String,
    /// Its logo's address, if it has one.
    pub logo: Option<String>,
    /// Postal address, a line each; empty if not yet entered.
    pub address: Vec<String>,
    /// What time it is there: "Nov 21, 2026, 14:05 (Europe/Madrid)".
    pub local_time: String,
    /// The name of the person's own role.
    pub role: String,
    /// What it allows.
    pub role_help: String,
    /// Whether they may open its settings.
    pub configurable: bool,
    /// Names and e-mails of the Administrators to ask for access, at most five.
    pub administrators: Vec<(String, String)>,
}

/// An invitation as its acceptance page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationView {
    /// The invitation.
    pub id: InvitationId,
    /// The name of the store; of the organization, where it is not to exactly one store.
    pub store: String,
    /// The names of all stores, and of the roles there.
    pub stores: Vec<(String, String)>,
    /// The organization's name.
    pub organization: String,
    /// Whom it is for.
    pub email: String,
    /// The name of the role it gives.
    pub role: String,
    /// Who sent it.
    pub invited_by: String,
    /// Whether the address belongs to a person who has a password already.
    pub known: bool,
    /// The e-mail of another person who is signed in on this browser.
    pub signed_in_as: Option<String>,
    /// The address of the style sheet with the colours that its store has chosen.
    pub styles: Option<String>,
    /// Whether its store has a logo.
    pub logo: bool,
}
