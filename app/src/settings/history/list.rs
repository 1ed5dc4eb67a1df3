//! The lists of versions: of one section and of a whole place.
use super::room::{self, Room};
use crate::{panel::Visit, path::Path};
use domain::{
    Result, access,
    audit::Reader,
    format,
    settings::history::{self, At, Cursor, HistoryPage, VersionView},
};
use model::{
    panel::{Column, Empty, Inline, Link, Look, Pager, Panel, Row, Table, Toolbar},
    settings::Place,
    text::{Key, Plural, Texts},
};

/// Fields of a change that the list names.
const NAMED: usize = 3;

/// A section's history.
pub(super) async fn of_section(visit: Visit) -> Result<Panel> {
    let room = Room::of(&visit).await?;
    panel(&visit, &room).await
}

/// The list, also below a pop-up.
pub(super) async fn panel(visit: &Visit, room: &Room) -> Result<Panel> {
    let t = visit.t;
    let at = At::read(visit.query("after"), visit.query("before"));
    let page = history::of_section(&visit.domain, &room.access, &room.reader, at).await?;
    let mut panel = Panel::new(room.titled(Key::HistoryTitle), t.get(Key::HistoryIntro));
    panel.meta = t.fill(Key::AuditZone, &[("zone", &room.reader.zone)]);
    panel.actions = vec![
        Link::button(t.get(Key::HistoryAll), place_path(&room.place)),
        Link::button(t.get(Key::HistoryOpen), Path::section(&room.place, room.section)),
    ];
    let listing = Listing { visit, place: &room.place, path: room.path(""), whole: false };
    let mut table = listing.table(&page);
    if page.created {
        table.rows.push(listing.created(room));
    }
    if page.current > 1 {
        let link = Link::button(t.get(Key::HistoryCompare), room.path("compare"));
        let actions = vec![link.icon("git-compare-arrows")];
        table.toolbar = Some(Toolbar { actions, ..Toolbar::default() });
    }
    Ok(panel.with(table))
}

/// The history of all sections of a store or an organization that one may view.
pub(super) async fn of_place(visit: Visit) -> Result<Panel> {
    let (t, place, actor) = (visit.t, visit.place()?, visit.actor()?);
    let all = access::section_views(&visit.domain, actor, place.clone()).await?;
    let reader = Reader::of(t, &actor.person);
    let at = At::read(visit.query("after"), visit.query("before"));
    let page = history::of_place(&visit.domain, &all, &reader, at).await?;
    let mut panel = Panel::new(t.get(Key::HistoryPlaceTitle), t.get(Key::HistoryPlaceIntro));
    panel.meta = t.fill(Key::AuditZone, &[("zone", &reader.zone)]);
    let path = place_path(&place);
    let listing = Listing { visit: &visit, place: &place, path, whole: true };
    Ok(panel.with(listing.table(&page)))
}

fn place_path(place: &Place) -> String {
    Path::InSettings(place.clone(), "history".to_owned()).to_string()
}

/// A list as it was asked for.
struct Listing<'a> {
    visit: &'a Visit,
    place: &'a Place,
    path: String,
    /// It has more than one section.
    whole: bool,
}

impl Listing<'_> {
    fn table(&self, page: &HistoryPage) -> Table {
        let t = self.visit.t;
        let link = |name: &str, cursor: &Option<Cursor>| {
            cursor.as_ref().map(|cursor| format!("{}?{name}={}", self.path, cursor.encode()))
        };
        let count = i64::try_from(page.versions.len()).unwrap_or_default();
        let mut columns = vec![Column::new(t.get(Key::AuditWhen)).nowrap()];
        if self.whole {
            columns.push(Column::new(t.get(Key::HistorySection)));
        }
        columns.extend([
            Column::new(t.get(Key::AuditWho)),
            Column::new(t.get(Key::HistoryChanges)),
            Column::new(t.get(Key::HistoryHow)),
            Column::actions(t.get(Key::AuditDetails)),
        ]);
        Table {
            caption: t.get(Key::HistoryChanges).to_owned(),
            toolbar: None,
            columns,
            rows: page.versions.iter().map(|version| self.row(version)).collect(),
            empty: Some(Box::new(Empty {
                icon: "history".to_owned(),
                title: t.get(Key::HistoryEmpty).to_owned(),
                text: t.get(Key::HistoryEmptyText).to_owned(),
                actions: Vec::new(),
            })),
            pager: (count > 0).then(|| Pager {
                text: t.count(Plural::HistoryShown, count),
                previous: link("before", &page.newer),
                next: link("after", &page.older),
            }),
        }
    }

    fn row(&self, version: &VersionView) -> Row {
        let t = self.visit.t;
        let when = vec![Inline::text(&version.at), Inline::Break, muted(&version.ago)];
        let mut who = vec![Inline::text(&version.who)];
        if !version.address.is_empty() {
            who.extend([Inline::Break, Inline::Code(version.address.clone())]);
        }
        let number = numbered(t, Key::HistoryVersion, version.version);
        let how = vec![Inline::text(room::how(t, &version.how)), Inline::Break, muted(&number)];
        let title = t.get(version.section.title);
        let mut cells = vec![when];
        if self.whole {
            let path = Path::section(self.place, version.section);
            cells.push(vec![Inline::Link(Link::new(title, path))]);
        }
        cells.extend([who, changes(t, version), how]);
        let id = format!("{}-{}", version.section.key, version.version);
        Row { id, cells, actions: vec![self.details(version.section.title, version).into()] }
    }

    fn details(&self, title: Key, version: &VersionView) -> Link {
        let rest = version.version.to_string();
        self.link(room::path(self.place, version.section, &rest), title, version.version)
    }

    /// A link to a version, which keeps the place in the list below its pop-up.
    fn link(&self, path: String, title: Key, version: i64) -> Link {
        let t = self.visit.t;
        let href = if self.whole { path } else { self.visit.carried_to(path) };
        let values = [("version", &*version.to_string()), ("section", t.get(title))];
        Link::new(t.get(Key::AuditDetails), href)
            .look(Look::Quiet)
            .named(t.fill(Key::HistoryDetailsOf, &values))
    }

    /// The version that the section began with.
    fn created(&self, room: &Room) -> Row {
        let t = self.visit.t;
        let nothing = || vec![muted(t.get(Key::CommonNone))];
        let number = numbered(t, Key::HistoryVersion, 1);
        let what = vec![Inline::text(t.get(Key::HistoryCreated))];
        let link = self.link(room.path("1"), room.section.title, 1);
        Row {
            id: format!("{}-1", room.section.key),
            cells: vec![nothing(), nothing(), what, vec![muted(&number)]],
            actions: vec![link.into()],
        }
    }
}

fn muted(text: &str) -> Inline {
    Inline::Muted(text.to_owned())
}

pub(super) fn numbered(t: Texts, key: Key, version: i64) -> String {
    t.fill(key, &[("version", &version.to_string())])
}

/// The first fields of a change, each on a line.
fn changes(t: Texts, version: &VersionView) -> Vec<Inline> {
    let mut line = Vec::new();
    for change in version.changes.iter().take(NAMED) {
        if !line.is_empty() {
            line.push(Inline::Break);
        }
        let (old, new) = (format::short(&change.old), format::short(&change.new));
        line.extend([
            muted(&format!("{}: ", change.label)),
            Inline::text(format!("{old} → {new}")),
        ]);
    }
    let more = version.changes.len().saturating_sub(NAMED);
    if let Some(more) = i64::try_from(more).ok().filter(|more| *more > 0) {
        line.extend([Inline::Break, muted(&t.count(Plural::HistoryMore, more))]);
    }
    line
}
