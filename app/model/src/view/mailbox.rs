use crate::OutboxId;
use serde::{Deserialize, Serialize};

/// A mail in the demo mailbox's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailSummary {
    /// The outbox row it was made from.
    pub id: OutboxId,
    /// Recipient.
    pub to: String,
    /// Subject.
    pub subject: String,
    /// When it was written, as text.
    pub at: String,
}

/// One mail of the demo mailbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailView {
    /// What the list says of it.
    pub summary: MailSummary,
    /// Its text part.
    pub text: String,
    /// The address its button leads to.
    pub link: Option<String>,
    /// What the button says.
    pub button: String,
    /// How the store looks whose mail it is.
    pub brand: Option<MailBrand>,
}

/// A store's look in one of its mails.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailBrand {
    /// The address of the style sheet with its colours.
    pub styles: String,
    /// Its logo as a `data:` address.
    pub logo: Option<String>,
    /// The store's name.
    pub name: String,
}
