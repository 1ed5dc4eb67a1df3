//! Entries as people read them.
use super::{
    ANONYMOUS, SYSTEM,
    browse::{AuditPage, Log},
    query::Filter,
    store::Entry,
    values::{Difference, Names, Reader, differences},
    words,
};
use crate::{Domain, Result, format};
use futures::{Stream, StreamExt as _, TryStreamExt as _};
use model::{
    StoreId,
    text::{Key, Texts},
};

/// An entry as people read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryView {
    /// Its identifier.
    pub id: String,
    /// Its place in the log, beginning with 1.
    pub position: i64,
    /// When, in the reader's language and time zone.
    pub at: String,
    /// How long ago.
    pub ago: String,
    /// Who did it.
    pub who: String,
    /// What was done, in words.
    pub what: String,
    /// What was done, as programs know it.
    pub action: String,
    /// What it was done to: an identifier or a section's key.
    pub subject: String,
    /// The store that it is about, with its name.
    pub store: Option<(StoreId, String)>,
    /// What it changed.
    pub differences: Vec<Difference>,
    /// The network address of who did it; empty for the program itself.
    pub address: String,
    /// The request's id; empty where there was none.
    pub request: String,
    /// The hash that proves it.
    pub hash: String,
    time: i64,
}

/// The entries of a page, for `reader`.
///
/// # Errors
/// Faults of the database only.
pub async fn read(
    domain: &Domain,
    log: &Log,
    page: &AuditPage,
    reader: &Reader,
) -> Result<Vec<EntryView>> {
    let names = Names::of(domain, log.chain(), &page.entries).await?;
    let now = domain.now();
    Ok(page.entries.iter().map(|entry| view(reader, &names, entry, now)).collect())
}

fn view(reader: &Reader, names: &Names, entry: &Entry, now: i64) -> EntryView {
    let t = reader.t;
    let store = entry.store_id.as_deref().and_then(|id| {
        let store: StoreId = id.parse().ok()?;
        Some((store, names.get(id).unwrap_or(id).to_owned()))
    });
    EntryView {
        id: entry.id.clone(),
        position: entry.position,
        at: format::date_time(t, &reader.zone, entry.at),
        ago: format::relative_time(t, now, entry.at),
        who: who(t, names, &entry.actor),
        what: words::sentence(t, &entry.action),
        action: entry.action.clone(),
        subject: entry.subject.clone(),
        store,
        differences: differences(reader, names, entry),
        address: entry.address.clone(),
        request: entry.request_id.clone(),
        hash: entry.hash.clone(),
        time: entry.at,
    }
}

fn who(t: Texts, names: &Names, actor: &str) -> String {
    match actor {
        SYSTEM => t.get(Key::AuditSystem).to_owned(),
        ANONYMOUS => t.get(Key::AuditAnonymous).to_owned(),
        id => names.get(id).unwrap_or(id).to_owned(),
    }
}

impl EntryView {
    /// What it changed, in a line: the first values that differ.
    pub fn summary(&self, t: Texts) -> String {
        let changed = || self.differences.iter().filter(|change| change.old != change.new);
        let lines: Vec<String> = changed().take(3).map(|change| change.line(t)).collect();
        let more = changed().count() > lines.len();
        lines.join("; ") + if more { "; …" } else { "" }
    }
}

/// All entries of a list as CSV, piece by piece as they are wanted.
pub fn export(
    domain: &Domain,
    log: Log,
    filter: &Filter,
    reader: Reader,
) -> impl Stream<Item = Result<Vec<u8>>> + Send + use<> {
    let head = futures::stream::iter([Ok(csv_head(reader.t))]);
    let pages = super::browse::all(domain, log.clone(), filter);
    let domain = domain.clone();
    head.chain(pages.and_then(move |page| {
        let (domain, log, reader) = (domain.clone(), log.clone(), reader.clone());
        async move { Ok(csv(&reader, &read(&domain, &log, &page, &reader).await?)) }
    }))
}

/// The first line of an export.
pub(super) fn csv_head(t: Texts) -> Vec<u8> {
    let keys = [
        Key::AuditWhen,
        Key::AuditWho,
        Key::AuditWhat,
        Key::AuditStore,
        Key::AuditChanges,
        Key::AuditAddress,
        Key::AuditRequest,
        Key::AuditAction,
        Key::AuditSubject,
        Key::AuditPosition,
        Key::AuditHash,
    ];
    // The mark tells spreadsheets that it is UTF-8.
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    bytes.extend(line(keys.map(|key| t.get(key).to_owned())));
    bytes
}

/// The lines of an export for these entries.
pub(super) fn csv(reader: &Reader, entries: &[EntryView]) -> Vec<u8> {
    let fields = |entry: &EntryView| {
        let changes = entry.differences.iter().filter(|change| change.old != change.new);
        let changes: Vec<String> = changes
            .map(|change| format!("{}: {} → {}", change.field, change.old, change.new))
            .collect();
        line([
            format::iso_time(&reader.zone, entry.time),
            entry.who.clone(),
            entry.what.clone(),
            entry.store.as_ref().map(|(_, name)| name.clone()).unwrap_or_default(),
            changes.join("\n"),
            entry.address.clone(),
            entry.request.clone(),
            entry.action.clone(),
            entry.subject.clone(),
            entry.position.to_string(),
            entry.hash.clone(),
        ])
    };
    entries.iter().flat_map(fields).collect()
}

fn line<const N: usize>(cells: [String; N]) -> Vec<u8> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    // Writing to memory does not fail.
    writer.write_record(cells.iter().map(|cell| harmless(cell))).ok();
    writer.into_inner().unwrap_or_default()
}

/// A cell that no spreadsheet takes for a formula, whoever typed what stands in it.
fn harmless(cell: &str) -> String {
    let formula =
        cell.trim_start().starts_with(['=', '+', '-', '@']) || cell.starts_with(['\t', '\r', '\n']);
    if formula { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n-x"] {
            assert_eq!(harmless(text), format!("'{text}"));
        }
        assert_eq!(harmless("a=b"), "a=b");
        let line = line(["a,b".into(), "say \"hi\"".into(), "=x\r\ny".into()]);
        assert_eq!(String::from_utf8(line).unwrap(), "\"a,b\",\"say \"\"hi\"\"\",\"'=x\r\ny\"\r\n");
    }
}
