//! The frames around pages: the console with its selectors, and the plain frame of sign-in pages.
mod auth;
mod console;
mod person_menu;
mod selector;
mod site;
mod tabs;

use auth::AuthFrame;
use console::Console;
#[cfg(feature = "ssr")]
pub use person_menu::look;
pub use site::Site;
use tabs::TabSelector;
#[cfg(feature = "ssr")]
pub use tabs::{TabGroup, first_tab};
pub use tabs::{organization_tabs, person_tabs, store_tabs};

use leptos::prelude::*;
use model::{StoreId, view::Viewer};

/// The signed-in person, for the frame; `None` when nobody is.
#[derive(Clone, Copy)]
pub struct UseViewer(pub RwSignal<Option<Viewer>>);

impl UseViewer {
    /// Takes over what the server sent with this page.
    pub fn provide() -> UseViewer {
        let viewer = SharedValue::new(server_viewer).into_inner();
        let viewer = UseViewer(RwSignal::new(viewer));
        provide_context(viewer);
        viewer
    }

    /// Whether the person may open this store's settings.
    pub fn configures(self, store: &StoreId) -> bool {
        self.0.with(|viewer| {
            viewer
                .iter()
                .flat_map(|v| &v.organizations)
                .flat_map(|o| &o.stores)
                .any(|s| s.id == *store && s.configurable)
        })
    }
}

fn server_viewer() -> Option<Viewer> {
    #[cfg(feature = "ssr")]
    return crate::context::request().and_then(|request| request.viewer.clone());
    #[cfg(not(feature = "ssr"))]
    None
}
