//! The registered sections, a file each. To add one, declare it and list it here.
mod branding;
mod help;
mod information;
mod localization;
mod notifications;
mod store_defaults;
mod store_details;

pub use branding::Branding;
pub use help::Help;
pub use information::Information;
pub use localization::Localization;
pub use notifications::Notifications;
pub use store_defaults::StoreDefaults;
pub use store_details::StoreDetails;

use super::{Group, Section, Settings};
use crate::text::Key;

/// Every section that the settings engine serves, in the order of the tab selector.
const SECTIONS: &[&Section] = &[
    StoreDetails::SECTION,
    Localization::SECTION,
    Branding::SECTION,
    Notifications::SECTION,
    Help::SECTION,
    Information::SECTION,
    StoreDefaults::SECTION,
];

/// Every section that the settings engine serves, in the order of the tab selector.
pub fn sections() -> impl Iterator<Item = &'static Section> + Clone {
    SECTIONS.iter().chain(installed()).copied()
}

/// Sections that a test has installed beside the registered ones.
#[cfg(feature = "testing")]
static INSTALLED: std::sync::OnceLock<Vec<&'static Section>> = std::sync::OnceLock::new();

/// Installs sections beside the registered ones, for tests: the first call counts.
#[cfg(feature = "testing")]
pub fn install(sections: &[&'static Section]) {
    INSTALLED.get_or_init(|| sections.to_vec());
}

#[cfg(feature = "testing")]
fn installed() -> &'static [&'static Section] {
    INSTALLED.get().map_or(&[], Vec::as_slice)
}

#[cfg(not(feature = "testing"))]
fn installed() -> &'static [&'static Section] {
    &[]
}

/// A section as the tab selector knows it: all that a browser has of it.
#[derive(Clone, Copy, Debug)]
pub struct SectionTab {
    /// Where it stands.
    pub group: Group,
    /// Its name in addresses.
    pub key: &'static str,
    /// Its visible name.
    pub title: Key,
}

/// Made when this is compiled, so that the fields stay out of the browser's half.
const TABS: [SectionTab; SECTIONS.len()] = {
    const NONE: SectionTab =
        SectionTab { group: Group::General, key: "", title: Key::CommonProduct };
    let mut tabs = [NONE; SECTIONS.len()];
    let mut at = 0;
    while at < tabs.len() {
        let section = SECTIONS[at];
        tabs[at] = SectionTab { group: section.group, key: section.key, title: section.title };
        at += 1;
    }
    tabs
};

/// The tab of every registered section, in order.
pub static SECTION_TABS: &[SectionTab] = &TABS;
