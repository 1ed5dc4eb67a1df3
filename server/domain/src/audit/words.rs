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
    ("policy.set", Kind::Settings, Key::AuditActPolicySet),
    ("policy.change", Kind::Settings, Key::AuditActPolicyChange),
    ("policy.remove", Kind::Settings, Key::AuditActPolicyRemove),
    ("batch.start", Kind::Settings, Key::AuditActBatchStart),
    ("batch.undo", Kind::Settings, Key::AuditActBatchUndo),
    ("image.upload", Kind::Settings, Key::AuditActImageUpload),
    ("member.invite", Kind::Members, Key::AuditActMemberInvite),
    ("member.remove", Kind::Members, Key::AuditActMemberRemove),
    ("member.role.change", Kind::Members, Key::AuditActMemberRoleChange),
    ("invitation.accept", Kind::Members, Key::AuditActInvitationAccept),
    ("invitation.cancel", Kind::Members, Key::AuditActInvitationCancel),
    ("invitation.role.change", Kind::Members, Key::AuditActInvitationRoleChange),
    ("organization.member.invite", Kind::Members, Key::AuditActOrganizationMemberInvite),
    ("organization.member.remove", Kind::Members, Key::AuditActOrganizationMemberRemove),
    ("organization.member.leave", Kind::Members, Key::AuditActOrganizationMemberLeave),
    ("organization.member.suspend", Kind::Members, Key::AuditActOrganizationMemberSuspend),
    ("organization.member.resume", Kind::Members, Key::AuditActOrganizationMemberResume),
    ("organization.member.role", Kind::Members, Key::AuditActOrganizationMemberRole),
    ("organization.member.store", Kind::Members, Key::AuditActOrganizationMemberStore),
    ("organization.member.end", Kind::Members, Key::AuditActOrganizationMemberEnd),
    ("organization.member.expire", Kind::Members, Key::AuditActOrganizationMemberExpire),
    ("organization.invitation.cancel", Kind::Members, Key::AuditActOrganizationInvitationCancel),
    ("organization.invitation.resend", Kind::Members, Key::AuditActOrganizationInvitationResend),
    ("organization.transfer", Kind::Organization, Key::AuditActOrganizationTransfer),
    ("role.create", Kind::Roles, Key::AuditActRoleCreate),
    ("role.change", Kind::Roles, Key::AuditActRoleChange),
    ("role.delete", Kind::Roles, Key::AuditActRoleDelete),
    ("store.register", Kind::Stores, Key::AuditActStoreRegister),
    ("store.archive", Kind::Stores, Key::AuditActStoreArchive),
    ("store.restore", Kind::Stores, Key::AuditActStoreRestore),
    ("address.add", Kind::Security, Key::AuditActAddressAdd),
    ("address.remove", Kind::Security, Key::AuditActAddressRemove),
    ("address.exempt", Kind::Security, Key::AuditActAddressExempt),
    ("security.addresses", Kind::Security, Key::AuditActSecurityAddresses),
    ("security.invitation_domains", Kind::Security, Key::AuditActSecurityInvitationDomains),
    ("security.sessions", Kind::Security, Key::AuditActSecuritySessions),
    ("security.shop_sign_in", Kind::Security, Key::AuditActSecurityShopSignIn),
    ("security.single_sign_on", Kind::Security, Key::AuditActSecuritySingleSignOn),
    ("security.two_factor", Kind::Security, Key::AuditActSecurityTwoFactor),
    ("security.unlock", Kind::Security, Key::AuditActSecurityUnlock),
    ("shop_secret.make", Kind::Security, Key::AuditActShopSecretMake),
    ("single_sign_on.join", Kind::Members, Key::AuditActSingleSignOnJoin),
    ("single_sign_on.link", Kind::Security, Key::AuditActSingleSignOnLink),
    ("single_sign_on.unlink", Kind::Security, Key::AuditActSingleSignOnUnlink),
    ("session.confirm", Kind::SignIn, Key::AuditActSessionConfirm),
    ("session.revoke", Kind::SignIn, Key::AuditActSessionRevoke),
    ("session.revoke_others", Kind::SignIn, Key::AuditActSessionRevokeOthers),
    ("password.change", Kind::Account, Key::AuditActPasswordChange),
    ("password.reset", Kind::Account, Key::AuditActPasswordReset),
    ("password.reset.request", Kind::Account, Key::AuditActPasswordResetRequest),
    ("person.email.request", Kind::Account, Key::AuditActPersonEmailRequest),
    ("person.email.change", Kind::Account, Key::AuditActPersonEmailChange),
    ("person.profile.change", Kind::Account, Key::AuditActPersonProfileChange),
    ("passkey.add", Kind::Account, Key::AuditActPasskeyAdd),
    ("passkey.rename", Kind::Account, Key::AuditActPasskeyRename),
    ("passkey.remove", Kind::Account, Key::AuditActPasskeyRemove),
    ("two_factor.turn_on", Kind::Account, Key::AuditActTwoFactorTurnOn),
    ("two_factor.turn_off", Kind::Account, Key::AuditActTwoFactorTurnOff),
    ("two_factor.codes.renew", Kind::Account, Key::AuditActTwoFactorCodesRenew),
    ("session.sign_in", Kind::SignIn, Key::AuditActSessionSignIn),
    ("session.sign_out", Kind::SignIn, Key::AuditActSessionSignOut),
    ("person.language.change", Kind::Account, Key::AuditActPersonLanguageChange),
    ("person.theme.change", Kind::Account, Key::AuditActPersonThemeChange),
    ("registration.request", Kind::Account, Key::AuditActRegistrationRequest),
    ("registration.known_address", Kind::Account, Key::AuditActRegistrationKnownAddress),
    ("registration.confirm", Kind::Organization, Key::AuditActRegistrationConfirm),
    ("demo.fill", Kind::Organization, Key::AuditActDemoFill),
    ("audit.adopt", Kind::Organization, Key::AuditActAuditAdopt),
    ("notification.test", Kind::Settings, Key::AuditActNotificationTest),
    ("ticket.open", Kind::Stores, Key::AuditActTicketOpen),
    ("ticket.close", Kind::Stores, Key::AuditActTicketClose),
    ("help.vote", Kind::Stores, Key::AuditActHelpVote),
    ("localization.adopt", Kind::Organization, Key::AuditActLocalizationAdopt),
];

