//! What an operation answers to the form that asked for it. The same value reaches a browser that
//! runs wasm (as JSON) and one that does not (kept for the next page).
use crate::{check::Fault, text::Key};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A fault in one field of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// The field's name in the form.
    pub field: String,
    /// What is wrong with it.
    pub fault: Fault,
}

impl FieldError {
    /// `fault` in the field named `field`.
    pub fn new(field: impl Into<String>, fault: Fault) -> FieldError {
        FieldError { field: field.into(), fault }
    }
}

/// What a successful operation tells the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Notice {
    /// Settings were saved.
    Saved,
    /// An invitation is on its way.
    Invited,
    /// A member's store role was changed.
    RoleChanged,
    /// A member's role in the organization was changed.
    OrganizationRoleChanged,
    /// A member was removed from the store.
    MemberRemoved,
    /// An invitation was cancelled.
    InvitationCancelled,
    /// The person joined the store and should now sign in.
    JoinedPleaseSignIn,
    /// The person joined the store.
    Joined,
    /// The person is signed out.
    SignedOut,
    /// The audit log was checked; the page tells what was found.
    AuditChecked,
    /// The password was changed.
    PasswordChanged,
    /// A new password was set by a link of a mail.
    PasswordReset,
    /// A mail asks to confirm a new address.
    EmailAsked,
    /// The e-mail address was changed.
    EmailChanged,
    /// Sessions were ended.
    SessionsEnded,
    /// Two-factor sign-in was turned off.
    TwoFactorOff,
    /// A passkey was added.
    PasskeyAdded,
    /// A passkey was removed.
    PasskeyRemoved,
    /// A support ticket is on its way.
    TicketSent,
    /// A sample mail is on its way.
    TestSent,
    /// Settings are again what they were in an earlier version.
    PutBack,
}

impl Notice {
    /// Its text.
    pub const fn text(self) -> Key {
        match self {
            Notice::Saved => Key::NoticeSaved,
            Notice::Invited => Key::NoticeInvited,
            Notice::RoleChanged => Key::NoticeRoleChanged,
            Notice::OrganizationRoleChanged => Key::NoticeOrganizationRoleChanged,
            Notice::MemberRemoved => Key::NoticeMemberRemoved,
            Notice::InvitationCancelled => Key::NoticeInvitationCancelled,
            Notice::JoinedPleaseSignIn => Key::NoticeJoinedPleaseSignIn,
            Notice::Joined => Key::NoticeJoined,
            Notice::SignedOut => Key::NoticeSignedOut,
            Notice::AuditChecked => Key::NoticeAuditChecked,
            Notice::PasswordChanged => Key::NoticePasswordChanged,
            Notice::PasswordReset => Key::NoticePasswordReset,
            Notice::EmailAsked => Key::NoticeEmailAsked,
            Notice::EmailChanged => Key::NoticeEmailChanged,
            Notice::SessionsEnded => Key::NoticeSessionsEnded,
            Notice::TwoFactorOff => Key::NoticeTwoFactorOff,
            Notice::PasskeyAdded => Key::NoticePasskeyAdded,
            Notice::PasskeyRemoved => Key::NoticePasskeyRemoved,
            Notice::TicketSent => Key::NoticeTicketSent,
            Notice::TestSent => Key::NoticeTestSent,
            Notice::PutBack => Key::NoticePutBack,
        }
    }
}

/// Why a well-formed request was refused by a rule; nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// E-mail or password is wrong; deliberately does not say which.
    WrongCredentials,
    /// Too many attempts; try again in a while.
    TooManyAttempts,
    /// A store keeps at least one Administrator.
    LastAdministrator,
    /// The person is a member of the store already.
    AlreadyMember,
    /// The person has a pending invitation to the store already.
    AlreadyInvited,
    /// The link was used already.
    LinkUsed,
    /// The link has expired.
    LinkExpired,
    /// No such link was ever sent, or it was cancelled.
    LinkUnknown,
    /// The invitation is for another person than the one signed in.
    OtherPerson,
    /// The member or invitation has gone or changed in the meantime.
    Gone,
    /// The form could not be read as it was sent.
    Malformed,
    /// The browser has no passkey for this, or the person did not want to use it.
    PasskeyNotUsed,
    /// The rule would keep out who makes it.
    LocksYouOut,
    /// The rule would keep out everybody who could take it back.
    LocksEverybodyOut,
    /// The address is on the list already.
    AlreadyListed,
    /// There is no single sign-on that leads on.
    NoSingleSignOn,
    /// The provider of single sign-on does not answer as it should.
    ProviderFailed,
    /// The person must prove again who they are before this.
    ConfirmIdentity,
    /// Nobody gives or takes what allows more than they may themselves.
    NotYoursToGive,
    /// Too much time passed between the steps of a sign-in.
    StepExpired,
    /// The passkey is none that this person has here.
    PasskeyUnknown,
    /// An organization of the person demands two-factor sign-in.
    TwoFactorDemanded,
    /// The Owner stays: only passing the ownership on changes that.
    OwnerStays,
    /// Nobody suspends themselves or decides when their own membership ends.
    OwnAccess,
    /// An Owner is neither suspended nor leaves at a set time.
    NeedsLastingMember,
    /// Somebody has this role: say which one they get instead.
    RoleInUse,
    /// The organization has as many roles as it may have.
    TooManyRoles,
    /// It affects others: whom, is to be looked at and confirmed first.
    ConfirmChange,
    /// The organization has sent as many invitations as it may send in a day.
    InvitationLimit,
    /// The membership that was offered has ended by now, or the organization no longer invites this
    /// address: a reminder would offer what nobody may have.
    InvitationOutdated,
    /// The settings were saved again since the preview of what should be put back.
    SettingsChanged,
}

