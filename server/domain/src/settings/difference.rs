use model::settings::{Document, Section, Value};
use serde::{Deserialize, Serialize};

/// One field of a change, as the history keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// The field's key.
    pub field: String,
    /// What it was.
    pub old: Value,
    /// What it is since.
    pub new: Value,
}

/// The fields in which `new` differs from `old`, in the section's order. Both are complete.
pub fn differences(section: &Section, old: &Document, new: &Document) -> Vec<FieldChange> {
    let changed = section.fields().filter_map(|field| {
        let (old, new) = (old.get(field.key)?, new.get(field.key)?);
        (old != new).then(|| FieldChange {
            field: field.key.to_owned(),
            old: old.clone(),
            new: new.clone(),
        })
    });
    changed.collect()
}
