//! Where a secret is taken from, which itself never stands in a file.
use model::text::{Key, Texts};
use zeroize::Zeroizing;

/// Where a secret is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reference {
    /// In this environment variable.
    Variable(String),
    /// In this file.
    File(String),
}

impl Reference {
    /// What it refers to, in words.
    pub(super) fn words(&self, t: Texts) -> String {
        match self {
            Reference::Variable(name) => t.fill(Key::CodeVariable, &[("name", name)]),
            Reference::File(name) => t.fill(Key::CodeFileNamed, &[("name", name)]),
        }
    }
}

/// What a reference leads to.
pub enum Found {
    /// The secret.
    Secret(Zeroizing<String>),
    /// Nothing: it does not exist, or is empty.
    Nothing,
    /// It is there but cannot be read, for this reason.
    Unreadable(String),
    /// References are not followed here: who is on the web must not learn what the server's
    /// environment and files hold.
    NotFollowed,
}
