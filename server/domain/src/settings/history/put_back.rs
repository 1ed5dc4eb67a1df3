//! Undoing a change and returning to a version: always a new version, always seen before it is
//! made.
use super::{FIRST, store};
use crate::{
    Domain, Error, Result,
    access::{self, SectionEdit},
    audit::Reader,
    db::Conn,
    format, people,
    settings::{
        Author, Commit, How, Stored, check, commit, differences, document_at, lock, past, shown,
        stored,
    },
};
use model::{
    FieldError, Refusal,
    check::Fault,
    settings::{Document, Section},
    text::Key,
};
use std::collections::BTreeMap;

/// What is to be put back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The fields that this version changed, as they were before it.
    Undo(i64),
    /// The whole section as this version had it.
    Return(i64),
}

impl What {
    /// The version that it is about.
    pub fn version(self) -> i64 {
        match self {
            What::Undo(version) | What::Return(version) => version,
        }
    }

    fn how(self) -> How {
        match self {
            What::Undo(version) => How::Undo(version),
            What::Return(version) => How::Return(version),
        }
    }
}

/// What putting something back would do.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The version that is stored now: putting back names it.
    pub version: i64,
    /// The fields that would change or cannot, in the section's order.
    pub rows: Vec<PreviewRow>,
    /// The keys of those that cannot.
    pub leave: Vec<String>,
    /// Whether anything can be put back.
    pub possible: bool,
}

/// A field of a preview.
#[derive(Clone, Debug)]
pub struct PreviewRow {
    /// Its visible name.
    pub label: String,
    /// What it is now, as people read it.
    pub now: String,
    /// What it would be.
    pub will_be: String,
    /// Who changed it again after the change that is to be undone.
    pub again: Option<Again>,
    /// Why it cannot be that.
    pub fault: Option<Fault>,
}

/// A later change of a field.
#[derive(Clone, Debug)]
pub struct Again {
    /// The version.
    pub version: i64,
    /// Who made it.
    pub by: String,
    /// When, as text.
    pub at: String,
}

/// What [`put_back`] would do, field by field.
///
/// # Errors
/// [`Error::NotFound`] where there is no such version.
pub async fn preview(
    domain: &Domain,
    access: &SectionEdit,
    reader: &Reader,
    what: What,
) -> Result<Preview> {
    let read = async |conn: &mut Conn<'_>| Ok(preview_in(domain, conn, access, reader, what).await);
    domain.db.read(read).await?
}

async fn preview_in(
    domain: &Domain,
    conn: &mut Conn<'_>,
    access: &SectionEdit,
    reader: &Reader,
    what: What,
) -> Result<Preview> {
    let (section, scope) = (access.section(), access.place().id());
    let now = stored(conn, scope, section).await?;
    let target = target(conn, scope, section, what, &now).await?;
    let mut faults = faults(conn, access, &now.document, &target).await?;
    let mut leave: Vec<String> = faults.keys().cloned().collect();
    let mut rest = target.clone();
    keep(&mut rest, &now.document, &leave);
    // What is left out may make another field wrong, such as a colour on its ground.
    for (field, fault) in self::faults(conn, access, &now.document, &rest).await? {
        leave.push(field.clone());
        faults.entry(field).or_insert(fault);
    }
    keep(&mut rest, &now.document, &leave);
    let mut again = changed_again(conn, &now, reader, domain.now(), what).await?;
    let rows = differences(section, &now.document, &target).into_iter().filter_map(|change| {
        let field = section.field(&change.field)?;
        Some(PreviewRow {
            label: reader.t.get(field.label).to_owned(),
            now: shown(reader.t, field, &change.old, domain.now()),
            will_be: shown(reader.t, field, &change.new, domain.now()),
            again: again.remove(field.key),
            fault: faults.remove(field.key),
        })
    });
    let rows = rows.collect();
    let possible =
        rest != now.document && self::faults(conn, access, &now.document, &rest).await?.is_empty();
    Ok(Preview { version: now.version, rows, leave, possible })
}

