//! The history of settings: of one section, of a whole store or organization, one version, what
//! two differ in, and putting back what was before.
pub mod api;
#[cfg(feature = "ssr")]
mod compare;
#[cfg(feature = "ssr")]
mod list;
#[cfg(feature = "ssr")]
mod put_back;
#[cfg(feature = "ssr")]
mod room;
#[cfg(feature = "ssr")]
mod version;

#[cfg(feature = "ssr")]
pub use pages::PAGES;
#[cfg(feature = "ssr")]
pub use room::path;

#[cfg(feature = "ssr")]
mod pages {
    use super::{compare, list, put_back, version};
    use crate::panel::Page;
    use domain::settings::history::What;

    macro_rules! pages {
        ($($place:literal),+) => { &[ $(
            Page {
                pattern: concat!($place, "/settings/history"),
                panel: |visit| Box::pin(list::of_place(visit)),
            },
            Page {
                pattern: concat!($place, "/settings/{group}/{section}/history"),
                panel: |visit| Box::pin(list::of_section(visit)),
            },
            Page {
                pattern: concat!($place, "/settings/{group}/{section}/history/compare"),
                panel: |visit| Box::pin(compare::page(visit)),
            },
            Page {
                pattern: concat!($place, "/settings/{group}/{section}/history/{version}"),
                panel: |visit| Box::pin(version::page(visit)),
            },
            Page {
                pattern: concat!($place, "/settings/{group}/{section}/history/{version}/undo"),
                panel: |visit| Box::pin(put_back::page(visit, What::Undo)),
            },
            Page {
                pattern: concat!($place, "/settings/{group}/{section}/history/{version}/return"),
                panel: |visit| Box::pin(put_back::page(visit, What::Return)),
            },
        )+ ] };
    }

    /// The pages, of stores as of organizations.
    pub const PAGES: &[Page] = pages!["/stores/{store}", "/organizations/{organization}"];
}
