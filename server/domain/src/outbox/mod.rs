//! Effects that leave the system. A row is written in the transaction of the change that asks for
//! it; workers, any number in any number of processes, then deliver it at least once.
mod deliver;
mod mailer;
mod news;
mod store;
#[cfg(test)]
mod tests;
mod worker;

pub use deliver::deliver_due;
pub use mailer::{Mailer, MailerError};
pub use news::SecurityNews;
pub(crate) use news::tell;
pub use worker::run;

use crate::{
    Domain,
    db::{self, Conn},
};
use model::{
    EmailChangeId, InvitationId, NotificationId, OrganizationId, OutboxId, PersonId,
    RegistrationId, ResetId, StoreId, TicketId, text::Lang,
};
use serde::{Deserialize, Serialize};

pub(crate) use store::recent;

/// Something to be done outside. It names what it is about and holds no secret: what a mail says
/// is made at delivery, tokens included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Effect {
    /// Invites somebody to a store.
    InvitationMail {
        /// The invitation.
        invitation: InvitationId,
        /// The language to write in.
        lang: Lang,
    },
    /// Asks to confirm a sign-up.
    ConfirmationMail {
        /// The sign-up.
        registration: RegistrationId,
        /// The language to write in.
        lang: Lang,
    },
    /// Tells a member that an organization will demand a second factor.
    TwoFactorMail {
        /// The organization.
        organization: OrganizationId,
        /// The member.
        person: PersonId,
        /// The language to write in.
        lang: Lang,
    },
    /// Tells a person who signs up again that they have an account.
    KnownAddressMail {
        /// The person.
        person: PersonId,
        /// The language to write in.
        lang: Lang,
    },
    /// Lets a person set a new password.
    ResetMail {
        /// The request.
        reset: ResetId,
        /// The language to write in.
        lang: Lang,
    },
    /// Asks a new e-mail address to confirm that it is the person's.
    NewEmailMail {
        /// The change.
        change: EmailChangeId,
        /// The language to write in.
        lang: Lang,
    },
    /// Tells the old e-mail address of a change.
    OldEmailMail {
        /// The change.
        change: EmailChangeId,
        /// It has taken place, not only been asked for.
        done: bool,
        /// The language to write in.
        lang: Lang,
    },
    /// Tells a person what happened to their account.
    SecurityMail {
        /// The person.
        person: PersonId,
        /// What happened.
        news: SecurityNews,
        /// The language to write in.
        lang: Lang,
    },
    /// Tells of changes in a store, or of several.
    NotificationMail {
        /// What it tells and whom.
        notification: NotificationId,
        /// The language to write in.
        lang: Lang,
    },
    /// Shows a person what such a mail looks like.
    SampleMail {
        /// The store.
        store: StoreId,
        /// The person.
        person: PersonId,
        /// The language to write in.
        lang: Lang,
    },
    /// Puts a question to the specialists of a store.
    TicketMail {
        /// The question.
        ticket: TicketId,
        /// It is the copy for who asked.
        copy: bool,
        /// The language to write in.
        lang: Lang,
    },
    /// Warns a member that their membership in an organization ends soon.
    MembershipEndsMail {
        /// The organization.
        organization: OrganizationId,
        /// The member.
        person: PersonId,
        /// The language to write in.
        lang: Lang,
    },
}

impl Effect {
    /// The name of its kind in the database.
    fn kind(&self) -> &'static str {
        match self {
            Effect::InvitationMail { .. } => "invitation_mail",
            Effect::ConfirmationMail { .. } => "confirmation_mail",
            Effect::TwoFactorMail { .. } => "two_factor_mail",
            Effect::KnownAddressMail { .. } => "known_address_mail",
            Effect::ResetMail { .. } => "reset_mail",
            Effect::NewEmailMail { .. } => "new_email_mail",
            Effect::OldEmailMail { .. } => "old_email_mail",
            Effect::SecurityMail { .. } => "security_mail",
            Effect::MembershipEndsMail { .. } => "membership_ends_mail",
            Effect::NotificationMail { .. } => "notification_mail",
            Effect::SampleMail { .. } => "sample_mail",
            Effect::TicketMail { .. } => "ticket_mail",
        }
    }
}

/// Effects that are due and that no worker has taken yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Due {
    /// How many; never more than [`DUE_MOST`].
    pub effects: i64,
    /// For how long the first of them has been, in milliseconds.
    pub late: i64,
}

/// How far [`due`] counts.
pub const DUE_MOST: i64 = 10_000;

/// What waits for delivery now.
///
/// # Errors
/// Faults of the database only.
pub async fn due(domain: &Domain) -> crate::Result<Due> {
    let now = domain.now();
    let row = domain.db.read(async |conn| store::due(conn, now, DUE_MOST).await).await?;
    Ok(Due { effects: row.n, late: row.since.map_or(0, |since| now - since) })
}

/// Puts an effect into the outbox, in the transaction of the change that asks for it.
pub async fn enqueue(
    domain: &Domain,
    conn: &mut Conn<'_>,
    effect: &Effect,
) -> db::Result<OutboxId> {
    enqueue_at(domain, conn, effect, domain.now()).await
}

/// As [`enqueue`], to be delivered from `due` on.
pub(crate) async fn enqueue_at(
    domain: &Domain,
    conn: &mut Conn<'_>,
    effect: &Effect,
    due: i64,
) -> db::Result<OutboxId> {
    let id = OutboxId::from_u128(domain.id_bits());
    let payload = serde_json::to_string(effect).map_err(|e| sqlx::Error::Encode(e.into()))?;
    store::insert(conn, &id, effect.kind(), &payload, (domain.now(), due)).await?;
    domain.outbox.notify_one();
    Ok(id)
}
