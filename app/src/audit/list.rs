//! The list of entries with its filters.
use super::{entry, proof};
use crate::{
    panel::{Page, Visit},
    path::{Path, encode},
};
use domain::{
    Result,
    access::SignedIn,
    audit::{self, Actor, Cursor, EntryView, Filter, Kind, Log, Place, Reader},
};
use model::{
    AuditId, OrganizationId,
    panel::{
        Action, Choice, Column, Empty, Inline, Link, Look, Pager, Panel, Row, Select, Table,
        Toolbar,
    },
    settings,
    text::{Key, Plural},
};

/// The pages of the audit log.
pub const PAGES: &[Page] = &[
    Page { pattern: "/organizations/{organization}/audit", panel: |v| Box::pin(organization(v)) },
    Page {
        pattern: "/organizations/{organization}/audit/{entry}",
        panel: |v| Box::pin(organization_entry(v)),
    },
    Page { pattern: "/me/activity", panel: |v| Box::pin(own(v)) },
    Page { pattern: "/me/activity/{entry}", panel: |v| Box::pin(own_entry(v)) },
];

/// The names of filters in the address.
const FILTERS: [&str; 6] = ["person", "kind", "store", "section", "from", "until"];

/// A log that is being looked at.
pub(super) struct Room {
    pub(super) log: Log,
    pub(super) reader: Reader,
    /// The list's path.
    pub(super) path: String,
    /// The organization, unless it is the own activity.
    pub(super) organization: Option<OrganizationId>,
}

impl Room {
    async fn organization(visit: &Visit) -> Result<Room> {
        let (actor, id) = (visit.actor()?, visit.param::<OrganizationId>("organization")?);
        let access = domain::access::organization(&visit.domain, actor, &id).await?;
        Ok(Room {
            log: Log::organization(&access),
            reader: reader(visit, actor),
            path: Path::Audit(id.clone()).to_string(),
            organization: Some(id),
        })
    }

    fn own(visit: &Visit) -> Result<Room> {
        let actor = visit.actor()?;
        Ok(Room {
            log: Log::own(actor),
            reader: reader(visit, actor),
            path: Path::Activity.to_string(),
            organization: None,
        })
    }

    /// An address of this list: the filters of the visit, and then `more`.
    fn address(&self, visit: &Visit, path: &str, more: &[(&str, String)]) -> String {
        let kept = FILTERS.map(|name| (name, visit.query(name).to_owned()));
        let pairs = kept.iter().chain(more).filter(|(_, value)| !value.is_empty());
        let query: Vec<String> =
            pairs.map(|(name, value)| format!("{name}={}", encode(value))).collect();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) }
    }
}

fn reader(visit: &Visit, actor: &SignedIn) -> Reader {
    Reader::of(visit.t, &actor.person)
}

async fn organization(visit: Visit) -> Result<Panel> {
    let room = Room::organization(&visit).await?;
    panel(&visit, &room).await
}

async fn organization_entry(visit: Visit) -> Result<Panel> {
    let room = Room::organization(&visit).await?;
    with_entry(&visit, &room).await
}

async fn own(visit: Visit) -> Result<Panel> {
    let room = Room::own(&visit)?;
    panel(&visit, &room).await
}

async fn own_entry(visit: Visit) -> Result<Panel> {
    let room = Room::own(&visit)?;
    with_entry(&visit, &room).await
}

/// The list with the pop-up of an entry over it.
async fn with_entry(visit: &Visit, room: &Room) -> Result<Panel> {
    let id: AuditId = visit.param("entry")?;
    let found = audit::entry(&visit.domain, &room.log, &id).await?;
    let found = audit::read(&visit.domain, &room.log, &found, &room.reader).await?;
    let mut panel = panel(visit, room).await?;
    let back = visit.carried_to(&room.path);
    panel.dialog = found.first().map(|found| Box::new(entry::dialog(room, found, back)));
    Ok(panel)
}

