//! Reading the log: pages of it, an entry, and all of a list as a stream.
use super::{
    query::{Cursor, Filter, PAGE_SIZE, Place},
    store::{self, Entry},
};
use crate::{
    Domain, Error, Result,
    access::{OrganizationAccess, SignedIn, ViewAudit},
    db::Conn,
};
use futures::Stream;
use model::AuditId;

/// Entries read at a time for an export.
const EXPORT: usize = 500;
/// Names offered by a filter.
const NAMES: i64 = 500;

/// Proof that somebody may read a chain.
#[derive(Clone, Debug)]
pub struct Log {
    chain: String,
    /// Only what this person did.
    own: Option<String>,
}

impl Log {
    /// An organization's log.
    pub fn organization(access: &OrganizationAccess<ViewAudit>) -> Log {
        Log { chain: access.organization().to_string(), own: None }
    }

    /// What somebody did about their own account.
    pub fn own(signed_in: &SignedIn) -> Log {
        Log { chain: super::INSTANCE.to_owned(), own: Some(signed_in.person.id.to_string()) }
    }

    #[cfg(test)]
    pub(super) fn of(chain: &str) -> Log {
        Log { chain: chain.to_owned(), own: None }
    }

    /// The chain's name.
    pub(super) fn chain(&self) -> &str {
        &self.chain
    }

    fn narrowed(&self, filter: &Filter) -> Filter {
        let mut filter = filter.clone();
        if let Some(own) = &self.own {
            filter.actor = Some(own.clone());
        }
        filter
    }
}

/// A page of the list, newest first.
#[derive(Clone, Debug)]
pub struct AuditPage {
    pub(super) entries: Vec<Entry>,
    /// The place of the page after it, if there is one.
    pub older: Option<Cursor>,
    /// The place of the page before it, if there is one.
    pub newer: Option<Cursor>,
}

/// Somebody whose doings the log tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// A person's identifier, [`SYSTEM`](super::SYSTEM) or [`ANONYMOUS`](super::ANONYMOUS).
    pub id: String,
    /// First and last name; empty for who is no person.
    pub name: String,
    /// E-mail address; empty for who is no person.
    pub email: String,
}

/// A page of the log. No more rows are read than it has, however many there are. A place that has
/// no entries beyond it gives the first page.
///
/// # Errors
/// Faults of the database only.
pub async fn list(domain: &Domain, log: &Log, filter: &Filter, place: Place) -> Result<AuditPage> {
    let filter = log.narrowed(filter);
    let read = async |conn: &mut Conn<'_>| {
        let page = page(conn, log, &filter, place).await?;
        match page.entries.is_empty() && place != Place::Newest {
            true => self::page(conn, log, &filter, Place::Newest).await,
            false => Ok(page),
        }
    };
    Ok(domain.db.read(read).await?)
}

async fn page(
    conn: &mut Conn<'_>,
    log: &Log,
    filter: &Filter,
    place: Place,
) -> crate::db::Result<AuditPage> {
    let mut entries = fetch(conn, log, filter, place, PAGE_SIZE + 1).await?;
    let more = entries.len() > PAGE_SIZE;
    entries.truncate(PAGE_SIZE);
    let newer = matches!(place, Place::NewerThan(_));
    if newer {
        entries.reverse();
    }
    // Where one came from there is another page.
    let (before, after) = if newer { (more, true) } else { (place != Place::Newest, more) };
    Ok(AuditPage {
        newer: entries.first().filter(|_| before).map(Cursor::of),
        older: entries.last().filter(|_| after).map(Cursor::of),
        entries,
    })
}

/// At most `limit` entries beyond `place`, in the direction of travel. A kind has several actions,
/// each with an index of its own: their first entries are merged.
async fn fetch(
    conn: &mut Conn<'_>,
    log: &Log,
    filter: &Filter,
    place: Place,
    limit: usize,
) -> crate::db::Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for lead in filter.leads() {
        entries.extend(store::list(conn, log.chain(), &filter.page(lead, place, limit)).await?);
    }
    entries.sort_by_key(|entry| (entry.at, entry.position));
    if !matches!(place, Place::NewerThan(_)) {
        entries.reverse();
    }
    entries.truncate(limit);
    Ok(entries)
}

/// All entries of a list, newest first, read page by page as they are wanted.
pub fn all(
    domain: &Domain,
    log: Log,
    filter: &Filter,
) -> impl Stream<Item = Result<AuditPage>> + Send + use<> {
    let filter = log.narrowed(filter);
    let start = (domain.clone(), log, filter, Some(Place::Newest));
    futures::stream::try_unfold(start, |(domain, log, filter, place)| async move {
        let Some(place) = place else { return Ok(None) };
        let read = async |conn: &mut Conn<'_>| fetch(conn, &log, &filter, place, EXPORT).await;
        let entries = domain.db.read(read).await?;
        let next = entries.last().filter(|_| entries.len() == EXPORT).map(Cursor::of);
        let page = AuditPage { entries, older: next, newer: None };
        Ok(Some((page, (domain, log, filter, next.map(Place::OlderThan)))))
    })
}

/// The stores that the log may speak of, by name: identifiers and names.
///
/// # Errors
/// Faults of the database only.
pub async fn stores(domain: &Domain, log: &Log) -> Result<Vec<(String, String)>> {
    let rows = domain.db.read(async |conn| store::stores(conn, log.chain(), NAMES).await).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}

/// One entry.
///
/// # Errors
/// [`Error::NotFound`] where this log has none with this identifier.
pub async fn entry(domain: &Domain, log: &Log, id: &AuditId) -> Result<AuditPage> {
    let entry = domain.db.read(async |conn| store::entry(conn, log.chain(), id).await).await?;
    let entry = entry.filter(|entry| log.own.as_ref().is_none_or(|own| *own == entry.actor));
    let entries = vec![entry.ok_or(Error::NotFound)?];
    Ok(AuditPage { entries, older: None, newer: None })
}

/// Everybody who did something in the log, by name.
///
/// # Errors
/// Faults of the database only.
pub async fn actors(domain: &Domain, log: &Log) -> Result<Vec<Actor>> {
    let rows = domain.db.read(async |conn| store::actors(conn, log.chain(), NAMES).await).await?;
    let actor = |row: store::ActorRow| Actor {
        name: row.name.trim().to_owned(),
        email: row.email,
        id: row.id,
    };
    Ok(rows.into_iter().map(actor).collect())
}
