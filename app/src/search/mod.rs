//! Search over settings, pages and commands: the field in the header, the page behind it and, in
//! the browser, the palette in its place.
pub mod api;
#[cfg(feature = "hydrate")]
mod browser;
#[cfg(feature = "ssr")]
mod entries;
mod finder;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "hydrate")]
mod recent;
#[cfg(feature = "hydrate")]
mod rows;

#[cfg(feature = "hydrate")]
pub use browser::{arrived, start};
pub use finder::finder;
#[cfg(feature = "ssr")]
pub use pages::PAGES;

use model::search::GROUPS;

/// How many texts stand before the entries in the index that a browser loads: the names of the
/// groups of results, then these.
const LABELS: usize = GROUPS + 3;
/// The name of the group of places where one was lately.
#[cfg(feature = "hydrate")]
const RECENT: usize = GROUPS;
/// That nothing was found.
#[cfg(feature = "hydrate")]
const NONE: usize = GROUPS + 1;
/// The way to the page of all results.
#[cfg(feature = "hydrate")]
const ALL: usize = GROUPS + 2;
/// The longest query.
const LONGEST: &str = "100";
