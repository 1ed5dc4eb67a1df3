use crate::{panel::Choice, settings::Document};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Who changed a section last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastChange {
    /// The person's name.
    pub by: String,
    /// When, as text.
    pub at: String,
}

/// A section's page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SectionView {
    /// The version these values have; a save names it.
    pub version: i64,
    /// The stored values, defaults filled in.
    pub values: Document,
    /// The choices of each select field, by field key.
    pub choices: BTreeMap<String, Vec<Choice>>,
    /// Who changed it last; `None` if nobody has yet.
    pub last_change: Option<LastChange>,
    /// Whether the person may save.
    pub editable: bool,
}