/// Puts back what was before, as a new version, but for the fields in `leave`; gives the version
/// that is then stored. `seen` is the version that the preview was made from.
///
/// # Errors
/// [`Refusal::SettingsChanged`] where another version is stored by now; [`Error::Invalid`] with all
/// faults; [`Error::NotFound`] where there is no such version; [`Error::Forbidden`] and
/// [`Error::NotFound`] where the person has lost the permission in the meantime.
pub async fn put_back(
    domain: &Domain,
    access: &SectionEdit,
    what: What,
    seen: i64,
    leave: &[String],
) -> Result<i64> {
    let (domain_, access, leave) = (domain.clone(), access.clone(), leave.to_vec());
    let write = async move |conn: &mut Conn<'_>| {
        let (section, place) = (access.section(), access.place());
        lock(conn, place).await?;
        access::recheck_section(&domain_, conn, &access).await?;
        let now = stored(conn, place.id(), section).await?;
        if now.version != seen {
            return Err(Refusal::SettingsChanged.into());
        }
        let mut document = target(conn, place.id(), section, what, &now).await?;
        keep(&mut document, &now.document, &leave);
        let commit_ = Commit {
            place,
            organization: access.organization(),
            section,
            author: &Author::from(access.signed_in()),
            how: what.how(),
            document: &document,
        };
        commit(&domain_, conn, &commit_).await
    };
    domain.db.write(write).await
}

/// The whole document as it should be.
async fn target(
    conn: &mut Conn<'_>,
    scope: &str,
    section: &'static Section,
    what: What,
    now: &Stored,
) -> Result<Document> {
    match what {
        What::Undo(version) => {
            let row = store::version(conn, scope, section, version).await?;
            let changes = past::changes(&row.ok_or(Error::NotFound)?.changes)?;
            let mut document = now.document.clone();
            for change in changes.into_iter().filter(|c| section.field(&c.field).is_some()) {
                document.insert(change.field, change.old);
            }
            Ok(document)
        }
        What::Return(version) if !(FIRST..=now.version).contains(&version) => Err(Error::NotFound),
        What::Return(version) => document_at(conn, scope, section, version).await,
    }
}

/// Leaves these fields as they are now.
fn keep(document: &mut Document, now: &Document, fields: &[String]) {
    for field in fields {
        if let Some(value) = now.get(field) {
            document.insert(field.clone(), value.clone());
        }
    }
}

/// What is wrong with a document, by field.
async fn faults(
    conn: &mut Conn<'_>,
    access: &SectionEdit,
    now: &Document,
    document: &Document,
) -> Result<BTreeMap<String, Fault>> {
    let found = check::faults(conn, access.place(), access.section(), document, now).await?;
    let by_field = |error: FieldError| {
        // The fault of a cell is its list's: `links.0.title`.
        let field = error.field.split('.').next().unwrap_or_default().to_owned();
        (field, error.fault)
    };
    Ok(found.into_iter().map(by_field).collect())
}

/// The fields that were changed again after the version that is to be undone.
async fn changed_again(
    conn: &mut Conn<'_>,
    stored: &Stored,
    reader: &Reader,
    now: i64,
    what: What,
) -> Result<BTreeMap<String, Again>> {
    let What::Undo(undone) = what else { return Ok(BTreeMap::new()) };
    let later = || stored.touched.iter().filter(|(_, touch)| touch.version > undone);
    let names = people::names(conn, later().map(|(_, touch)| touch.by.as_str())).await?;
    let again = later().map(|(field, touch)| {
        let by = names.get(&touch.by).cloned();
        let again = Again {
            version: touch.version,
            by: by.unwrap_or_else(|| reader.t.get(Key::SettingsSystem).to_owned()),
            at: format::relative_time(reader.t, now, touch.at),
        };
        (field.clone(), again)
    });
    Ok(again.collect())
}
