//! Settings as a file (TOML) of a store or a whole organization: written with explanations, read
//! with the place of each fault, applied in one transaction or not at all.
//!
//! What a file says is tried by making the very change and taking it back: so a preview knows of
//! every rule that applying it meets.
mod apply;
mod export;
mod read;
mod secret;
mod store;
mod survey;
#[cfg(test)]
mod tests;

pub use apply::{Answer, Find, apply, preview};
pub use export::export;
pub use secret::{Found, Reference};
pub use survey::{Who, editable};

use serde::{Deserialize, Serialize};

/// The version of the file's format, which it names.
const FORMAT: i64 = 1;

/// What is wrong with a file, and where.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Fault {
    /// The line, counted from 1.
    pub line: usize,
    /// The character in it, counted from 1.
    pub column: usize,
    /// A sentence that says what is wrong. It holds no secret.
    pub text: String,
}

/// One setting that a file changes, as people read it; secrets are masked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The identifier of the store or organization.
    pub scope: String,
    /// Its name.
    pub place: String,
    /// The section's key.
    pub section: String,
    /// The section's name.
    pub section_name: String,
    /// The field's key.
    pub field: String,
    /// The field's name.
    pub field_name: String,
    /// What is stored.
    pub old: String,
    /// What the file says.
    pub new: String,
}

/// What a file changes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// The settings, in the order of an export.
    pub changes: Vec<Change>,
    /// What else there is to say, such as which secrets stay as they are.
    pub notes: Vec<String>,
    /// Which versions of the settings it was found with.
    pub base: String,
}