impl Refusal {
    /// Its text.
    pub const fn text(self) -> Key {
        match self {
            Refusal::WrongCredentials => Key::RefusalWrongCredentials,
            Refusal::TooManyAttempts => Key::RefusalTooManyAttempts,
            Refusal::LastAdministrator => Key::RefusalLastAdministrator,
            Refusal::AlreadyMember => Key::RefusalAlreadyMember,
            Refusal::AlreadyInvited => Key::RefusalAlreadyInvited,
            Refusal::LinkUsed => Key::RefusalLinkUsed,
            Refusal::LinkExpired => Key::RefusalLinkExpired,
            Refusal::LinkUnknown => Key::RefusalLinkUnknown,
            Refusal::OtherPerson => Key::RefusalOtherPerson,
            Refusal::Gone => Key::RefusalGone,
            Refusal::Malformed => Key::RefusalMalformed,
            Refusal::PasskeyNotUsed => Key::RefusalPasskeyNotUsed,
            Refusal::LocksYouOut => Key::RefusalLocksYouOut,
            Refusal::LocksEverybodyOut => Key::RefusalLocksEverybodyOut,
            Refusal::AlreadyListed => Key::RefusalAlreadyListed,
            Refusal::NoSingleSignOn => Key::RefusalNoSingleSignOn,
            Refusal::ProviderFailed => Key::RefusalProviderFailed,
            Refusal::ConfirmIdentity => Key::RefusalConfirmIdentity,
            Refusal::NotYoursToGive => Key::RefusalNotYoursToGive,
            Refusal::StepExpired => Key::RefusalStepExpired,
            Refusal::PasskeyUnknown => Key::RefusalPasskeyUnknown,
            Refusal::TwoFactorDemanded => Key::RefusalTwoFactorDemanded,
            Refusal::OwnerStays => Key::RefusalOwnerStays,
            Refusal::OwnAccess => Key::RefusalOwnAccess,
            Refusal::NeedsLastingMember => Key::RefusalNeedsLastingMember,
            Refusal::RoleInUse => Key::RefusalRoleInUse,
            Refusal::TooManyRoles => Key::RefusalTooManyRoles,
            Refusal::ConfirmChange => Key::RefusalConfirmChange,
            Refusal::InvitationLimit => Key::RefusalInvitationLimit,
            Refusal::InvitationOutdated => Key::RefusalInvitationOutdated,
            Refusal::SettingsChanged => Key::RefusalSettingsChanged,
        }
    }
}

/// One field that somebody else changed since the person loaded the form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConflictField {
    /// The field's key in its section.
    pub field: String,
    /// The person's form has what it was loaded with: only the other side changed it.
    pub untouched: bool,
    /// The field's visible name.
    pub label: String,
    /// What the person wants to save, as people read it.
    pub mine_shown: String,
    /// What is stored now, as people read it.
    pub theirs_shown: String,
    /// The name of who changed it last.
    pub by: String,
    /// When, as text in the reader's language and time zone.
    pub at: String,
}

/// A stale save: nothing was stored, here is what the other side did (R6).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Conflict {
    /// The version that is stored now; the merged save names it.
    pub version: i64,
    /// The fields that differ, in the section's order.
    pub fields: Vec<ConflictField>,
}

/// The answer to a form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It is done and durable.
    Done {
        /// What to tell the person, if anything.
        notice: Option<Notice>,
        /// Where to go next: a path of this site.
        location: String,
        /// Whether the browser must load that page anew (language, session, permissions changed).
        reload: bool,
    },
    /// Fields are wrong: all of them, at once.
    Invalid {
        /// The faults.
        errors: Vec<FieldError>,
    },
    /// A rule refused it.
    Refused {
        /// Which rule.
        refusal: Refusal,
    },
    /// Somebody else saved first.
    Stale {
        /// Both sides.
        conflict: Box<Conflict>,
    },
}

/// A form's values by field name, without secrets: what comes back when a plain form was refused.
pub type Input = BTreeMap<String, String>;

impl Outcome {
    /// Done; go to `location` without loading the page anew.
    pub fn done(notice: Notice, location: impl Into<String>) -> Outcome {
        Outcome::Done { notice: Some(notice), location: location.into(), reload: false }
    }

    /// Refused by `refusal`.
    pub fn refused(refusal: Refusal) -> Outcome {
        Outcome::Refused { refusal }
    }
}