async fn panel(visit: &Visit, room: &Room) -> Result<Panel> {
    let (domain, t) = (&visit.domain, visit.t);
    let filter = Filter::read(|name| visit.query(name), &room.reader.zone);
    let place = Place::read(visit.query("after"), visit.query("before"));
    let page = audit::list(domain, &room.log, &filter, place).await?;
    let entries = audit::read(domain, &room.log, &page, &room.reader).await?;
    let (title, intro) = match room.organization {
        Some(_) => (Key::AuditTitle, Key::AuditIntro),
        None => (Key::AuditActivityTitle, Key::AuditActivityIntro),
    };
    let mut panel = Panel::new(t.get(title), t.get(intro));
    panel.meta = t.fill(Key::AuditZone, &[("zone", &room.reader.zone)]);
    let link = |name: &str, cursor: Option<Cursor>| {
        cursor.map(|cursor| room.address(visit, &room.path, &[(name, cursor.encode())]))
    };
    let count = i64::try_from(entries.len()).unwrap_or_default();
    let table = Table {
        caption: t.get(title).to_owned(),
        toolbar: Some(toolbar(visit, room, &filter).await?),
        columns: columns(visit, room),
        rows: entries.iter().map(|entry| row(visit, room, entry)).collect(),
        empty: Some(Box::new(empty(visit, room, &filter))),
        pager: Some(Pager {
            text: t.count(Plural::AuditShown, count),
            previous: link("before", page.newer),
            next: link("after", page.older),
        }),
    };
    let panel = panel.with(table);
    Ok(match &room.organization {
        Some(id) => panel.with(proof::card(visit, room, id).await?),
        None => panel,
    })
}

fn columns(visit: &Visit, room: &Room) -> Vec<Column> {
    let t = visit.t;
    let mut columns = vec![Column::new(t.get(Key::AuditWhen)).nowrap()];
    if room.organization.is_some() {
        columns.push(Column::new(t.get(Key::AuditWho)));
    }
    columns.push(Column::new(t.get(Key::AuditWhat)));
    match room.organization {
        Some(_) => columns.push(Column::new(t.get(Key::AuditStore))),
        None => columns.push(Column::new(t.get(Key::AuditAddress))),
    }
    columns.push(Column::actions(t.get(Key::AuditDetails)));
    columns
}

fn row(visit: &Visit, room: &Room, entry: &EntryView) -> Row {
    let t = visit.t;
    let when =
        vec![Inline::text(entry.at.clone()), Inline::Break, Inline::Muted(entry.ago.clone())];
    let mut what = vec![Inline::text(entry.what.clone())];
    let summary = entry.summary(t);
    if !summary.is_empty() {
        what.extend([Inline::Break, Inline::Muted(summary)]);
    }
    let cells = match room.organization {
        Some(_) => {
            let store = entry.store.as_ref().map_or("", |(_, name)| name);
            vec![when, vec![Inline::text(entry.who.clone())], what, vec![Inline::text(store)]]
        }
        None => vec![when, what, vec![Inline::Code(entry.address.clone())]],
    };
    let details = format!("{}/{}", room.path, entry.id);
    let places = ["after", "before"].map(|name| (name, visit.query(name).to_owned()));
    let position = entry.position.to_string();
    let link = Link::new(t.get(Key::AuditDetails), room.address(visit, &details, &places))
        .look(Look::Quiet)
        .named(t.fill(Key::AuditDetailsOf, &[("position", &position)]));
    Row { id: entry.id.clone(), cells, actions: vec![Action::Link(link)] }
}

fn empty(visit: &Visit, room: &Room, filter: &Filter) -> Empty {
    let t = visit.t;
    let (icon, title, text) = match filter.is_empty() {
        true => ("history", Key::AuditEmpty, Key::AuditEmptyText),
        false => ("search-x", Key::AuditNoResults, Key::AuditNoResultsText),
    };
    let clear = (!filter.is_empty()).then(|| Link::button(t.get(Key::AuditClear), &room.path));
    Empty {
        icon: icon.to_owned(),
        title: t.get(title).to_owned(),
        text: t.get(text).to_owned(),
        actions: clear.into_iter().collect(),
    }
}

