//! Pages, components and server functions, compiled twice: for the server (feature `ssr`) and for
//! the browser (feature `hydrate`).

#[cfg(feature = "ssr")]
mod account;
#[cfg(feature = "ssr")]
mod answer;
mod audit;
#[cfg(feature = "ssr")]
pub mod context;
#[cfg(feature = "ssr")]
mod dev;
pub mod error;
mod flash;
#[cfg(feature = "ssr")]
mod help;
mod home;
#[cfg(feature = "ssr")]
mod impact;
mod layout;
mod load;
mod organization;
mod organization_security;
mod panel;
mod path;
mod search;
mod session;
mod settings;
#[cfg(feature = "ssr")]
mod shell;
mod ui;
#[cfg(feature = "ssr")]
mod upload;

#[cfg(feature = "ssr")]
pub use answer::session_cookie;
#[cfg(feature = "ssr")]
pub use panel::pages::patterns as page_patterns;
pub use path::Path;
#[cfg(feature = "ssr")]
pub use shell::shell;

use flash::UseFlash;
use layout::{Site, UseViewer};
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::{
    components::{FlatRoutes, Route, Router},
    hooks::use_location,
    path,
};
use model::text::{Key, Texts};
use ui::{IconSprite, Refresh, ToastRegion, Toasts, use_texts};

/// Whether this is the demonstration, where sign-ins are shown and mails stay here.
#[derive(Clone, Copy)]
struct Demo(bool);

/// The application: what every page shares. Which page stands at an address the server knows; it
/// renders it whole, so that status codes are right and it works without wasm.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    provide_environment();
    let flash = UseFlash::provide();
    let toasts = Toasts::provide(flash.told());
    let viewer = UseViewer::provide();
    let refresh = Refresh(RwSignal::new(0));
    provide_context(refresh);
    #[cfg(feature = "hydrate")]
    search::start(viewer, refresh);
    #[cfg(not(feature = "hydrate"))]
    let _ = viewer;
    let t = use_texts();
    view! {
        <Router>
            <a class="skip" href="#main" rel="external">{t.get(Key::CommonSkip)}</a>
            <Arrival flash=flash/>
            <FlatRoutes fallback=Site>
                <Route path=path!("/*any") view=Site/>
            </FlatRoutes>
            <ToastRegion toasts=toasts/>
        </Router>
    }
}

/// After a navigation in the browser: menus close, the focus goes to the new page, and what the
/// last form left is forgotten.
#[component]
fn Arrival(flash: UseFlash) -> impl IntoView {
    let path = use_location().pathname;
    Effect::new(move |before: Option<String>| {
        let now = path.get();
        if let Some(before) = before.filter(|before| *before != now) {
            flash.clear();
            #[cfg(feature = "hydrate")]
            ui::arrive(&before, &now);
            #[cfg(not(feature = "hydrate"))]
            drop(before);
        }
        now
    });
}

/// The language, the icon sprite and whether this is the demonstration: on the server from the
/// request, in the browser from the document.
fn provide_environment() {
    #[cfg(feature = "ssr")]
    let (texts, icons, demo) = {
        let request = context::request();
        (
            Texts::of(request.as_ref().map(|r| r.lang).unwrap_or_default()),
            request.as_ref().map(|r| r.assets.icons.clone()).unwrap_or_default(),
            request.is_some_and(|r| r.domain.options.demo),
        )
    };
    #[cfg(not(feature = "ssr"))]
    let (texts, icons, demo) = (Texts::of(model::text::installed()), browser_icons(), false);
    let demo = SharedValue::new(move || demo).into_inner();
    provide_context(texts);
    provide_context(IconSprite(icons.into()));
    provide_context(Demo(demo));
}

#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
fn browser_icons() -> String {
    document()
        .document_element()
        .and_then(|root| root.get_attribute("data-icons"))
        .unwrap_or_default()
}

#[cfg(not(any(feature = "hydrate", feature = "ssr")))]
fn browser_icons() -> String {
    String::new()
}

/// Brings the page to life: `language` is the document's, `catalog` its texts as a JSON list.
#[cfg(feature = "hydrate")]
pub fn hydrate(language: &str, catalog: &str) {
    let lang = model::text::Lang::from_code(language).unwrap_or_default();
    if let Ok(texts) = serde_json::from_str(catalog) {
        model::text::install(lang, texts);
    }
    leptos::mount::hydrate_body(App);
    ui::presence::begin();
    if let Some(root) = document().document_element() {
        root.class_list().add_1("hydrated").ok();
    }
}
