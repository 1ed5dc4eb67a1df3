use super::{
    commit::Touched,
    policy::{self, Lock},
    shown::shown,
    store::{self, DocumentRow, Saved},
};
use crate::{
    Domain, Error, Result,
    access::SectionAccess,
    db::{self, Conn},
    format::Locale,
    localization, people, reference,
};
use model::{
    PersonId,
    panel::Choice,
    settings::{Document, Kind, Section, Settings, Value},
    text::{Key, Texts},
    view::{FieldNote, LastChange, SectionView},
};
use std::collections::BTreeMap;

/// What is stored of a section.
pub(crate) struct Stored {
    /// Its version; 0 where nothing is.
    pub(crate) version: i64,
    /// The values, defaults filled in.
    pub(crate) document: Document,
    /// Which version changed each field last.
    pub(super) touched: Touched,
}

/// What is stored of a section, complete.
pub(crate) async fn stored(conn: &mut Conn<'_>, scope: &str, section: &Section) -> Result<Stored> {
    match store::document(conn, scope, section).await? {
        Some(row) => read_row(section, &row),
        None => Ok(Stored {
            version: 0,
            document: complete(section, &Document::new()),
            touched: Touched::new(),
        }),
    }
}

fn read_row(section: &Section, row: &DocumentRow) -> Result<Stored> {
    let touched = serde_json::from_str(&row.touched)
        .map_err(|error| Error::Corrupt(format!("settings: {error}")))?;
    let document = complete(section, &parse(&row.body)?);
    Ok(Stored { version: row.version, document, touched })
}

/// A section's page (C-12): values, choices in the reader's language, who changed it last and who
/// each field.
pub async fn view(domain: &Domain, access: &SectionAccess) -> Result<SectionView> {
    let section = access.section();
    let lang = access.signed_in().person.language;
    let (t, now) = (Texts::of(lang), domain.now());
    let read = async |conn: &mut Conn<'_>| Ok(load(conn, access).await);
    let Loaded { row, stored, names, locale, locks } = domain.db.read(read).await??;
    // Version 1 is what its store or organization was created with: nobody has changed anything yet.
    let last_change = row.as_ref().filter(|row| row.version > 1).map(|row| LastChange {
        version: row.version,
        by: name(t, &row.first_name, &row.last_name),
        at: locale.relative(now, row.saved_at),
    });
    let changed = |key: &str| {
        let touch = stored.touched.get(key)?;
        let by = names.get(&touch.by).cloned();
        Some(LastChange {
            version: touch.version,
            by: by.unwrap_or_else(|| t.get(Key::SettingsSystem).to_owned()),
            at: locale.relative(now, touch.at),
        })
    };
    let note = |field: &model::settings::Field| {
        let default = field.default_value();
        let note = FieldNote {
            modified: stored.document.get(field.key) != Some(&default),
            default: shown(t, field, &default, now),
            changed: changed(field.key),
            locked: None,
            fixed: false,
            range: None,
        };
        (field.key.to_owned(), note)
    };
    let notes = section.fields().map(note).collect();
    let mut view = SectionView {
        version: stored.version,
        choices: choices(section, t, now),
        values: masked(section, stored.document),
        notes,
        last_change,
        editable: access.editable(),
    };
    for lock in &locks {
        lock.limit(&mut view, t, now);
    }
    Ok(view)
}

/// The page of a section whose values are nobody's yet: defaults and choices, for who decides of it
/// without a store at hand.
pub fn blank(t: Texts, section: &Section, now: i64) -> SectionView {
    SectionView {
        version: 0,
        values: complete(section, &Document::new()),
        choices: choices(section, t, now),
        notes: BTreeMap::new(),
        last_change: None,
        editable: true,
    }
}

/// What a section's page is made of.
struct Loaded {
    row: Option<DocumentRow>,
    stored: Stored,
    names: BTreeMap<String, String>,
    locale: Locale,
    locks: Vec<Lock>,
}

