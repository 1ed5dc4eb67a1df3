//! Choosing what to apply and to which stores.
use super::{
    store,
    task::{Part, Task, section},
};
use crate::{
    Domain, Error, Result,
    access::{ManageStoreSettings, OrganizationAccess},
    db::Conn,
    people,
    settings::stored,
};
use model::{
    FieldError, StoreId,
    check::Fault,
    settings::{Field, Scope, Section, sections},
};
use serde::{Deserialize, Serialize};

type Manage = OrganizationAccess<ManageStoreSettings>;

/// What is to be applied, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// What.
    pub task: Task,
    /// Where; empty while that is still to be chosen.
    pub stores: Vec<StoreId>,
}

/// A store that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The store.
    pub id: StoreId,
    /// Its name.
    pub name: String,
}

/// The sections of stores, with the fields of each that can be copied from one store to another.
pub fn sources() -> impl Iterator<Item = (&'static Section, Vec<&'static Field>)> {
    sections()
        .filter(|section| matches!(section.scope, Scope::Store { .. }))
        .map(|section| (section, section.fields().filter(|field| copied(field)).collect()))
}

/// Whether a field can be copied: a secret is sealed for its place, an image belongs to its store.
pub fn copied(field: &Field) -> bool {
    !field.is_secret() && !field.is_image()
}

/// The organization's open stores whose names hold `search`, by name.
///
/// # Errors
/// Faults of the database only.
pub async fn targets(domain: &Domain, access: &Manage, search: &str) -> Result<Vec<Target>> {
    let organization = access.organization();
    let rows = domain.db.read(async |conn| store::stores(conn, organization).await).await?;
    let wanted = people::fold(search.trim());
    let found = rows.into_iter().filter(|row| people::fold(&row.name).contains(&wanted));
    found.map(|row| Ok(Target { id: people::id(row.id)?, name: row.name })).collect()
}

/// What `chosen` (`section` or `section.field`) of a store holds now.
///
/// # Errors
/// [`Error::Invalid`] (`fields`) where nothing was chosen; [`Error::NotFound`] where the
/// organization has no such store.
pub async fn choose(
    domain: &Domain,
    access: &Manage,
    source: &StoreId,
    chosen: &[String],
) -> Result<Task> {
    let all = targets(domain, access, "").await?;
    let store = all.into_iter().find(|store| store.id == *source).ok_or(Error::NotFound)?;
    let scope = source.as_str();
    let read = async |conn: &mut Conn<'_>| {
        let mut parts = Vec::new();
        for (section, fields) in sources() {
            let wanted = |field: &&&Field| {
                let one = format!("{}.{}", section.key, field.key);
                chosen.iter().any(|choice| choice == section.key || *choice == one)
            };
            let fields: Vec<&Field> = fields.iter().filter(wanted).copied().collect();
            if !fields.is_empty() {
                parts.push((section, fields, stored(conn, scope, section).await));
            }
        }
        Ok(parts)
    };
    let mut parts = Vec::new();
    for (section, fields, stored) in domain.db.read(read).await? {
        let mut document = stored?.document;
        document.retain(|key, _| fields.iter().any(|field| field.key == key));
        parts.push(Part { section: section.key.to_owned(), values: document });
    }
    if parts.is_empty() {
        return Err(Error::Invalid(vec![FieldError::new("fields", Fault::Required)]));
    }
    Ok(Task::Apply { source: source.clone(), name: store.name, parts })
}

impl Task {
    /// The fields that it writes, as far as it says so itself.
    pub fn fields(&self) -> Vec<(&'static Section, &'static Field)> {
        let mut named: Vec<(&str, &str)> = Vec::new();
        match self {
            Task::Apply { parts, .. } => {
                for part in parts {
                    named.extend(
                        part.values.keys().map(|key| (part.section.as_str(), key.as_str())),
                    );
                }
            }
            Task::Lock { section, field, .. } => named.push((section, field)),
            Task::Undo { .. } => {}
        }
        let found = named.into_iter().filter_map(|(key, field)| {
            let section = section(key)?;
            Some((section, section.field(field)?))
        });
        found.collect()
    }

    /// Whether its values come from this store.
    pub fn comes_from(&self, store: &StoreId) -> bool {
        matches!(self, Task::Apply { source, .. } if source == store)
    }

    /// The same as the audit log has it.
    pub(super) fn named(&self) -> Vec<String> {
        let fields = self.fields().into_iter();
        fields.map(|(section, field)| format!("{}.{}", section.key, field.key)).collect()
    }
}
