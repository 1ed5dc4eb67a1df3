use super::{section, store};
use crate::{
    panel::{Page, Visit},
    path::Path,
};
use domain::{Error, Result};
use model::{
    panel::{Block, Card, Dialog, Inline, Link, Panel, Who},
    settings::{Section, sections},
    text::{Key, Texts},
};

/// The pages.
pub const PAGES: &[Page] = &[
    Page { pattern: "/help", panel: |visit| Box::pin(help(visit)) },
    Page { pattern: "/help/{article}", panel: |visit| Box::pin(article(visit)) },
    Page { pattern: "/stores/{store}/help", panel: |visit| Box::pin(store::help(visit)) },
    Page {
        pattern: "/stores/{store}/help/{article}",
        panel: |visit| Box::pin(store::article(visit)),
    },
    Page {
        pattern: "/stores/{store}/settings/{group}/{section}/help",
        panel: |visit| Box::pin(section::help(visit)),
    },
    Page {
        pattern: "/organizations/{organization}/settings/{group}/{section}/help",
        panel: |visit| Box::pin(section::help(visit)),
    },
];

/// Help outside of any store: the product's articles, and the way to the stores' own help.
async fn help(visit: Visit) -> Result<Panel> {
    let t = visit.t;
    let viewer = visit.viewer().await?;
    let all = viewer.organizations.into_iter().flat_map(|organization| organization.stores);
    let stores: Vec<Vec<Inline>> = all
        .map(|store| {
            let who = Who {
                name: store.name,
                square: true,
                href: Some(Path::StoreHelp(store.id).to_string()),
                ..Who::default()
            };
            vec![who.into()]
        })
        .collect();
    let mut panel = Panel::new(t.get(Key::SupportPageTitle), "");
    if !stores.is_empty() {
        let card = Card::new("stores", t.get(Key::SupportStores), t.get(Key::SupportStoresIntro));
        panel = panel.with(card.with(Block::Rows(stores)));
    }
    Ok(panel.with(articles(t, "/help")))
}

/// The same with an article over it.
async fn article(visit: Visit) -> Result<Panel> {
    let (t, section) = (visit.t, asked(&visit)?);
    let panel = help(visit).await?;
    Ok(Panel { dialog: Some(Box::new(pop_up(t, section, "/help"))), ..panel })
}

/// The section whose article the address names.
pub(super) fn asked(visit: &Visit) -> Result<&'static Section> {
    visit.actor()?;
    let key = visit.param::<String>("article")?;
    sections().find(|section| section.key == key).ok_or(Error::NotFound)
}

/// An article in a pop-up.
pub(super) fn pop_up(t: Texts, section: &Section, back: &str) -> Dialog {
    Dialog {
        title: t.fill(Key::SupportArticleOf, &[("section", t.get(section.title))]),
        back: back.to_owned(),
        blocks: vec![Block::Rich(t.get(section.help).to_owned())],
        ..Dialog::default()
    }
}

/// Links to the articles, one for each section.
pub(super) fn articles(t: Texts, place: &str) -> Card {
    let line = |section: &'static Section| {
        let link = Link::new(t.get(section.title), format!("{place}/{}", section.key));
        vec![Inline::Link(link), Inline::Break, Inline::Muted(t.get(section.intro).to_owned())]
    };
    Card::new("articles", t.get(Key::SupportArticles), "")
        .with(Block::List(sections().map(line).collect()))
}
