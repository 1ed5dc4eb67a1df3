//! The pages that are made as data: where they are and what makes them.
use crate::{
    context::{Request, request},
    path::{Path, encode},
};
use domain::{Domain, Error, Result, access::SignedIn};
use leptos_router::location::Url;
use model::{
    Refusal, StoreId,
    panel::Panel,
    settings::{Place, Section},
    text::{Lang, Texts},
    view::Viewer,
};
use std::{
    collections::BTreeMap,
    pin::Pin,
    str::FromStr,
    sync::{Arc, LazyLock, atomic::Ordering},
};

/// A panel that is being made.
pub type Making = Pin<Box<dyn Future<Output = Result<Panel>> + Send>>;

/// A page.
pub struct Page {
    /// Its address, with `{name}` for each part that differs.
    pub pattern: &'static str,
    /// Makes what it shows.
    pub panel: fn(Visit) -> Making,
}

/// Every page, by room.
const ROOMS: &[&[Page]] = &[
    crate::session::pages::PAGES,
    crate::home::pages::PAGES,
    crate::dev::PAGES,
    crate::settings::pages::PAGES,
    crate::settings::members::pages::PAGES,
    crate::audit::PAGES,
    crate::organization::PAGES,
    crate::account::outside::pages::PAGES,
    crate::account::confirm::pages::PAGES,
    crate::account::person::pages::PAGES,
    crate::account::security::pages::PAGES,
    crate::organization_security::PAGES,
    crate::help::PAGES,
    crate::settings::history::PAGES,
    crate::settings::confirm::PAGES,
    crate::settings::policies::pages::PAGES,
    crate::settings::bulk::pages::PAGES,
    crate::search::PAGES,
    crate::settings::code::pages::PAGES,
];

/// Every page.
pub fn all() -> impl Iterator<Item = &'static Page> {
    ROOMS.iter().copied().flatten()
}

/// The patterns of all these pages, for the router.
pub fn patterns() -> impl Iterator<Item = &'static str> {
    all().map(|page| page.pattern)
}

/// The store whose page is at this path.
pub fn store_of(path: &str) -> Option<StoreId> {
    path.strip_prefix("/stores/")?.split(['/', '?']).next()?.parse().ok()
}

/// A request for a page.
pub struct Visit {
    /// The rules and the data.
    pub domain: Domain,
    /// The reader's texts.
    pub t: Texts,
    /// The reader's language.
    pub lang: Lang,
    /// Path and query.
    pub path: String,
    /// The request.
    pub request: Arc<Request>,
    parameters: BTreeMap<&'static str, String>,
    queries: BTreeMap<String, String>,
}

impl Visit {
    /// Who is signed in.
    ///
    /// # Errors
    /// [`Error::SignedOut`], which leads to the sign-in page and from there back.
    pub fn actor(&self) -> Result<&SignedIn> {
        self.request.signed_in.as_ref().ok_or(Error::SignedOut)
    }

    /// The person with all that they may open: what the frame shows, if this request is for a frame.
    ///
    /// # Errors
    /// [`Error::SignedOut`], and what the database says.
    pub async fn viewer(&self) -> Result<Viewer> {
        let actor = self.actor()?;
        match &self.request.viewer {
            Some(viewer) => Ok(viewer.clone()),
            None => domain::session::viewer(&self.domain, actor).await,
        }
    }

    /// A part of the path.
    ///
    /// # Errors
    /// [`Error::NotFound`] where it cannot be such a thing.
    pub fn param<T: FromStr>(&self, name: &str) -> Result<T> {
        self.parameters.get(name).and_then(|text| text.parse().ok()).ok_or(Error::NotFound)
    }

    /// The store or organization whose settings the path leads into.
    ///
    /// # Errors
    /// [`Error::NotFound`] where it names neither.
    pub fn place(&self) -> Result<Place> {
        match self.param::<StoreId>("store") {
            Ok(store) => Ok(Place::Store(store)),
            Err(_) => Ok(Place::Organization(self.param("organization")?)),
        }
    }

    /// The section that the path leads to, and what it belongs to.
    ///
    /// # Errors
    /// [`Error::NotFound`] where such a place has no such section.
    pub fn section(&self) -> Result<(Place, &'static Section)> {
        let (group, key) = (self.param::<String>("group")?, self.param::<String>("section")?);
        let section = Section::find(&group, &key).ok_or(Error::NotFound)?;
        Ok((self.place()?, section))
    }

