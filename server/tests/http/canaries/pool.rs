//! What is known of an organization from its own pages and rows: identifiers, links, and what
//! stands in the places of an address that differ.
use super::marks::BIRD;
use domain::testing::Dice;
use server::http::{DOWNLOADS, page_routes};
use std::collections::{BTreeMap, BTreeSet};

/// Letters and digits of an identifier after its prefix.
const ID: usize = 32;

/// Texts in the order in which they were learnt, each once.
#[derive(Default)]
pub struct Texts {
    all: Vec<String>,
    known: BTreeSet<String>,
}

impl Texts {
    fn add(&mut self, text: &str) -> bool {
        let new = self.known.insert(text.to_owned());
        if new {
            self.all.push(text.to_owned());
        }
        new
    }

    /// All of them.
    pub fn all(&self) -> &[String] {
        &self.all
    }
}

/// What is known of an organization.
#[derive(Default)]
pub struct Pool {
    /// By prefix.
    ids: BTreeMap<String, Texts>,
    /// By the name of the part of an address.
    parts: BTreeMap<&'static str, Texts>,
    /// Addresses of the own pages.
    pub links: Texts,
}

/// Every identifier in a text.
pub fn ids(text: &str) -> Vec<&str> {
    let letter = |c: char| c.is_ascii_lowercase();
    let found = text.match_indices('_').filter_map(|(at, _)| {
        let (start, end) = (at.checked_sub(3)?, at + 1 + ID);
        let id = text.get(start..end)?;
        let right = id[..3].chars().all(letter) && id[4..].chars().all(|c| c.is_ascii_hexdigit());
        right.then_some(id)
    });
    found.collect()
}

impl Pool {
    /// Takes the identifiers in a text that are not known to be others'.
    pub fn learn_ids(&mut self, text: &str, others: &BTreeSet<String>) {
        for id in ids(text).into_iter().filter(|id| !others.contains(*id)) {
            self.ids.entry(id[..3].to_owned()).or_default().add(id);
        }
    }

    /// Takes the addresses that an own page leads to; those that are new.
    pub fn learn_links(&mut self, page: &str) -> Vec<String> {
        let links = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
        let links = links.map(|link| link.replace("&amp;", "&"));
        links.filter(|link| self.learn_link(link)).collect()
    }

    /// Takes an own address; whether it is new and one of a page.
    pub fn learn_link(&mut self, link: &str) -> bool {
        let path = link.split(['?', '#']).next().unwrap_or_default();
        let routes = page_routes().iter().chain(&DOWNLOADS);
        let found: Vec<_> = routes.filter_map(|pattern| parts(pattern, path)).collect();
        for (name, value) in found.iter().flatten() {
            self.parts.entry(name).or_default().add(value);
        }
        !found.is_empty() && !link.contains('#') && self.links.add(link)
    }

    /// Something that can stand in this part of an address.
    pub fn part(&self, name: &'static str, dice: &mut Dice) -> String {
        match self.parts.get(name).map(Texts::all) {
            Some(values) if !dice.once_in(8) => dice.pick(values).clone(),
            _ => self.any_id(dice),
        }
    }

    /// An identifier of any kind.
    fn any_id(&self, dice: &mut Dice) -> String {
        let kinds: Vec<&Texts> = self.ids.values().collect();
        let kind = *dice.pick::<&Texts>(&kinds);
        dice.pick(kind.all()).clone()
    }

    /// An identifier of the same kind; none where the text is none, or none such is known.
    pub fn like(&self, id: &str, dice: &mut Dice) -> Option<String> {
        let prefix = ids(id).first().filter(|found| found.len() == id.len())?.get(..3)?;
        Some(dice.pick(self.ids.get(prefix)?.all()).clone())
    }

    /// An address with this pattern, its parts taken now and then from `other`.
    pub fn address(&self, pattern: &'static str, other: &Pool, dice: &mut Dice) -> String {
        let segments = pattern.split('/').map(|segment| match name(segment) {
            Some(name) if dice.once_in(6) => other.part(name, dice),
            Some(name) => self.part(name, dice),
            None => segment.to_owned(),
        });
        segments.collect::<Vec<_>>().join("/")
    }

    /// A link of the organization that holds none of its texts: those are not for others to send.
    pub fn link(&self, dice: &mut Dice) -> Option<String> {
        let link = dice.pick(self.links.all());
        Some(link.clone()).filter(|link| !link.to_lowercase().contains(BIRD))
    }
}

/// The name in `{name}`.
fn name(segment: &'static str) -> Option<&'static str> {
    segment.strip_prefix('{')?.strip_suffix('}')
}

/// What stands in a pattern's places, where the path is such an address.
fn parts(pattern: &'static str, path: &str) -> Option<Vec<(&'static str, String)>> {
    let (pattern, path): (Vec<_>, Vec<_>) =
        (pattern.split('/').collect(), path.split('/').collect());
    if pattern.len() != path.len() {
        return None;
    }
    let pairs = pattern.into_iter().zip(path).filter(|(segment, text)| segment != text);
    pairs.map(|(segment, text)| Some((name(segment)?, text.to_owned()))).collect()
}
