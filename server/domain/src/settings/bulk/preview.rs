use super::{prepare::Draft, store, task::Report};
use crate::{
    Domain, Result,
    access::{ManageStoreSettings, OrganizationAccess},
    db::Conn,
    people, reference,
    settings::{
        FieldChange, differences,
        policy::{self, Lock},
        service::{complete, parse},
    },
};
use model::{
    FieldError, StoreId,
    settings::{Document, Field, Kind, Section, validate},
};
use std::collections::BTreeMap;

/// Stores on a page.
const SHOWN: usize = 20;

/// Which stores of a preview to list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// Those that would change or be refused.
    #[default]
    Concerned,
    /// Those that would be refused.
    Refused,
    /// Those with nothing to change.
    Same,
}

/// How many stores there are of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Something would change.
    pub changed: i64,
    /// Nothing would.
    pub same: i64,
    /// What would change is not valid there.
    pub refused: i64,
}

/// What would become of a store.
#[derive(Clone, Debug)]
pub struct PreviewRow {
    /// The store.
    pub store: StoreId,
    /// Its name.
    pub name: String,
    /// What would change.
    pub changes: Vec<(&'static Section, FieldChange)>,
    /// Why it would be refused.
    pub faults: Vec<(&'static Section, FieldError)>,
}

/// What a draft would do: how many stores of each kind, and a page of those that are looked at,
/// after the one named; with where the next page begins after.
///
/// # Errors
/// Faults of the database only.
pub async fn preview(
    domain: &Domain,
    access: &OrganizationAccess<ManageStoreSettings>,
    draft: &Draft,
    look: Look,
    after: Option<&StoreId>,
) -> Result<(Counts, Vec<PreviewRow>, Option<StoreId>)> {
    let rows = all(domain, access, draft).await?;
    let mut counts = Counts::default();
    for row in &rows {
        match row.look() {
            Some(Look::Refused) => counts.refused += 1,
            Some(_) => counts.changed += 1,
            None => counts.same += 1,
        }
    }
    let seen = |row: &PreviewRow| match look {
        Look::Concerned => row.look().is_some(),
        Look::Refused => row.look() == Some(Look::Refused),
        Look::Same => row.look().is_none(),
    };
    let start = after.and_then(|after| rows.iter().position(|row| row.store == *after));
    let mut rest = rows.into_iter().skip(start.map_or(0, |at| at + 1)).filter(seen);
    let page: Vec<PreviewRow> = rest.by_ref().take(SHOWN).collect();
    let more = rest.next().is_some();
    let next = page.last().filter(|_| more).map(|row| row.store.clone());
    Ok((counts, page, next))
}

impl PreviewRow {
    /// `None` where nothing would change.
    fn look(&self) -> Option<Look> {
        match (self.changes.is_empty(), self.faults.is_empty()) {
            (true, _) => None,
            (false, true) => Some(Look::Concerned),
            (false, false) => Some(Look::Refused),
        }
    }
}

/// Every store of the draft, by name. A query for each section, whatever the number of stores.
async fn all(
    domain: &Domain,
    access: &OrganizationAccess<ManageStoreSettings>,
    draft: &Draft,
) -> Result<Vec<PreviewRow>> {
    let organization = access.organization();
    let sections = draft.task.sections(&Report::default());
    let read = async |conn: &mut Conn<'_>| {
        let mut bodies = BTreeMap::new();
        for section in &sections {
            for row in store::bodies(conn, organization, section.key).await? {
                bodies.insert((row.scope_id, row.section), row.body);
            }
        }
        let stores = store::stores(conn, organization).await?;
        Ok((bodies, stores, policy::all(conn, organization).await))
    };
    let (bodies, stores, locks) = domain.db.read(read).await?;
    let locks = locks?;
    let mut rows = Vec::new();
    for row in stores {
        let id: StoreId = people::id(row.id)?;
        if !draft.stores.contains(&id) {
            continue;
        }
        let mut one = PreviewRow { store: id, name: row.name, changes: vec![], faults: vec![] };
        for section in &sections {
            let key = (one.store.to_string(), section.key.to_owned());
            let stored = bodies.get(&key).map(|body| parse(body)).transpose()?.unwrap_or_default();
            look_at(draft, section, &complete(section, &stored), &locks, &mut one);
        }
        rows.push(one);
    }
    Ok(rows)
}

fn look_at(
    draft: &Draft,
    section: &'static Section,
    current: &Document,
    locks: &[Lock],
    row: &mut PreviewRow,
) {
    let wanted = draft.task.wanted(section, current, &Report::default()).document;
    let changes = differences(section, current, &wanted);
    if changes.is_empty() {
        return;
    }
    row.changes.extend(changes.into_iter().map(|change| (section, change)));
    let kept = |field: &Field| wanted.get(field.key) == current.get(field.key);
    let mut faults = validate(section, &wanted, |field, value| match field.kind {
        Kind::Select(source) => reference::known(source, value) || kept(field),
        // Images and secrets are not touched.
        _ => true,
    });
    faults.extend(policy::check(locks.iter().filter(|l| l.section.key == section.key), &wanted));
    row.faults.extend(faults.into_iter().map(|fault| (section, fault)));
}
