//! What happened, and how much of it becomes one mail.
use crate::settings::FieldChange;
use model::{PersonId, StoreId};
use serde::{Deserialize, Serialize};

/// Things that one mail tells; it says how many more there were.
const MOST: usize = 100;
/// People named for one thing.
const NAMED: usize = 20;

/// What happened in a store.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub(crate) enum What {
    /// Settings of a section were changed.
    Settings {
        /// The section's key.
        section: String,
        /// The fields, with what they were before the first of these changes.
        changes: Vec<FieldChange>,
    },
    /// Somebody became a member.
    Joined {
        /// Who.
        person: PersonId,
        /// The code of their role.
        role: String,
    },
    /// Somebody is no longer a member.
    Removed {
        /// Who.
        person: PersonId,
    },
    /// A member has another role.
    RoleChanged {
        /// Who.
        person: PersonId,
        /// The code of the role so far.
        old: String,
        /// The code of the new one.
        new: String,
    },
    /// Nobody accepted an invitation in its time.
    InvitationExpired {
        /// The invited address.
        email: String,
    },
    /// The store was closed for everybody.
    Archived,
    /// The store was opened again.
    Restored,
}

impl What {
    /// What is collected in the same mail, within a store.
    pub(super) fn topic(&self) -> String {
        match self {
            What::Settings { section, .. } => format!("settings {section}"),
            What::Archived | What::Restored => "store".to_owned(),
            _ => "members".to_owned(),
        }
    }
}

/// One thing that happened.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Item {
    /// Where.
    pub(crate) store: StoreId,
    /// Who did it: persons' identifiers, or the program.
    pub(crate) by: Vec<String>,
    /// When it happened last.
    pub(crate) at: i64,
    /// What.
    #[serde(flatten)]
    pub(crate) what: What,
}

/// What a mail or a digest tells.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Body {
    pub(super) items: Vec<Item>,
    /// How much more happened than it lists.
    #[serde(default)]
    pub(super) more: i64,
    /// It is a digest of what happened since then.
    #[serde(default)]
    pub(super) since: Option<i64>,
}

impl Body {
    /// Adds what happened next. Changes of one section become one: what was before the first, and
    /// what is after the last; what was changed back is no change.
    pub(super) fn add(&mut self, item: Item) {
        let same = self.items.iter().position(|known| known.same_section(&item));
        match same {
            Some(index) => {
                let known = &mut self.items[index];
                known.merge(item);
                if matches!(&known.what, What::Settings { changes, .. } if changes.is_empty()) {
                    self.items.remove(index);
                }
            }
            None if self.items.len() >= MOST => self.more += 1,
            None => self.items.push(item),
        }
    }
}

impl Item {
    fn same_section(&self, other: &Item) -> bool {
        match (&self.what, &other.what) {
            (What::Settings { section, .. }, What::Settings { section: next, .. }) => {
                section == next && self.store == other.store
            }
            _ => false,
        }
    }

    fn merge(&mut self, next: Item) {
        self.at = next.at;
        for person in next.by {
            if !self.by.contains(&person) && self.by.len() < NAMED {
                self.by.push(person);
            }
        }
        let (What::Settings { changes, .. }, What::Settings { changes: new, .. }) =
            (&mut self.what, next.what)
        else {
            return;
        };
        for change in new {
            match changes.iter_mut().find(|known| known.field == change.field) {
                Some(known) => known.new = change.new,
                None => changes.push(change),
            }
        }
        changes.retain(|change| change.old != change.new);
    }
}
