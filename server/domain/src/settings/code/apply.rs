//! Makes the change that a file asks for, all of it or none; a preview makes it and takes it back.
use super::{
    Change, Difference, Fault,
    export::written,
    read::{Given, Read, Table, Wrong, faults, read},
    secret::{Found, Reference},
    survey::{Open, Part, Survey, Who, survey},
};
use crate::{
    Domain, Error, Result, access,
    db::Conn,
    settings::{self, Author, Commit, How, Stored, differences, shown},
};
use model::{
    FieldError, check,
    settings::{Document, Field, Kind, Place, Section, Value},
    text::{Key, Texts},
};
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// What came of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It is wrong in these places, in the order of the file; nothing of it was applied.
    Wrong(Vec<Fault>),
    /// The settings have changed since it was previewed; nothing was applied. This is what it
    /// changes now.
    Stale(Difference),
    /// What it changes or, once applied, has changed.
    Fine(Difference),
}

/// Follows a reference to a secret.
pub type Find<'a> = &'a (dyn Fn(&Reference) -> Found + Sync);

/// What the file `text` changes of `target`, in the words of `t`. Nothing is kept.
///
/// # Errors
/// As [`export`](super::export()).
pub async fn preview(
    domain: &Domain,
    who: &Who,
    target: &Place,
    text: &str,
    find: Find<'_>,
    t: Texts,
) -> Result<Answer> {
    let survey = survey(domain, who, target).await?;
    Attempt::new(domain, who, survey, text, find, t).start().await
}

/// Applies the file `text` to `target`: all of it in one transaction or, where anything in it is
/// wrong, nothing. `base` is that of the preview that was agreed to, if there was one.
///
/// # Errors
/// As [`export`](super::export()).
pub async fn apply(
    domain: &Domain,
    who: &Who,
    target: &Place,
    text: &str,
    find: Find<'_>,
    base: Option<&str>,
    t: Texts,
) -> Result<Answer> {
    let survey = survey(domain, who, target).await?;
    let attempt = Attempt::new(domain, who, survey, text, find, t);
    Attempt { base: base.map(str::to_owned), keep: true, ..attempt }.start().await
}

/// Why nothing of a transaction is kept.
enum Stop {
    /// This is all that was wanted of it.
    Answer(Answer),
    /// It failed.
    Failed(Error),
}

impl<E: Into<Error>> From<E> for Stop {
    fn from(error: E) -> Stop {
        Stop::Failed(error.into())
    }
}

