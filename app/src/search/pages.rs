//! The search page: what the palette finds, without wasm.
use super::entries;
use crate::{
    panel::{Page, Visit},
    path::Path,
    session::api::{SetLanguage, SetTheme, SignOut},
};
use domain::{
    Result,
    access::{self, ManageMembers},
    members,
};
use leptos::server_fn::ServerFn;
use model::{
    panel::{Block, Card, Choice, Empty, Form, Inline, Look, Panel, Select, Tone, Toolbar, Who},
    search::{Entry, GROUPS, Index, Kind},
    settings::Place,
    text::{Key, Texts},
    view::{MemberStatus, MembersQuery, Viewer},
};

/// The pages.
pub const PAGES: &[Page] = &[Page { pattern: "/search", panel: |visit| Box::pin(search(visit)) }];

/// Results shown at most.
const MOST: usize = 60;
/// Members shown at most.
const MEMBERS: usize = 8;

async fn search(visit: Visit) -> Result<Panel> {
    let (t, typed, within) = (visit.t, visit.query("q"), visit.query("in"));
    let actor = visit.actor()?;
    let place = entries::place(within);
    let viewer = visit.viewer().await?;
    let all = entries::entries(&visit.domain, actor, &viewer, t, place.clone()).await?;
    let index = Index::new(all);
    let found: Vec<&Entry> = if typed.trim().is_empty() {
        // A map of what there is.
        index.entries().iter().filter(|entry| entry.kind != Kind::Field).collect()
    } else {
        index.find(typed, MOST)
    };
    let mut panel = Panel::new(t.get(Key::SearchTitle), t.get(Key::SearchIntro));
    panel = panel.with(Block::Toolbar(Toolbar {
        path: Path::Search(String::new(), String::new()).to_string(),
        filters: places(t, &viewer, within).into_iter().collect(),
        // Not as the field in the page's head is called: there are two.
        search: Some((t.get(Key::SearchTitle).to_owned(), typed.to_owned())),
        ..Toolbar::default()
    }));
    let before = panel.blocks.len();
    let back = visit.path.as_str();
    for group in order(&found) {
        let rows = found.iter().filter(|entry| entry.kind.group() == group);
        let rows = rows.map(|entry| row(entry, back)).collect();
        panel = panel.with(card(t, &format!("group-{group}"), LABELS[group], rows));
    }
    let people = people(&visit, place.as_ref(), typed).await?;
    if !people.is_empty() {
        panel = panel.with(card(t, "members", Key::SearchMembers, people));
    }
    if panel.blocks.len() == before {
        panel = panel.with(Empty {
            icon: "search-x".to_owned(),
            title: t.get(Key::SearchNone).to_owned(),
            text: t.get(Key::SearchNoneText).to_owned(),
            ..Empty::default()
        });
    }
    Ok(panel)
}

/// Where to search, where a person has a choice: settings are found at one place at a time.
fn places(t: Texts, viewer: &Viewer, within: &str) -> Option<Select> {
    let mut choices = vec![Choice::new("", t.get(Key::SearchNowhere))];
    for organization in &viewer.organizations {
        choices.push(Choice::new(organization.id.as_str(), organization.name.as_str()));
        let name = |store: &str| format!("{} · {store}", organization.name);
        let stores = organization.stores.iter();
        choices.extend(stores.map(|s| Choice::new(s.id.as_str(), name(&s.name))));
    }
    choices.truncate(entries::STORES);
    let label = t.get(Key::SearchWithin).to_owned();
    let value = within.to_owned();
    let several = viewer.organizations.iter().flat_map(|o| &o.stores).nth(1).is_some();
    several.then(|| Select { name: "in".to_owned(), label, value, choices })
}

/// The names of the groups.
const LABELS: [Key; GROUPS] =
    [Key::SearchSettings, Key::SearchPages, Key::SearchPlaces, Key::SearchCommands];

/// The groups, the one with the best result first.
fn order(found: &[&Entry]) -> Vec<usize> {
    let mut groups = Vec::new();
    for entry in found {
        if !groups.contains(&entry.kind.group()) {
            groups.push(entry.kind.group());
        }
    }
    groups
}

fn card(t: Texts, id: &str, title: Key, rows: Vec<Vec<Inline>>) -> Card {
    Card::new(id, t.get(title), "").with(Block::Rows(rows))
}

fn row(entry: &Entry, back: &str) -> Vec<Inline> {
    if let Some(form) = command(entry, back) {
        return vec![Inline::Choose(Box::new(form))];
    }
    let icon = match entry.kind {
        Kind::Section | Kind::Field => Some("settings"),
        Kind::Page => Some("file-text"),
        Kind::Command => Some("plus"),
        Kind::Place => None,
    };
    let who = Who {
        name: entry.text.clone(),
        below: entry.hint.clone(),
        icon,
        square: true,
        href: Some(entry.address.clone()),
        ..Who::default()
    };
    let needs =
        Some(Inline::badge(Tone::Neutral, &entry.needs)).filter(|_| !entry.needs.is_empty());
    [who.into()].into_iter().chain(needs).collect()
}

/// What a command of the frame sends.
fn command(entry: &Entry, back: &str) -> Option<Form> {
    let form = |action: &str| Form::new(action, &entry.text).look(Look::Button);
    match entry.address.split_once('=') {
        _ if entry.address.starts_with('/') => None,
        Some(("theme", theme)) => {
            Some(form(SetTheme::PATH).hidden("theme", theme).hidden("back", back))
        }
        Some((_, language)) => {
            Some(form(SetLanguage::PATH).hidden("language", language).hidden("back", back))
        }
        None => Some(form(SignOut::PATH)),
    }
}

/// The members of the store that the typed text names, for who may see them.
async fn people(visit: &Visit, place: Option<&Place>, typed: &str) -> Result<Vec<Vec<Inline>>> {
    let (Some(Place::Store(store)), false) = (place, typed.trim().is_empty()) else {
        return Ok(Vec::new());
    };
    let access = access::store::<ManageMembers>(&visit.domain, visit.actor()?, store).await;
    let Ok(access) = access else { return Ok(Vec::new()) };
    let query = MembersQuery { search: typed.trim().to_owned(), ..MembersQuery::default() };
    let page = members::list(&visit.domain, &access, &query).await?;
    let list = Path::Members(store.clone()).to_string();
    let rows = page.rows.into_iter().take(MEMBERS).map(|member| {
        let invited = member.status != MemberStatus::Active;
        let href = format!("{list}?q={}", crate::path::encode(&member.email));
        let icon = invited.then_some("mail");
        let (name, below) = match member.name.as_str() {
            "" => (member.email, String::new()),
            _ => (member.name, member.email),
        };
        vec![Who { name, below, icon, href: Some(href), ..Who::default() }.into()]
    });
    Ok(rows.collect())
}
