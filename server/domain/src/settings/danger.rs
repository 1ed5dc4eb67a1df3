//! Changes that affect others, which are looked at before they are saved.
use super::{FieldChange, differences, stored};
use crate::{
    Domain, Result,
    access::SectionEdit,
    db::Conn,
    impact::{self, Impact},
};
use model::{
    Input,
    settings::{Document, Section, clean, compact},
};

/// What a save would change for others.
#[derive(Clone, Debug)]
pub struct Danger {
    /// The store's name: who means it types it.
    pub name: String,
    /// The fields that others rely on, as they are and as they would be.
    pub changes: Vec<FieldChange>,
    /// Whom and what that affects.
    pub impact: Impact,
}

/// What saving this input would change for others; nobody is asked where there are none.
///
/// # Errors
/// Faults of the database only.
pub async fn danger(domain: &Domain, access: &SectionEdit, input: &Input) -> Result<Danger> {
    let (section, scope) = (access.section(), access.place().id());
    let read = async |conn: &mut Conn<'_>| Ok(stored(conn, scope, section).await);
    let current = domain.db.read(read).await??.document;
    let mut mine = clean(section, input, &current);
    compact(&mut mine);
    let people = match access.store() {
        Some(store) => impact::members_of(domain, access.organization(), store).await?,
        None => impact::Group::default(),
    };
    Ok(Danger {
        name: impact::name_of(domain, access.place()).await?,
        changes: dangerous(section, &current, &mine),
        impact: Impact { people, ..Impact::default() },
    })
}

fn dangerous(section: &Section, old: &Document, new: &Document) -> Vec<FieldChange> {
    let mut changes = differences(section, old, new);
    changes.retain(|change| {
        let danger = section.field(&change.field).is_some_and(|field| field.danger);
        danger && !change.old.is_empty()
    });
    changes
}

/// Whether this change must be looked at first: it is of a field on which others rely, and there
/// are others.
pub(super) async fn asks(
    conn: &mut Conn<'_>,
    access: &SectionEdit,
    old: &Document,
    new: &Document,
) -> Result<bool> {
    match access.store() {
        Some(store) if !dangerous(access.section(), old, new).is_empty() => {
            impact::others(conn, store, access.person()).await
        }
        _ => Ok(false),
    }
}
