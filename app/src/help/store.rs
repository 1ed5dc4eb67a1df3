//! A store's help page: its own text and links, the articles, tickets.
use super::{
    api::{CloseTicket, OpenTicket},
    pages::{articles, asked, pop_up},
};
use crate::{panel::Visit, path::Path};
use domain::{
    Result,
    access::{self, StoreAccess, ViewStore},
    help::{self, Page, State, Ticket},
};
use leptos::server_fn::ServerFn as _;
use model::{
    StoreId,
    panel::{
        Block, Card, Column, Field, Form, Inline, Kind, Link, Look, Panel, Row, Table, Tone, Who,
    },
    settings::{Help, Place, Settings as _},
    text::{Key, Texts},
};

/// What a store's people find behind the Help button.
pub(super) async fn help(visit: Visit) -> Result<Panel> {
    let id = visit.param::<StoreId>("store")?;
    panel(&visit, &id).await
}

/// The same with an article over it.
pub(super) async fn article(visit: Visit) -> Result<Panel> {
    let (id, section) = (visit.param::<StoreId>("store")?, asked(&visit)?);
    let panel = panel(&visit, &id).await?;
    let dialog = pop_up(visit.t, section, &Path::StoreHelp(id).to_string());
    Ok(Panel { dialog: Some(Box::new(dialog)), ..panel })
}

async fn panel(visit: &Visit, id: &StoreId) -> Result<Panel> {
    let t = visit.t;
    let access = access::store::<ViewStore>(&visit.domain, visit.actor()?, id).await?;
    let page = help::page(&visit.domain, &access).await?;
    let intro = t.fill(Key::SupportPageIntro, &[("store", access.store_name())]);
    let mut panel = Panel::new(t.get(Key::SupportPageTitle), intro);
    if page.editable {
        let set_up = Path::section(&Place::Store(id.clone()), Help::SECTION);
        let link = Link::button(t.get(Key::SupportSetUp), set_up).icon("settings");
        panel.actions = vec![link];
    }
    for block in own(t, &page.help) {
        panel = panel.with(block);
    }
    panel = panel.with(articles(t, &Path::StoreHelp(id.clone()).to_string()));
    panel = panel.with(ask(visit, &access, &page.help).await?);
    if !page.tickets.is_empty() {
        panel = panel.with(tickets(visit, &access, &page));
    }
    Ok(panel)
}

/// What the store itself says: text, help center, hours, links.
fn own(t: Texts, help: &Help) -> Vec<Block> {
    let mut blocks = Vec::new();
    if !help.text.is_empty() {
        let card = Card { wide: true, ..Card::new("own", t.get(Key::HelpTitle), "") };
        blocks.push(card.with(Block::Rich(help.text.clone())).into());
    }
    let mut facts = Vec::new();
    if !help.url.is_empty() {
        let link = Link::new(t.get(Key::SupportCenter), &help.url).external();
        facts.push((t.get(Key::SupportUrl).to_owned(), vec![Inline::Link(link)]));
    }
    if !help.hours.is_empty() {
        facts.push((t.get(Key::SupportHours).to_owned(), vec![Inline::text(&help.hours)]));
    }
    if !facts.is_empty() {
        blocks
            .push(Card::new("desk", t.get(Key::SupportDesk), "").with(Block::Facts(facts)).into());
    }
    let links: Vec<Vec<Inline>> = help
        .links
        .iter()
        .filter_map(|row| Some((row.get("title")?, row.get("url")?)))
        .map(|(title, url)| vec![Inline::Link(Link::new(title, url).external())])
        .collect();
    if !links.is_empty() {
        let card = Card::new("learn", t.get(Key::SupportLinks), "");
        blocks.push(card.with(Block::List(links)).into());
    }
    blocks
}

/// The form that opens a ticket; without an address, whom to write to instead.
async fn ask(visit: &Visit, access: &StoreAccess<ViewStore>, help: &Help) -> Result<Card> {
    let t = visit.t;
    if help.address.is_empty() {
        let home = domain::store_home::home(&visit.domain, access).await?;
        let people = home.administrators.iter().map(|(name, email)| {
            let who = Who { name: name.clone(), below: email.clone(), ..Who::default() };
            let write = Link::button(t.get(Key::CommonWrite), format!("mailto:{email}"))
                .named(t.fill(Key::CommonWriteTo, &[("person", name)]));
            vec![who.into(), Inline::Link(write)]
        });
        return Ok(Card::new("ask", t.get(Key::SupportTicket), t.get(Key::SupportNoAddress))
            .with(Block::Text(vec![Inline::text(t.get(Key::SupportNoAddressAsk))]))
            .with(Block::Rows(people.collect())));
    }
    let form = Form::new(OpenTicket::PATH, t.get(Key::SupportSend))
        .hidden("store", access.store())
        .field(Field::new("subject", Kind::Text, t.get(Key::SupportSubject)).required().max(120))
        .field(
            Field::new("message", Kind::Lines(6), t.get(Key::SupportMessage))
                .required()
                .max(5_000)
                .help(t.get(Key::SupportMessageHelp)),
        );
    let email = access.signed_in().person.email.as_str();
    let intro = t.fill(Key::SupportTicketIntro, &[("email", email)]);
    Ok(Card::new("ask", t.get(Key::SupportTicket), intro).with(form))
}

/// The person's own tickets.
fn tickets(visit: &Visit, access: &StoreAccess<ViewStore>, page: &Page) -> Card {
    let t = visit.t;
    let now = visit.domain.now();
    let row = |ticket: &Ticket| {
        let (tone, state) = match ticket.state {
            State::Open => (Tone::Info, Key::SupportStateOpen),
            State::Failed => (Tone::Danger, Key::SupportStateFailed),
            State::Closed => (Tone::Success, Key::SupportStateClosed),
        };
        let named = t.fill(Key::SupportCloseOf, &[("subject", &ticket.subject)]);
        let close = Form::new(CloseTicket::PATH, t.get(Key::SupportClose))
            .hidden("store", access.store())
            .hidden("ticket", &ticket.id)
            .look(Look::Quiet)
            .named(named);
        Row {
            id: ticket.id.to_string(),
            cells: vec![
                vec![Inline::text(&ticket.subject)],
                vec![Inline::text(page.locale.relative(now, ticket.created_at))],
                vec![Inline::badge(tone, t.get(state))],
            ],
            actions: match ticket.state {
                State::Closed => Vec::new(),
                _ => vec![close.into()],
            },
        }
    };
    let table = Table {
        caption: t.get(Key::SupportTickets).to_owned(),
        columns: vec![
            Column::new(t.get(Key::SupportSubject)),
            Column::new(t.get(Key::SupportSentAt)).nowrap(),
            Column::new(t.get(Key::SupportState)),
            Column::actions(t.get(Key::SupportActions)),
        ],
        rows: page.tickets.iter().map(row).collect(),
        ..Table::default()
    };
    Card { wide: true, ..Card::new("tickets", t.get(Key::SupportTickets), "") }.with(table)
}
