use crate::{panel::Choice, settings::Document};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Who changed a section last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastChange {
    /// The version that this made.
    pub version: i64,
    /// The person's name.
    pub by: String,
    /// When, as text.
    pub at: String,
}

/// What is to be said of a field besides its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldNote {
    /// Its default, as people read it.
    pub default: String,
    /// It holds something else than its default.
    pub modified: bool,
    /// Who changed it last; `None` where nobody has, or only before this was kept.
    pub changed: Option<LastChange>,
    /// By whom it is locked and why, if it is.
    pub locked: Option<String>,
    /// There is nothing to choose: the lock allows one value, which is the one in the view.
    pub fixed: bool,
    /// The smallest and the largest number that the lock allows.
    pub range: Option<(i64, i64)>,
}

/// A section's page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SectionView {
    /// The version these values have; a save names it.
    pub version: i64,
    /// The stored values, defaults filled in; of a secret only whether there is one.
    pub values: Document,
    /// The choices of each field that has some, by field key; of a list's columns by column key.
    pub choices: BTreeMap<String, Vec<Choice>>,
    /// What is to be said of each field.
    pub notes: BTreeMap<String, FieldNote>,
    /// Who changed it last; `None` if nobody has yet.
    pub last_change: Option<LastChange>,
    /// Whether the person may save.
    pub editable: bool,
}
