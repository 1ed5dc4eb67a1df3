//! Where one lands: the root, the list of stores, a store's home page.
use crate::{
    panel::{Page, Visit},
    path::Path,
};
use domain::{
    Result,
    access::{self, ViewStore},
};
use model::{
    StoreId,
    panel::{Block, Card, Column, Empty, Inline, Link, Look, Panel, Row, Table, Toolbar, Who},
    text::{Key, Texts},
    view::{OrganizationEntry, StoreEntry, StoreHome},
};

/// The pages.
pub const PAGES: &[Page] = &[
    Page { pattern: "/", panel: |visit| Box::pin(root(visit)) },
    Page { pattern: "/stores", panel: |visit| Box::pin(stores(visit)) },
    Page { pattern: "/stores/{store}", panel: |visit| Box::pin(store(visit)) },
];

/// From this many stores on the list can be searched.
const SEARCHABLE: usize = 6;

/// The root leads on to where the person works: the own store if there is just one.
async fn root(visit: Visit) -> Result<Panel> {
    let viewer = visit.viewer().await?;
    let mut stores = viewer.organizations.into_iter().flat_map(|o| o.stores);
    Ok(Panel::redirect(match (stores.next(), stores.next()) {
        (Some(only), None) => Path::Store(only.id),
        _ => Path::Stores,
    }))
}

/// Every store of the person, by organization; also the search of the selector without wasm.
async fn stores(visit: Visit) -> Result<Panel> {
    let t = visit.t;
    let viewer = visit.viewer().await?;
    visit.steady();
    let all: usize = viewer.organizations.iter().map(|o| o.stores.len()).sum();
    let words = visit.query("q").trim().to_lowercase();
    let mut panel = Panel::new(t.get(Key::HomeStoresTitle), "");
    if all >= SEARCHABLE || !words.is_empty() {
        let search = (t.get(Key::NavSelectorSearch).to_owned(), visit.query("q").to_owned());
        let bar =
            Toolbar { path: Path::Stores.to_string(), search: Some(search), ..Toolbar::default() };
        panel = panel.with(Block::Toolbar(bar));
    }
    let before = panel.blocks.len();
    for organization in viewer.organizations {
        let found = |store: &&StoreEntry| store.name.to_lowercase().contains(&words);
        let rows: Vec<Row> = organization.stores.iter().filter(found).map(|s| row(t, s)).collect();
        if !rows.is_empty() {
            panel = panel.with(card(t, &organization, rows));
        }
    }
    if panel.blocks.len() > before {
        return Ok(panel);
    }
    Ok(panel.with(nothing(t, words.is_empty())))
}

fn card(t: Texts, organization: &OrganizationEntry, rows: Vec<Row>) -> Card {
    let table = Table {
        caption: organization.name.clone(),
        columns: vec![
            Column::new(t.get(Key::StoreDetailsName)),
            Column::actions(t.get(Key::MembersActions)),
        ],
        rows,
        ..Table::default()
    };
    let card = Card::new(format!("in-{}", organization.id), &organization.name, "");
    Card { wide: true, ..card.with(table) }
}

fn row(t: Texts, store: &StoreEntry) -> Row {
    let who = Who {
        name: store.name.clone(),
        square: true,
        href: Some(Path::Store(store.id.clone()).to_string()),
        ..Who::default()
    };
    let settings = Path::Settings(store.id.clone());
    let configure = Link::new(t.get(Key::NavConfiguration), settings)
        .look(Look::Quiet)
        .icon("settings")
        .named(t.fill(Key::NavConfigurationOf, &[("store", &store.name)]));
    Row {
        id: store.id.to_string(),
        cells: vec![vec![who.into()]],
        actions: if store.configurable { vec![configure.into()] } else { Vec::new() },
    }
}

/// No store at all, or none that matches.
fn nothing(t: Texts, at_all: bool) -> Empty {
    let title = if at_all { Key::HomeStoresNone } else { Key::NavSelectorNone };
    Empty {
        icon: "store".to_owned(),
        title: t.get(title).to_owned(),
        text: if at_all { t.get(Key::HomeStoresNoneText).to_owned() } else { String::new() },
        actions: if at_all {
            Vec::new()
        } else {
            vec![Link::button(t.get(Key::NavAllStores), Path::Stores)]
        },
    }
}

/// A store's home page: where a Marketer lands (C-20).
async fn store(visit: Visit) -> Result<Panel> {
    let (t, id) = (visit.t, visit.param::<StoreId>("store")?);
    let access = access::store::<ViewStore>(&visit.domain, visit.actor()?, &id).await?;
    let home = domain::store_home::home(&visit.domain, &access).await?;
    let about = Card::new("about", t.get(Key::HomeTitle), "").with(facts(t, &home));
    let role = Card::new("role", t.get(Key::HomeRole), "")
        .with(Block::Text(vec![Inline::Strong(home.role.clone())]))
        .with(Block::Text(vec![Inline::text(&home.role_help)]));
    let mut panel = Panel::new(&home.name, "").with(about).with(role);
    if home.configurable {
        let open = Link::new(t.get(Key::HomeOpenSettings), Path::Settings(id));
        let open = open.look(Look::Primary).icon("settings");
        panel = panel.with(Block::Actions(vec![open.into()]));
    } else {
        let ask = Card::new("ask", t.get(Key::HomeAskTitle), t.get(Key::HomeAskText));
        panel = panel.with(ask.with(Block::Rows(people(t, &home.administrators))));
    }
    panel.who = Some(head(t, home));
    Ok(panel)
}

fn head(t: Texts, home: StoreHome) -> Who {
    let shown = home.url.trim_start_matches("https://").trim_start_matches("http://");
    let below = if home.url.is_empty() {
        t.get(Key::HomeNoWebPage).to_owned()
    } else {
        shown.trim_end_matches('/').to_owned()
    };
    Who {
        name: home.name,
        below,
        badge: Some(home.role),
        picture: home.logo,
        square: true,
        href: (!home.url.is_empty()).then_some(home.url),
        ..Who::default()
    }
}

fn facts(t: Texts, home: &StoreHome) -> Block {
    let mut address = Vec::new();
    for line in &home.address {
        address.extend([Inline::text(line), Inline::Break]);
    }
    if address.is_empty() {
        address.push(Inline::Muted(t.get(Key::HomeNoAddress).to_owned()));
    }
    Block::Facts(vec![
        (t.get(Key::HomeOrganization).to_owned(), vec![Inline::text(&home.organization)]),
        (t.get(Key::HomeAddress).to_owned(), address),
        (t.get(Key::StoreHomeLocalTime).to_owned(), vec![Inline::text(&home.local_time)]),
    ])
}

/// People to write to, a row each.
fn people(t: Texts, people: &[(String, String)]) -> Vec<Vec<Inline>> {
    let row = |(name, email): &(String, String)| {
        let who = Who { name: name.clone(), below: email.clone(), ..Who::default() };
        let write = Link::button(t.get(Key::CommonWrite), format!("mailto:{email}"))
            .named(t.fill(Key::CommonWriteTo, &[("person", name)]));
        vec![who.into(), Inline::Link(write)]
    };
    people.iter().map(row).collect()
}
