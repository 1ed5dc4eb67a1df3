//! Whom the settings name for an event.
use super::What;
use model::settings::Notifications;

/// Who is written to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Audience {
    pub(super) administrators: bool,
    pub(super) addresses: bool,
}

impl Audience {
    fn of_code(code: &str) -> Audience {
        Audience {
            administrators: matches!(code, "administrators" | "both"),
            addresses: matches!(code, "addresses" | "both"),
        }
    }

    /// Who is told of an event at once.
    pub(super) fn of(settings: &Notifications, what: &What) -> Audience {
        Audience::of_code(match what {
            What::Settings { .. } => &settings.settings_changed,
            What::Joined { .. } => &settings.member_joined,
            What::Removed { .. } => &settings.member_removed,
            What::RoleChanged { .. } => &settings.role_changed,
            What::InvitationExpired { .. } => &settings.invitation_expired,
            What::Archived | What::Restored => &settings.store_archived,
        })
    }

    /// Who gets the digest; nobody where there is none.
    pub(super) fn of_digest(settings: &Notifications) -> Audience {
        match settings.digest.as_str() {
            "daily" | "weekly" => Audience::of_code(&settings.digest_to),
            _ => Audience::default(),
        }
    }

    /// Nobody at all.
    pub(super) fn nobody(self) -> bool {
        self == Audience::default()
    }
}
