//! What an operation affects, said before it is done (A7). An operation declares it as data; one
//! panel shows it, and asks for a name to be typed where it is dangerous.
mod people;
mod store;

pub(crate) use people::others;
pub use people::{members_of, members_of_stores, name_of};

use crate::{Error, Result};
use model::{FieldError, check::Fault};

/// Names of each kind that a preview tells.
pub const NAMED: usize = 10;

/// One of those that are affected.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// Its name.
    pub name: String,
    /// What tells it from others of that name, such as an address.
    pub note: String,
}

/// All that are affected of a kind: how many, and the first by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// How many.
    pub count: i64,
    /// The first, [`NAMED`] at most.
    pub first: Vec<Named>,
}

impl Group {
    /// All of these.
    pub fn of(all: impl IntoIterator<Item = Named>) -> Group {
        let mut group = Group::default();
        for one in all {
            group.count += 1;
            if group.first.len() < NAMED {
                group.first.push(one);
            }
        }
        group
    }

    /// All of these names.
    pub fn names<T: Into<String>>(all: impl IntoIterator<Item = T>) -> Group {
        Group::of(all.into_iter().map(|name| Named { name: name.into(), note: String::new() }))
    }
}

/// What an operation affects.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Impact {
    /// People.
    pub people: Group,
    /// Stores.
    pub stores: Group,
    /// Sections of settings, or fields of them.
    pub sections: Group,
}

impl Impact {
    /// People only.
    pub fn people(all: impl IntoIterator<Item = Named>) -> Impact {
        Impact { people: Group::of(all), ..Impact::default() }
    }

    /// Whether it affects nobody and nothing.
    pub fn is_empty(&self) -> bool {
        [&self.people, &self.stores, &self.sections].iter().all(|group| group.count == 0)
    }
}

/// Whether the name of what is at stake was typed.
///
/// # Errors
/// [`Error::Invalid`] (`name`) where something else was.
pub fn confirm(name: &str, typed: &str) -> Result<()> {
    if typed.trim() == name.trim() {
        return Ok(());
    }
    Err(Error::Invalid(vec![FieldError::new("name", Fault::Mismatch)]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_are_counted_and_the_first_are_named() {
        let group = Group::names((0..25).map(|n| n.to_string()));
        assert_eq!((group.count, group.first.len()), (25, NAMED));
        assert!(Impact::default().is_empty());
        assert!(!Impact { stores: group, ..Impact::default() }.is_empty());
    }

    #[test]
    fn a_name_is_typed_exactly() {
        assert!(confirm(" Żółw ", "Żółw").is_ok());
        assert_eq!(crate::testing::faults(confirm("Żółw", "zolw")), ["name"]);
        assert_eq!(crate::testing::faults(confirm("A", "")), ["name"]);
    }
}
