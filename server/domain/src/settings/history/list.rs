//! Pages of the history, and one version. No more rows are read than a page has, however many
//! there are.
use super::{
    FIRST,
    cursor::{At, Cursor, PAGE_SIZE},
    store::{self, PlacePage, VersionRow},
    view::{VersionView, views},
};
use crate::{
    Domain, Error, Result,
    access::SectionAccess,
    audit::Reader,
    db::{self, Conn},
};

/// A page of the list, newest first.
#[derive(Clone, Debug)]
pub struct HistoryPage {
    /// Its versions.
    pub versions: Vec<VersionView>,
    /// The place of the page after it, if there is one.
    pub older: Option<Cursor>,
    /// The place of the page before it, if there is one.
    pub newer: Option<Cursor>,
    /// It ends with the version that the section began with, which nobody made by a change.
    pub created: bool,
    /// The version of a section that is stored now; 0 where nothing is, and of a whole place.
    pub current: i64,
}

/// A page of a section's history. A place that has no versions beyond it gives the first page.
///
/// # Errors
/// Faults of the database only.
pub async fn of_section(
    domain: &Domain,
    access: &SectionAccess,
    reader: &Reader,
    at: At,
) -> Result<HistoryPage> {
    let (scope, section) = (access.place().id(), access.section());
    let read = async |conn: &mut Conn<'_>| {
        let current = store::current(conn, scope, section).await?;
        let beyond = async |conn: &mut Conn<'_>, at: &At| {
            let from = (at.is_newer(), at.cursor().version);
            store::of_section(conn, scope, section, from, limit()).await
        };
        let mut rows = beyond(conn, &at).await?;
        let at = if rows.is_empty() { At::Newest } else { at.clone() };
        if rows.is_empty() {
            rows = beyond(conn, &at).await?;
        }
        Ok::<_, db::Error>((rows, at, current))
    };
    let (rows, at, current) = domain.db.read(read).await?;
    let page = page(domain, rows, &at, reader)?;
    let oldest = page.versions.last().map_or(current + 1, |version| version.version);
    let created = page.older.is_none() && current >= FIRST && oldest == FIRST + 1;
    Ok(HistoryPage { created, current, ..page })
}

/// A page of the history of all sections that somebody may see, of one store or organization:
/// `all` is what [`section_views`](crate::access::section_views) gives.
///
/// # Errors
/// Faults of the database only.
pub async fn of_place(
    domain: &Domain,
    all: &[SectionAccess],
    reader: &Reader,
    at: At,
) -> Result<HistoryPage> {
    let scope = all.first().ok_or(Error::NotFound)?.place().id();
    let mut sections = ",".to_owned();
    all.iter().for_each(|access| sections.extend([access.section().key, ","]));
    let read = async |conn: &mut Conn<'_>| {
        let rows = store::of_place(conn, scope, &place_page(&at, &sections)).await?;
        if !rows.is_empty() {
            return Ok((rows, at.clone()));
        }
        let rows = store::of_place(conn, scope, &place_page(&At::Newest, &sections)).await?;
        Ok::<_, db::Error>((rows, At::Newest))
    };
    let (rows, at) = domain.db.read(read).await?;
    page(domain, rows, &at, reader)
}

fn place_page(at: &At, sections: &str) -> PlacePage {
    let Cursor { at: time, section, version } = at.cursor();
    let (newer, sections) = (at.is_newer(), sections.to_owned());
    PlacePage { newer, at: time, section, version, sections, limit: limit() }
}

/// One row more than a page has tells whether there is a further page.
fn limit() -> i64 {
    i64::try_from(PAGE_SIZE + 1).unwrap_or(i64::MAX)
}

fn page(
    domain: &Domain,
    mut rows: Vec<VersionRow>,
    at: &At,
    reader: &Reader,
) -> Result<HistoryPage> {
    let more = rows.len() > PAGE_SIZE;
    rows.truncate(PAGE_SIZE);
    let newer = at.is_newer();
    if newer {
        rows.reverse();
    }
    // Where one came from there is another page.
    let (before, after) = if newer { (more, true) } else { (*at != At::Newest, more) };
    let cursor = |row: &VersionRow| Cursor {
        at: row.saved_at,
        section: row.section.clone(),
        version: row.version,
    };
    Ok(HistoryPage {
        newer: rows.first().filter(|_| before).map(cursor),
        older: rows.last().filter(|_| after).map(cursor),
        versions: views(rows, reader, domain.now())?,
        created: false,
        current: 0,
    })
}

/// One version, and which one is stored now; `None` in place of it where it is the one that the
/// section began with.
///
/// # Errors
/// [`Error::NotFound`] where there is no such version.
pub async fn version(
    domain: &Domain,
    access: &SectionAccess,
    reader: &Reader,
    version: i64,
) -> Result<(Option<VersionView>, i64)> {
    let (scope, section) = (access.place().id(), access.section());
    let read = async |conn: &mut Conn<'_>| {
        let current = store::current(conn, scope, section).await?;
        let row = store::version(conn, scope, section, version).await?;
        Ok::<_, db::Error>((row, current))
    };
    let (row, current) = domain.db.read(read).await?;
    match row {
        Some(row) => Ok((views(vec![row], reader, domain.now())?.pop(), current)),
        None if version == FIRST && current >= FIRST => Ok((None, current)),
        None => Err(Error::NotFound),
    }
}
