//! What a batch does, and what it kept of a store. Nothing here touches the database.
use super::super::{FieldChange, policy::Rule};
use crate::{Error, Result};
use model::{
    BatchId, FieldError, PolicyId, StoreId,
    settings::{Document, Section, Value, sections},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// What is done in each store of a batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Task {
    /// It gets these values.
    Apply {
        /// The store that they came from.
        source: StoreId,
        /// Its name.
        name: String,
        /// The values as they were then.
        parts: Vec<Part>,
    },
    /// A field gets a value that a lock allows.
    Lock {
        /// The lock.
        policy: PolicyId,
        /// The section's key.
        section: String,
        /// The field's key.
        field: String,
        /// What the lock allows.
        rule: Rule,
        /// What it gets where several values are allowed.
        instead: Option<Value>,
    },
    /// It gets back what another batch has changed.
    Undo {
        /// The other batch.
        batch: BatchId,
    },
}

/// Values of a section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// The section's key.
    pub section: String,
    /// The values, by field.
    pub values: Document,
}

/// What became of a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// It is its turn later.
    Waiting,
    /// All of it was written.
    Applied,
    /// There was nothing to write.
    Nothing,
    /// Its values would not have been valid; nothing was written.
    Refused,
    /// Who started the batch may no longer do this.
    Forbidden,
    /// It was archived.
    Gone,
    /// It could not be done for a reason of ours.
    Failed,
}

impl State {
    /// Every state.
    pub const ALL: [State; 7] = [
        State::Waiting,
        State::Applied,
        State::Nothing,
        State::Refused,
        State::Forbidden,
        State::Gone,
        State::Failed,
    ];

    /// Its name in the database.
    pub const fn code(self) -> &'static str {
        match self {
            State::Waiting => "waiting",
            State::Applied => "applied",
            State::Nothing => "nothing",
            State::Refused => "refused",
            State::Forbidden => "forbidden",
            State::Gone => "gone",
            State::Failed => "failed",
        }
    }

    /// The state with this name.
    pub fn read(code: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// What a batch did in a store, and why not more.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Report {
    /// What was changed, by section.
    pub changes: Vec<(String, Vec<FieldChange>)>,
    /// What was left because somebody has changed it since: section and field.
    pub left: Vec<(String, String)>,
    /// What would have been wrong: section and fault.
    pub faults: Vec<(String, FieldError)>,
}

/// A section as it should be.
pub(super) struct Wanted {
    pub(super) section: &'static Section,
    pub(super) document: Document,
    /// Fields that stay as somebody else has changed them.
    pub(super) left: Vec<String>,
}

/// The section of stores with this key.
pub(super) fn section(key: &str) -> Option<&'static Section> {
    sections().find(|section| section.key == key)
}

impl Task {
    /// The sections that it is about; `undone` is what the batch that is taken back did.
    pub(super) fn sections(&self, undone: &Report) -> Vec<&'static Section> {
        let keys: Vec<&str> = match self {
            Task::Apply { parts, .. } => parts.iter().map(|part| part.section.as_str()).collect(),
            Task::Lock { section, .. } => vec![section],
            Task::Undo { .. } => undone.changes.iter().map(|(key, _)| key.as_str()).collect(),
        };
        keys.into_iter().filter_map(section).collect()
    }

    /// A section as this task wants it, where it is `current` now.
    pub(super) fn wanted(
        &self,
        section: &'static Section,
        current: &Document,
        undone: &Report,
    ) -> Wanted {
        let (mut document, mut left) = (current.clone(), Vec::new());
        match self {
            Task::Apply { parts, .. } => {
                let values = parts.iter().filter(|part| part.section == section.key);
                for (key, value) in values.flat_map(|part| &part.values) {
                    if section.field(key).is_some() {
                        document.insert(key.clone(), value.clone());
                    }
                }
            }
            Task::Lock { field, rule, instead, .. } => {
                if let Some(value) = document.get_mut(field) {
                    *value = rule.adjusted(value, instead.as_ref());
                }
            }
            Task::Undo { .. } => {
                let done = undone.changes.iter().filter(|(key, _)| key == section.key);
                for change in done.flat_map(|(_, changes)| changes) {
                    match document.get_mut(&change.field) {
                        Some(value) if *value == change.new => value.clone_from(&change.old),
                        _ => left.push(change.field.clone()),
                    }
                }
            }
        }
        Wanted { section, document, left }
    }
}

/// Stored JSON.
pub(super) fn read<T: DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| Error::Corrupt(format!("a batch: {error}")))
}

/// As it is stored.
pub(super) fn write(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Error::Corrupt(format!("a batch: {error}")))
}
