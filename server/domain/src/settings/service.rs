use super::store::{self, DocumentRow, Saved};
use crate::{
    Domain, Error, Result,
    access::SectionAccess,
    db::{self, Conn},
    format, reference,
};
use model::{
    PersonId,
    panel::Choice,
    settings::{Document, Kind, Section, Settings},
    text::{Lang, Texts},
    view::{LastChange, SectionView},
};
use std::collections::BTreeMap;

/// A section's page (C-12): values, choices in the reader's language, who changed it last.
pub async fn view(domain: &Domain, access: &SectionAccess) -> Result<SectionView> {
    let (section, scope) = (access.section(), access.place().id());
    let lang = access.signed_in().person.language;
    let row = domain.db.read(async |conn| store::document(conn, scope, section).await).await?;
    let stored = row.as_ref().map(|row| parse(&row.body)).transpose()?.unwrap_or_default();
    // Version 1 is what its store or organization was created with: nobody has changed anything yet.
    let last_change = row.as_ref().filter(|row| row.version > 1).map(|row| LastChange {
        by: name(&row.first_name, &row.last_name),
        at: format::relative_time(Texts::of(lang), domain.now(), row.saved_at),
    });
    Ok(SectionView {
        version: row.map_or(0, |row| row.version),
        values: complete(section, &stored),
        choices: choices(section, lang, domain.now()),
        last_change,
        editable: access.editable(),
    })
}

fn choices(section: &Section, lang: Lang, now: i64) -> BTreeMap<String, Vec<Choice>> {
    let chosen = section.fields().filter_map(|field| match field.kind {
        Kind::Select(source) => Some((field.key.to_owned(), reference::choices(source, lang, now))),
        _ => None,
    });
    chosen.collect()
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
    store::put(conn, &Saved { scope, section, version: 1, body: &body, by, at }).await
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

pub(super) fn name(first: &str, last: &str) -> String {
    format!("{first} {last}").trim().to_owned()
}