/// The actions of a kind, refused attempts included.
pub(super) fn actions(kind: Kind) -> impl Iterator<Item = String> {
    let own = ACTIONS.iter().filter(move |row| row.1 == kind).map(|row| row.0);
    own.flat_map(|action| [action.to_owned(), format!("{action}{REFUSED}")])
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
        "method" => Key::AuditFieldMethod,
        "codes" | "recovery_codes" => Key::AuditFieldCodes,
        "ended" | "ended_sessions" => Key::AuditFieldEnded,
        "issuer" => Key::AuditFieldIssuer,
        "exempt" => Key::AuditFieldExempt,
        "time_zone" => Key::AuditFieldTimeZone,
        "currency" => Key::LocalizationCurrency,
        "first_name" => Key::AuditFieldFirstName,
        "last_name" => Key::AuditFieldLastName,
        "phone" => Key::AuditFieldPhone,
        "domains" => Key::AuditFieldDomains,
        "" => Key::AuditFieldValue,
        _ => return name.replace('_', " "),
    };
    t.get(key).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{collections::BTreeSet, fs, path::Path};

    /// What looks like an action in the sources below `folder`.
    fn written(folder: &Path, found: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            if path.is_dir() && !name.starts_with("test") {
                written(&path, found);
            } else if name.ends_with(".rs") && name != "tests.rs" && name != "words.rs" {
                let text = fs::read_to_string(&path).unwrap();
                let words = text.split('"').filter(|word| word.contains('.'));
                let plain = |c: char| c.is_ascii_lowercase() || c == '_' || c == '.';
                found.extend(words.filter(|word| word.chars().all(plain)).map(str::to_owned));
            }
        }
    }

    #[test]
    fn every_action_has_words() {
        let rooms: BTreeSet<&str> =
            ACTIONS.iter().filter_map(|row| Some(row.0.split_once('.')?.0)).collect();
        let mut found = BTreeSet::new();
        written(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
        let lacking = found.iter().filter(|action| {
            let room = action.split('.').next().unwrap_or_default();
            let known = action.strip_suffix(REFUSED).unwrap_or(action);
            rooms.contains(room) && !ACTIONS.iter().any(|row| row.0 == known)
        });
        let lacking: Vec<&String> = lacking.collect();
        assert!(lacking.is_empty(), "name them in ACTIONS and in texts/*/audit.toml: {lacking:?}");
    }
}