async fn toolbar(visit: &Visit, room: &Room, filter: &Filter) -> Result<Toolbar> {
    let mut filters = Vec::new();
    if room.organization.is_some() {
        filters.push(people(visit, room).await?);
        filters.push(kinds(visit));
        filters.push(stores(visit, room).await?);
        filters.push(sections(visit));
    }
    filters.push(day(visit, "from", Key::AuditFilterFrom));
    filters.push(day(visit, "until", Key::AuditFilterUntil));
    let mut actions = Vec::new();
    if !filter.is_empty() {
        actions.push(Link::new(visit.t.get(Key::AuditClear), &room.path).look(Look::Quiet));
    }
    if let Some(id) = &room.organization {
        let path = Path::AuditExport(id.clone()).to_string();
        let export = Link::button(visit.t.get(Key::AuditExport), room.address(visit, &path, &[]));
        actions.push(export.icon("download").external());
    }
    Ok(Toolbar { path: room.path.clone(), filters, actions, ..Toolbar::default() })
}

fn select(visit: &Visit, name: &str, label: Key, choices: Vec<Choice>) -> Select {
    let label = visit.t.get(label).to_owned();
    Select { name: name.to_owned(), label, value: visit.query(name).to_owned(), choices }
}

/// A day; what is none is not shown either.
fn day(visit: &Visit, name: &str, label: Key) -> Select {
    let mut day = select(visit, name, label, Vec::new());
    if domain::format::day("UTC", &day.value).is_none() {
        day.value.clear();
    }
    day
}

/// Choices behind the one for all.
fn choices(visit: &Visit, all: Key, rest: impl Iterator<Item = Choice>) -> Vec<Choice> {
    std::iter::once(Choice::new("", visit.t.get(all))).chain(rest).collect()
}

async fn people(visit: &Visit, room: &Room) -> Result<Select> {
    let t = visit.t;
    let label = |actor: &Actor| match (actor.id.as_str(), actor.name.as_str()) {
        (audit::SYSTEM, _) => t.get(Key::AuditSystem).to_owned(),
        (audit::ANONYMOUS, _) => t.get(Key::AuditAnonymous).to_owned(),
        (_, "") => actor.id.clone(),
        (_, name) => format!("{name} ({})", actor.email),
    };
    let actors = audit::actors(&visit.domain, &room.log).await?;
    let rest = actors.iter().map(|actor| Choice::new(actor.id.clone(), label(actor)));
    let all = choices(visit, Key::AuditAllPeople, rest);
    Ok(select(visit, "person", Key::AuditFilterPerson, all))
}

fn kinds(visit: &Visit) -> Select {
    // Nothing about the own account or of sign-ins stands in an organization's log.
    let kinds = Kind::ALL.into_iter().filter(|kind| !matches!(kind, Kind::SignIn | Kind::Account));
    let rest = kinds.map(|kind| Choice::new(kind.code(), visit.t.get(kind.label())));
    select(visit, "kind", Key::AuditFilterKind, choices(visit, Key::AuditAllKinds, rest))
}

async fn stores(visit: &Visit, room: &Room) -> Result<Select> {
    let stores = audit::stores(&visit.domain, &room.log).await?;
    let rest = stores.into_iter().map(|(id, name)| Choice::new(id, name));
    let all = choices(visit, Key::AuditAllStores, rest);
    Ok(select(visit, "store", Key::AuditFilterStore, all))
}

fn sections(visit: &Visit) -> Select {
    let rest = settings::sections().map(|s| Choice::new(s.key, visit.t.get(s.title)));
    select(visit, "section", Key::AuditFilterSection, choices(visit, Key::AuditAllSections, rest))
}
