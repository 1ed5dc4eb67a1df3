use super::{
    rule::Rule,
    store::{self, LockRow},
};
use crate::{
    Domain, Error, Result,
    db::Conn,
    format, people,
    settings::{create, shown, stored},
};
use model::{
    FieldError, OrganizationId, PersonId, PolicyId, StoreId,
    check::Fault,
    panel::Choice,
    settings::{Document, Field, Kind, Place, Scope, Section, Value, sections},
    text::{Key, Texts},
    view::SectionView,
};
use std::collections::BTreeMap;

/// A locked field.
#[derive(Clone, Debug)]
pub struct Lock {
    /// Its identifier.
    pub id: PolicyId,
    /// The section.
    pub section: &'static Section,
    /// The field.
    pub field: &'static Field,
    /// What it may hold.
    pub rule: Rule,
    /// Why.
    pub reason: String,
    /// How often it was set.
    pub version: i64,
    /// The organization's name.
    pub organization: String,
    /// The name of who set it.
    pub by: String,
    /// When, in Unix milliseconds.
    pub at: i64,
}

impl Lock {
    /// By whom and why it is locked, for who meets it.
    pub fn note(&self, t: Texts, now: i64) -> String {
        let values = [
            ("organization", self.organization.as_str()),
            ("person", &self.by),
            ("date", &format::date(t, "UTC", self.at)),
            ("reason", &self.reason),
            ("rule", &self.rule.shown(t, self.field, now)),
        ];
        t.fill(Key::PoliciesNote, &values)
    }

    /// Shows it on the page of its section: what the field may hold, and why no more. A value that
    /// is stored and no longer allowed gives way to the one value that is.
    pub(crate) fn limit(&self, view: &mut SectionView, t: Texts, now: i64) {
        let key = self.field.key;
        let stored = view.values.get(key).cloned().unwrap_or_else(|| self.field.default_value());
        let Some(note) = view.notes.get_mut(key) else { return };
        let mut text = self.note(t, now);
        if !self.rule.allows(&stored) {
            let value = shown(t, self.field, &stored, now);
            text.push(' ');
            text.push_str(&t.fill(Key::PoliciesNoteStays, &[("value", &value)]));
        }
        note.locked = Some(text);
        match &self.rule {
            Rule::Value(only) => {
                note.fixed = true;
                view.values.insert(key.to_owned(), only.clone());
            }
            Rule::OneOf(values) => {
                let known = view.choices.remove(key).unwrap_or_default();
                let choice = |value: &Value| {
                    let named = known.iter().find(|choice| choice.value == value.as_input());
                    let plain = || Choice::new(value.as_input(), value.as_input());
                    named.cloned().unwrap_or_else(plain)
                };
                view.choices.insert(key.to_owned(), values.iter().map(choice).collect());
            }
            Rule::Range { min, max } => note.range = Some((*min, *max)),
        }
    }

    fn fault(&self) -> FieldError {
        // A list of objects has no control of its own: its first cell stands for it.
        let name = match self.field.kind {
            Kind::Rows(columns) => columns.first().map(|column| self.field.cell(0, column)),
            _ => None,
        };
        FieldError::new(name.unwrap_or_else(|| self.field.key.to_owned()), Fault::Locked)
    }
}

/// The stored locks, without those of sections and fields that there no longer are.
fn read(rows: Vec<LockRow>) -> Result<Vec<Lock>> {
    let lock = |row: LockRow| {
        let (section, field) = sections()
            .filter(|s| s.key == row.section && matches!(s.scope, Scope::Store { .. }))
            .find_map(|section| Some((section, section.field(&row.field)?)))?;
        let lock = || {
            Ok(Lock {
                id: people::id(row.id)?,
                section,
                field,
                rule: serde_json::from_str(&row.rule)
                    .map_err(|error| Error::Corrupt(format!("a lock's rule: {error}")))?,
                reason: row.reason,
                version: row.version,
                organization: row.organization,
                by: format!("{} {}", row.first_name, row.last_name).trim().to_owned(),
                at: row.set_at,
            })
        };
        Some(lock())
    };
    rows.into_iter().filter_map(lock).collect()
}

/// The locks on a section of a place: one query, none for what is the organization's own.
///
/// # Errors
/// Faults of the database only.
pub(crate) async fn locks(
    conn: &mut Conn<'_>,
    place: &Place,
    section: &Section,
) -> Result<Vec<Lock>> {
    match place {
        Place::Store(store) => read(store::of_store(conn, store, section.key).await?),
        Place::Organization(_) => Ok(Vec::new()),
    }
}

/// All locks of an organization.
///
/// # Errors
/// Faults of the database only.
pub(crate) async fn all(conn: &mut Conn<'_>, organization: &OrganizationId) -> Result<Vec<Lock>> {
    read(store::all(conn, organization).await?)
}

/// The faults of a document that locks do not allow.
pub(crate) fn check<'a>(
    locks: impl IntoIterator<Item = &'a Lock>,
    document: &Document,
) -> Vec<FieldError> {
    let broken = locks.into_iter().filter(|lock| match document.get(lock.field.key) {
        Some(value) => !lock.rule.allows(value),
        None => !lock.rule.allows(&lock.field.default_value()),
    });
    broken.map(Lock::fault).collect()
}

/// Lets a new store begin with what the organization's locks demand: values to which they leave no
/// other choice, and an allowed one where what it has is none. It is part of making the store, whose
/// audit entry tells of it.
///
/// # Errors
/// Faults of the database only.
pub(crate) async fn begin(
    domain: &Domain,
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    store: &StoreId,
    by: &PersonId,
) -> Result<()> {
    let mut begun: BTreeMap<&str, (&'static Section, Document)> = BTreeMap::new();
    for lock in all(conn, organization).await? {
        if !begun.contains_key(lock.section.key) {
            let document = stored(conn, store.as_str(), lock.section).await?.document;
            begun.insert(lock.section.key, (lock.section, document));
        }
        let document = begun.get_mut(lock.section.key).map(|(_, document)| document);
        if let Some(value) = document.and_then(|document| document.get_mut(lock.field.key)) {
            *value = lock.rule.adjusted(value, None);
        }
    }
    for (section, document) in begun.into_values() {
        create(domain, conn, store.as_str(), section, &document, by).await?;
    }
    Ok(())
}
