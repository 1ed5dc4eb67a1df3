//! What actions are called. One that is not in the table is shown by its code.
use model::text::{Key, Texts};

/// A group of actions that people look for together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Who signed in and out.
    SignIn,
    /// The own account: name, address, password, second factor.
    Account,
    /// Members and invitations.
    Members,
    /// Roles and what they allow.
    Roles,
    /// Stores of the organization.
    Stores,
    /// Values of settings, with their images.
    Settings,
    /// How the organization protects itself.
    Security,
    /// The organization as a whole, and what the program did by itself.
    Organization,
}

impl Kind {
    /// Every kind, in the order of the filter.
    pub const ALL: [Kind; 8] = [
        Kind::Settings,
        Kind::Members,
        Kind::Roles,
        Kind::Stores,
        Kind::Security,
        Kind::SignIn,
        Kind::Account,
        Kind::Organization,
    ];

    /// Its name in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Kind::SignIn => "sign-in",
            Kind::Account => "account",
            Kind::Members => "members",
            Kind::Roles => "roles",
            Kind::Stores => "stores",
            Kind::Settings => "settings",
            Kind::Security => "security",
            Kind::Organization => "organization",
        }
    }

    /// The kind with this name.
    pub fn from_code(code: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Its visible name.
    pub const fn label(self) -> Key {
        match self {
            Kind::SignIn => Key::AuditKindSignIn,
            Kind::Account => Key::AuditKindAccount,
            Kind::Members => Key::AuditKindMembers,
            Kind::Roles => Key::AuditKindRoles,
            Kind::Stores => Key::AuditKindStores,
            Kind::Settings => Key::AuditKindSettings,
            Kind::Security => Key::AuditKindSecurity,
            Kind::Organization => Key::AuditKindOrganization,
        }
    }
}

/// What the action of a refused attempt ends in.
const REFUSED: &str = ".refused";

/// Every action with its kind and what was done.
#[rustfmt::skip]
const ACTIONS: &[(&str, Kind, Key)] = &[
    ("settings.save", Kind::Settings, Key::AuditActSettingsSave),
    ("image.upload", Kind::Settings, Key::AuditActImageUpload),
    ("member.invite", Kind::Members, Key::AuditActMemberInvite),
    ("member.remove", Kind::Members, Key::AuditActMemberRemove),
    ("member.role.change", Kind::Members, Key::AuditActMemberRoleChange),
    ("invitation.accept", Kind::Members, Key::AuditActInvitationAccept),
    ("invitation.cancel", Kind::Members, Key::AuditActInvitationCancel),
    ("invitation.role.change", Kind::Members, Key::AuditActInvitationRoleChange),
    ("session.sign_in", Kind::SignIn, Key::AuditActSessionSignIn),
    ("session.sign_out", Kind::SignIn, Key::AuditActSessionSignOut),
    ("person.language.change", Kind::Account, Key::AuditActPersonLanguageChange),
    ("person.theme.change", Kind::Account, Key::AuditActPersonThemeChange),
    ("registration.request", Kind::Account, Key::AuditActRegistrationRequest),
    ("registration.known_address", Kind::Account, Key::AuditActRegistrationKnownAddress),
    ("registration.confirm", Kind::Organization, Key::AuditActRegistrationConfirm),
    ("demo.fill", Kind::Organization, Key::AuditActDemoFill),
    ("audit.adopt", Kind::Organization, Key::AuditActAuditAdopt),
];

/// The actions of a kind, refused attempts included.
pub(super) fn actions(kind: Kind) -> impl Iterator<Item = &'static str> {
    ACTIONS.iter().filter(move |row| row.1 == kind).map(|row| row.0)
}

/// What was done, in words; the code of an action without any.
pub(super) fn sentence(t: Texts, action: &str) -> String {
    let find = |action: &str| ACTIONS.iter().find(|row| row.0 == action).map(|row| t.get(row.2));
    match (find(action), action.strip_suffix(REFUSED)) {
        (Some(text), _) => text.to_owned(),
        (None, Some(attempt)) => {
            t.fill(Key::AuditRefused, &[("what", find(attempt).unwrap_or(attempt))])
        }
        (None, None) => action.to_owned(),
    }
}

/// The visible name of a value in an entry; its own name where it has none.
pub(super) fn field(t: Texts, name: &str) -> String {
    let key = match name {
        "name" | "store_name" => Key::AuditFieldName,
        "email" => Key::AuditFieldEmail,
        "role" | "store_role" | "organization_role" => Key::AuditFieldRole,
        "who" | "person" => Key::AuditFieldPerson,
        "new_person" => Key::AuditFieldNewPerson,
        "replaced" => Key::AuditFieldReplaced,
        "live" => Key::AuditFieldLive,
        "language" => Key::AuditFieldLanguage,
        "theme" => Key::AuditFieldTheme,
        "store" => Key::AuditFieldStore,
        "stores" => Key::AuditFieldStores,
        "organization" => Key::AuditFieldOrganization,
        "people" => Key::AuditFieldPeople,
        "permissions" => Key::AuditFieldPermissions,
        "ends_at" | "expires_at" | "ends" | "expires" => Key::AuditFieldEnds,
        "reason" => Key::AuditFieldReason,
        "address" | "addresses" | "network" => Key::AuditFieldAddress,
        "label" => Key::AuditFieldLabel,
        "status" | "state" => Key::AuditFieldStatus,
        "" => Key::AuditFieldValue,
        _ => return name.replace('_', " "),
    };
    t.get(key).to_owned()
}