    /// A value of the query string; empty where there is none.
    pub fn query(&self, name: &str) -> &str {
        self.queries.get(name).map_or("", String::as_str)
    }

    /// Says that this page follows from its address, from who asks and from what is stored, alone:
    /// it may be sent again to the same person while nothing is stored. Not for a page with
    /// something in it that is drawn by lot or sealed for one use, such as a passkey's ceremony.
    pub fn steady(&self) {
        self.request.steady.store(true, Ordering::Relaxed);
    }

    /// The path without the query string.
    pub fn here(&self) -> &str {
        self.path.split('?').next().unwrap_or_default()
    }

    /// This address with values of its query replaced; an empty value takes one out.
    pub fn with_query(&self, changes: &[(&str, &str)]) -> String {
        address(self.here(), &self.queries, changes)
    }

    /// The address of another page with this one's query, as a list keeps its filters below a
    /// pop-up.
    pub fn carried_to(&self, path: impl ToString) -> String {
        address(&path.to_string(), &self.queries, &[])
    }
}

/// `path` with a query string of `queries` and `changes`, in the order of their names.
fn address(path: &str, queries: &BTreeMap<String, String>, changes: &[(&str, &str)]) -> String {
    let mut values: BTreeMap<&str, &str> =
        queries.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    values.extend(changes.iter().copied());
    let pairs = values.into_iter().filter(|(_, value)| !value.is_empty());
    let query: Vec<String> =
        pairs.map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) }
}

/// Makes the panel of the page at `path` (path and query).
///
/// # Errors
/// [`Error::NotFound`] where there is no such page; else what the page has.
pub async fn make(path: String) -> Result<Panel> {
    let request = request().ok_or_else(|| Error::Corrupt("no request".into()))?;
    match panel(request.clone(), path.clone()).await {
        // A browser is led to the page that asks for it; a script gets that page at once.
        Err(Error::Refused(Refusal::ConfirmIdentity)) if !request.plain => {
            panel(request, Path::ConfirmThen(path).to_string()).await
        }
        other => other,
    }
}

async fn panel(request: Arc<Request>, path: String) -> Result<Panel> {
    let (place, query) = path.split_once('?').unwrap_or((&path, ""));
    let (page, parameters) = find(place).ok_or(Error::NotFound)?;
    let visit = Visit {
        domain: request.domain.clone(),
        t: Texts::of(request.lang),
        lang: request.lang,
        queries: read_query(query),
        parameters,
        path,
        request,
    };
    (page.panel)(visit).await
}

/// The page at a path and the parts of it that have names. Words win over names.
fn find(place: &str) -> Option<(&'static Page, BTreeMap<&'static str, String>)> {
    let place = format!("/{}", place.trim_matches('/'));
    let found = MAP.at(&place).ok()?;
    let named = found.params.iter().map(|(name, value)| (name, Url::unescape(value)));
    Some((found.value, named.collect()))
}

/// The pages by their patterns.
static MAP: LazyLock<matchit::Router<&'static Page>> = LazyLock::new(|| {
    let mut map = matchit::Router::new();
    for page in all() {
        // A test sees that none is refused.
        map.insert(page.pattern, page).ok();
    }
    map
});

fn read_query(text: &str) -> BTreeMap<String, String> {
    let read = |text: &str| Url::unescape(&text.replace('+', " "));
    text.split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (read(name), read(value)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_keep_what_they_were_asked_with() {
        let queries = read_query("q=%C5%BB%C3%B3%C5%82w+%26+co&sort=-name&after=x");
        assert_eq!(queries["q"], "Żółw & co");
        let next = address("/list", &queries, &[("after", ""), ("sort", "name")]);
        assert_eq!(read_query(next.split_once('?').unwrap().1)["q"], "Żółw & co");
        assert!(next.ends_with("&sort=name"), "{next}");
        assert_eq!(address("/list", &BTreeMap::new(), &[("a", "")]), "/list");
    }

    #[test]
    fn every_pattern_leads_to_its_page() {
        for page in all() {
            let place = page.pattern.replace(['{', '}'], "~");
            let (found, parts) = find(&place).unwrap();
            assert_eq!(found.pattern, page.pattern);
            assert!(parts.iter().all(|(name, value)| *value == format!("~{name}~")), "{place}");
            assert!(find(&format!("{place}/x/y/z")).is_none(), "{place}");
        }
        let (_, parts) = find("/stores/x%20y/settings/general/members/").unwrap();
        assert_eq!(parts["store"], "x y");
    }
}