async fn load(conn: &mut Conn<'_>, access: &SectionAccess) -> Result<Loaded> {
    let (section, place) = (access.section(), access.place());
    let row = store::document(conn, place.id(), section).await?;
    let stored = match &row {
        Some(row) => read_row(section, row)?,
        None => stored(conn, place.id(), section).await?,
    };
    let names = people::names(conn, stored.touched.values().map(|touch| touch.by.as_str())).await?;
    let reader = &access.signed_in().person;
    // Before the first change there is no time to be written.
    let locale = if stored.version > 1 || !stored.touched.is_empty() {
        localization::of_place(conn, place, reader).await?
    } else {
        Locale::without_store(Texts::of(reader.language), &reader.time_zone)
    };
    let locks = policy::locks(conn, place, section).await?;
    Ok(Loaded { row, stored, names, locale, locks })
}

/// Of a secret a page only gets to know whether there is one.
fn masked(section: &Section, mut document: Document) -> Document {
    for field in section.fields().filter(|field| field.is_secret()) {
        if let Some(Value::Text(id)) = document.get_mut(field.key).filter(|v| !v.is_empty()) {
            *id = "set".to_owned();
        }
    }
    document
}

fn choices(section: &Section, t: Texts, now: i64) -> BTreeMap<String, Vec<Choice>> {
    let mut chosen = BTreeMap::new();
    for field in section.fields() {
        let columns = if let Kind::Rows(columns) = field.kind { columns } else { &[] };
        for one in columns.iter().chain([field]) {
            if let Some(choices) = choices_of(one.kind, t, now) {
                chosen.insert(one.key.to_owned(), choices);
            }
        }
    }
    chosen
}

fn choices_of(kind: Kind, t: Texts, now: i64) -> Option<Vec<Choice>> {
    match kind {
        Kind::Select(source) => Some(reference::choices(source, t.lang(), now)),
        Kind::Choice(options) => {
            Some(options.iter().map(|o| Choice::new(o.value, t.get(o.label))).collect())
        }
        _ => None,
    }
}

/// The typed settings of a scope; defaults where nothing was saved.
pub async fn read<S: Settings>(conn: &mut Conn<'_>, scope: &str) -> db::Result<S> {
    let row = store::document(conn, scope, S::SECTION).await?;
    let document = match row {
        Some(DocumentRow { body, .. }) => {
            serde_json::from_str(&body).map_err(|e| sqlx::Error::Decode(e.into()))?
        }
        None => Document::new(),
    };
    Ok(S::read(&document))
}

/// Writes a section's first document, version 1, in the transaction that creates what it belongs
/// to; that one's audit entry tells of it.
pub async fn create(
    domain: &Domain,
    conn: &mut Conn<'_>,
    scope: &str,
    section: &'static Section,
    document: &Document,
    by: &PersonId,
) -> db::Result<()> {
    let body = serde_json::to_string(&complete(section, document))
        .map_err(|e| sqlx::Error::Encode(e.into()))?;
    let at = domain.now();
    let (by, touched) = (by.as_str(), "{}");
    store::put(conn, &Saved { scope, section, version: 1, body: &body, touched, by, at }).await
}

/// Every field of the section and nothing else: stored values, defaults for the rest.
pub(super) fn complete(section: &Section, stored: &Document) -> Document {
    let value = |field: &model::settings::Field| {
        stored.get(field.key).cloned().unwrap_or_else(|| field.default_value())
    };
    section.fields().map(|field| (field.key.to_owned(), value(field))).collect()
}

pub(super) fn parse(body: &str) -> Result<Document> {
    serde_json::from_str(body).map_err(|error| Error::Corrupt(format!("settings: {error}")))
}

/// The name of who saved something; it has none where that was no person.
pub(super) fn name(t: Texts, first: &str, last: &str) -> String {
    match format!("{first} {last}").trim() {
        "" => t.get(Key::SettingsSystem).to_owned(),
        name => name.to_owned(),
    }
}
