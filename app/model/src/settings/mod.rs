//! The settings engine's declarations: one [`section!`] gives a typed struct and the description
//! from which page, validator, storage, history and search are made.
mod document;
mod field;
mod macros;
mod merge;
mod sections;
mod validate;

pub use document::{Document, Entry, FromValue, Row, Value, typed};
pub use field::{Autofill, Field, Item, Kind, Opt, Source};
pub use macros::section;
pub use merge::merge;
pub use sections::*;
pub use validate::{clean, compact, forgets, secrets, validate};

use crate::{
    OrganizationId, StoreId,
    access::{OrganizationPermission, Permission},
    text::Key,
};

/// What a section's settings belong to, and what one needs there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// One document a store.
    Store {
        /// What one needs to see it.
        view: Permission,
        /// What one needs to change it.
        edit: Permission,
    },
    /// One document an organization.
    Organization {
        /// What one needs to see it.
        view: OrganizationPermission,
        /// What one needs to change it.
        edit: OrganizationPermission,
    },
}

/// The store or organization that a section's document belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A store.
    Store(StoreId),
    /// An organization.
    Organization(OrganizationId),
}

impl Place {
    /// Its identifier.
    pub fn id(&self) -> &str {
        match self {
            Place::Store(store) => store.as_str(),
            Place::Organization(organization) => organization.as_str(),
        }
    }
}

impl From<&StoreId> for Place {
    fn from(store: &StoreId) -> Place {
        Place::Store(store.clone())
    }
}

impl From<&OrganizationId> for Place {
    fn from(organization: &OrganizationId) -> Place {
        Place::Organization(organization.clone())
    }
}

/// A group of tabs in the tab selector (C-05 to C-09).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// General settings (C-05).
    General,
    /// What an organization says of itself (O-02).
    Organization,
}

impl Group {
    /// Every group of a store's tab selector, in order. A group without tabs is not shown.
    pub const ALL: [Group; 1] = [Group::General];

    /// Its name in addresses.
    pub const fn key(self) -> &'static str {
        match self {
            Group::General => "general",
            Group::Organization => "organization",
        }
    }

    /// Its visible name.
    pub const fn label(self) -> Key {
        match self {
            Group::General => Key::GroupGeneral,
            Group::Organization => Key::TabOrganization,
        }
    }
}

/// Fields that stand together under a heading.
#[derive(Debug)]
pub struct FieldGroup {
    /// The heading.
    pub title: Key,
    /// The fields, in order.
    pub fields: &'static [Field],
}

/// The description of one section of settings.
#[derive(Debug)]
pub struct Section {
    /// Its name in addresses and in the database; never changed once shipped.
    pub key: &'static str,
    /// Its place in the tab selector.
    pub group: Group,
    /// What its settings belong to, and who may see and change them.
    pub scope: Scope,
    /// The icon of its tab.
    pub icon: &'static str,
    /// Its visible name.
    pub title: Key,
    /// What it is for, in a sentence.
    pub intro: Key,
    /// An article that helps with it, in small Markdown (C-16).
    pub help: Key,
    /// Its fields.
    pub groups: &'static [FieldGroup],
}

impl Section {
    /// All fields, in order.
    pub fn fields(&self) -> impl Iterator<Item = &'static Field> + use<> {
        self.groups.iter().flat_map(|group| group.fields)
    }

    /// The field with this key.
    pub fn field(&self, key: &str) -> Option<&'static Field> {
        self.fields().find(|field| field.key == key)
    }

    /// The registered section at this place.
    pub fn find(group: &str, key: &str) -> Option<&'static Section> {
        sections().find(|s| s.group.key() == group && s.key == key)
    }
}

/// A typed struct that stands for a section.
pub trait Settings: Sized {
    /// The section's description.
    const SECTION: &'static Section;
    /// The values of a stored document; what it lacks has its default.
    fn read(document: &Document) -> Self;
}