/// A secret's field: part, section, key.
type Spot = (usize, usize, &'static str);

/// A file that is being applied, or as if.
struct Attempt {
    domain: Domain,
    author: Author,
    survey: Survey,
    text: String,
    read: Read,
    found: BTreeMap<Spot, Found>,
    t: Texts,
    base: Option<String>,
    keep: bool,
}

/// What has come of it so far.
#[derive(Default)]
struct Progress {
    wrong: Vec<Wrong>,
    difference: Difference,
    versions: Sha256,
}

impl Attempt {
    fn new(
        domain: &Domain,
        who: &Who,
        survey: Survey,
        text: &str,
        find: Find<'_>,
        t: Texts,
    ) -> Attempt {
        let read = read(text, &survey, t);
        // References are followed here, before the database waits for anything.
        let mut found = BTreeMap::new();
        for table in &read.tables {
            for (field, given) in &table.given {
                if let Given::Secret(reference) = given {
                    found.insert((table.part, table.section, field.key), find(reference));
                }
            }
        }
        Attempt {
            domain: domain.clone(),
            author: who.author(),
            text: text.to_owned(),
            survey,
            read,
            found,
            t,
            base: None,
            keep: false,
        }
    }

    async fn start(self) -> Result<Answer> {
        let db = self.domain.db.clone();
        match db.write(async move |conn: &mut Conn<'_>| self.run(conn).await).await {
            Ok(answer) | Err(Stop::Answer(answer)) => Ok(answer),
            Err(Stop::Failed(error)) => Err(error),
        }
    }

    async fn run(self, conn: &mut Conn<'_>) -> Result<Answer, Stop> {
        // All locks first and always in this order, so that no two wait for each other.
        for part in self.read.tables.iter().map(|table| table.part).collect::<BTreeSet<_>>() {
            settings::lock(conn, &self.survey.parts[part].place).await?;
        }
        let mut progress = Progress::default();
        for table in &self.read.tables {
            self.section(conn, table, &mut progress).await?;
        }
        let Progress { mut wrong, mut difference, versions } = progress;
        difference.base = hex(&versions.finalize());
        wrong.extend(self.read.wrong);
        if !wrong.is_empty() {
            let faults = faults(&self.text, wrong, &self.read.broken);
            return Err(Stop::Answer(Answer::Wrong(faults)));
        }
        if self.base.is_some_and(|base| base != difference.base) {
            return Err(Stop::Answer(Answer::Stale(difference)));
        }
        let keep = self.keep && !difference.changes.is_empty();
        let answer = Answer::Fine(difference);
        if keep { Ok(answer) } else { Err(Stop::Answer(answer)) }
    }

    fn open(&self, table: &Table) -> (&Part, &Open) {
        let part = &self.survey.parts[table.part];
        (part, &part.sections[table.section])
    }

    /// Stores what the file says of a section, if that is new.
    async fn section(
        &self,
        conn: &mut Conn<'_>,
        table: &Table,
        progress: &mut Progress,
    ) -> Result<()> {
        let (part, open) = self.open(table);
        let (section, scope) = (open.section, part.place.id());
        let stored = settings::stored(conn, scope, section).await?;
        progress.versions.update(format!("{scope}/{}/{}\n", section.key, stored.version));
        let document = self.document(conn, table, &stored, progress).await?;
        let changes = differences(section, &stored.document, &document);
        let Some(first) = changes.first() else { return Ok(()) };
        if !open.edit {
            let text = self.t.fill(Key::CodeFaultEdit, &[("section", self.t.get(section.title))]);
            progress.wrong.push(Wrong { at: table.place(&first.field), text });
            return Ok(());
        }
        if let Some(proof) = &open.proof {
            access::recheck_section(&self.domain, conn, proof).await?;
        }
        let commit = Commit {
            place: &part.place,
            organization: &self.survey.organization,
            section,
            author: &self.author,
            how: How::Apply,
            document: &document,
        };
        match settings::commit(&self.domain, conn, &commit).await {
            Ok(_) => {
                let changes = changes.iter().filter_map(|change| self.told(part, section, change));
                progress.difference.changes.extend(changes);
                Ok(())
            }
            Err(Error::Invalid(errors)) => {
                let errors = errors.iter();
                let errors = errors.filter(|error| !table.mistyped.contains(&key(&error.field)));
                let wrong = errors.map(|error| self.fault(table, section, error));
                progress.wrong.extend(wrong);
                Ok(())
            }
            Err(error) => Err(error),
        }
    }

    /// The section's next document: what the file says, and for the rest what is stored.
    async fn document(
        &self,
        conn: &mut Conn<'_>,
        table: &Table,
        stored: &Stored,
        progress: &mut Progress,
    ) -> Result<Document> {
        let mut document = stored.document.clone();
        for (field, given) in &table.given {
            let now = stored.document.get(field.key);
            let value = match given {
                // What an export would write is no change, even if a form would spell it otherwise.
                Given::Value { exact, .. }
                    if now.is_some_and(|now| written(field, exact) == written(field, now)) =>
                {
                    continue;
                }
                Given::Value { stored, .. } => Some(stored.clone()),
                Given::Secret(reference) => {
                    self.secret(conn, table, field, reference, now, progress).await?
                }
            };
            document.extend(value.map(|value| (field.key.to_owned(), value)));
        }
        Ok(document)
    }

    /// A sealed secret; `None` where the stored one stays or there is none to be had.
    async fn secret(
        &self,
        conn: &mut Conn<'_>,
        table: &Table,
        field: &'static Field,
        reference: &Reference,
        now: Option<&Value>,
        progress: &mut Progress,
    ) -> Result<Option<Value>> {
        let (part, open) = self.open(table);
        let (scope, section) = (part.place.id(), open.section);
        let now = now.map_or("", Value::text);
        let source = reference.words(self.t);
        let told = |key: Key, problem: &str| {
            let (field, section) = (self.t.get(field.label), self.t.get(section.title));
            let values =
                [("field", field), ("section", section), ("source", &source), ("problem", problem)];
            self.t.fill(key, &values)
        };
        let wrong = match self.found.get(&(table.part, table.section, field.key)) {
            Some(Found::Secret(text)) => match check::plain(text, field.max, false) {
                Ok(()) => {
                    let stored =
                        settings::secret(&self.domain, conn, scope, section, field, now).await?;
                    // The same again is no change.
                    if stored.is_some_and(|stored| *stored == **text) {
                        return Ok(None);
                    }
                    let id =
                        settings::seal(&self.domain, conn, scope, section, field, text).await?;
                    return Ok(Some(Value::Text(id.to_string())));
                }
                Err(fault) => self.said(field, fault),
            },
            Some(Found::Unreadable(problem)) => told(Key::CodeFaultUnreadable, problem),
            Some(Found::NotFollowed) if now.is_empty() => told(Key::CodeFaultWebSecret, ""),
            Some(Found::NotFollowed) => {
                progress.difference.notes.push(told(Key::CodeSecretStays, ""));
                return Ok(None);
            }
            Some(Found::Nothing) | None if now.is_empty() => told(Key::CodeFaultUnset, ""),
            Some(Found::Nothing) | None => {
                progress.difference.notes.push(told(Key::CodeSecretKept, ""));
                return Ok(None);
            }
        };
        progress.wrong.push(Wrong { at: table.place(field.key), text: wrong });
        Ok(None)
    }

    fn said(&self, field: &Field, fault: check::Fault) -> String {
        let values = [("field", self.t.get(field.label)), ("fault", &fault.text(self.t))];
        self.t.fill(Key::FaultItem, &values)
    }

    /// A fault that a form would show beside the field, at its place in the file.
    fn fault(&self, table: &Table, section: &Section, error: &FieldError) -> Wrong {
        let at = match error.fault {
            // The lines of a form are the entries of the list.
            check::Fault::EmailLine { line } => {
                table.place(&format!("{}.{}", error.field, line.saturating_sub(1)))
            }
            _ => table.place(&error.field),
        };
        let key = key(&error.field);
        let cell = error.field.rsplit('.').next().unwrap_or_default();
        let text = match section.field(key) {
            None => error.fault.text(self.t),
            Some(field) => {
                let column = if let Kind::Rows(columns) = field.kind {
                    columns.iter().find(|column| column.key == cell)
                } else {
                    None
                };
                self.said(column.unwrap_or(field), error.fault)
            }
        };
        Wrong { at, text }
    }

    /// A change as people read it.
    fn told(
        &self,
        part: &Part,
        section: &Section,
        change: &settings::FieldChange,
    ) -> Option<Change> {
        let (t, now) = (self.t, self.domain.now());
        let field = section.field(&change.field)?;
        let replaced = field.is_secret() && !change.old.is_empty() && !change.new.is_empty();
        Some(Change {
            scope: part.place.id().to_owned(),
            place: part.name.clone(),
            section: section.key.to_owned(),
            section_name: t.get(section.title).to_owned(),
            field: field.key.to_owned(),
            field_name: t.get(field.label).to_owned(),
            old: shown(t, field, &change.old, now),
            new: if replaced {
                t.get(Key::CodeSecretNew).to_owned()
            } else {
                shown(t, field, &change.new, now)
            },
        })
    }
}

/// The field that a form's field of this name belongs to.
fn key(name: &str) -> &str {
    name.split('.').next().unwrap_or_default()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
