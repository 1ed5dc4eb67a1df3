use crate::{
    access::Permission,
    settings::{Field, Group, Item, Kind, Opt, Scope, section},
    text::Key,
};

/// Whom an event is mailed to.
const AUDIENCES: &[Opt] = &[
    Opt { value: "nobody", label: Key::NotificationsNobody },
    Opt { value: "administrators", label: Key::NotificationsAdministrators },
    Opt { value: "addresses", label: Key::NotificationsListed },
    Opt { value: "both", label: Key::NotificationsBoth },
];

const DIGESTS: &[Opt] = &[
    Opt { value: "off", label: Key::NotificationsDigestOff },
    Opt { value: "daily", label: Key::NotificationsDigestDaily },
    Opt { value: "weekly", label: Key::NotificationsDigestWeekly },
];

/// An event; nobody is mailed about it until somebody wants that.
const fn event(key: &'static str, label: Key) -> Field {
    Field::new(key, Kind::Choice(AUDIENCES), label)
        .required()
        .default("nobody")
        .half()
        .words(Key::NotificationsWords)
}

section! {
    /// Which events in a store mail whom.
    pub struct Notifications {
        key: "notifications", group: Group::General, icon: "bell",
        scope: Scope::Store { view: Permission::ViewSettings, edit: Permission::EditSettings },
        title: Key::NotificationsTitle, intro: Key::NotificationsIntro, help: Key::HelpNotifications,
    }
    Key::NotificationsEvents => {
        /// Who is mailed when settings change.
        settings_changed: String = event("settings_changed", Key::NotificationsSettingsChanged)
            .help(Key::NotificationsSettingsChangedHelp);
        /// Who is mailed when somebody becomes a member.
        member_joined: String = event("member_joined", Key::NotificationsMemberJoined);
        /// Who is mailed when somebody no longer is one.
        member_removed: String = event("member_removed", Key::NotificationsMemberRemoved);
        /// Who is mailed when a member gets another role.
        role_changed: String = event("role_changed", Key::NotificationsRoleChanged);
        /// Who is mailed when nobody accepted an invitation in time.
        invitation_expired: String = event("invitation_expired", Key::NotificationsInvitationExpired);
        /// Who is mailed when the store is archived or restored.
        store_archived: String = event("store_archived", Key::NotificationsStoreArchived);
    }
    Key::NotificationsSummary => {
        /// How often a digest is mailed, if at all.
        digest: String = Field::new("digest", Kind::Choice(DIGESTS), Key::NotificationsDigest).required()
            .default("off").half().help(Key::NotificationsDigestHelp).words(Key::NotificationsWords);
        /// Who gets the digest.
        digest_to: String = Field::new("digest_to", Kind::Choice(AUDIENCES), Key::NotificationsDigestTo).required()
            .default("administrators").half();
        /// The hour at which it is mailed, in the store's time zone.
        digest_hour: i64 = Field::new("digest_hour", Kind::Number { min: 0, max: 23 }, Key::NotificationsDigestHour)
            .required().default("8").half().help(Key::NotificationsDigestHourHelp);
    }
    Key::NotificationsRecipients => {
        /// Addresses that are mailed besides, or instead of, the Administrators.
        addresses: Vec<String> = Field::new("addresses", Kind::Tags(Item::Email), Key::NotificationsAddresses)
            .help(Key::NotificationsAddressesHelp).words(Key::NotificationsWords);
    }
}
