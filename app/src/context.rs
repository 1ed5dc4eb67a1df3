//! What the server knows of a request before a page or a server function begins. The server's
//! middleware puts it into the request's extensions; [`provide`] hands it to Leptos.
use axum::http::request::Parts;
use domain::{Domain, access::SignedIn, context::Origin};
use leptos::prelude::*;
use model::{
    text::Lang,
    view::{Theme, Viewer},
};
use serde::Deserialize;
use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

/// The files of the site bundle by role: the bundler's `manifest.json`. All are URL paths.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Assets {
    /// The browser half.
    pub wasm: String,
    /// Its JavaScript glue.
    pub glue: String,
    /// The module that starts it.
    pub start: String,
    /// The style sheet.
    pub styles: String,
    /// The icon sprite.
    pub icons: String,
    /// The site's icon.
    pub favicon: String,
    /// The fonts, that of every page first.
    pub fonts: Vec<String>,
    /// The texts of each language, by language code.
    pub catalogs: BTreeMap<String, String>,
}

/// One request.
#[derive(Clone)]
pub struct Request {
    /// The rules and the data.
    pub domain: Domain,
    /// Where it comes from.
    pub origin: Origin,
    /// Who is signed in.
    pub signed_in: Option<SignedIn>,
    /// The signed-in person for the console's frame; only loaded for pages.
    pub viewer: Option<Viewer>,
    /// The language of the answer.
    pub lang: Lang,
    /// The colours of the answer.
    pub theme: Theme,
    /// What the last form left for this page, as the flash cookie's owner stored it.
    pub flash: Option<String>,
    /// The site bundle.
    pub assets: Arc<Assets>,
    /// Path and query of the page.
    pub path: String,
    /// Whether the browser came by https: cookies then are `Secure`.
    pub secure: bool,
    /// Whether a browser waits for a page (a plain form or a navigation), not a script for data.
    pub plain: bool,
    /// Whether the page may be sent again.
    pub steady: Arc<AtomicBool>,
}

impl Request {
    /// Whether the page may be sent again to the same person, as long as nothing is stored.
    pub fn is_steady(&self) -> bool {
        // What the last form left is shown once.
        self.flash.is_none() && self.steady.load(Ordering::Relaxed)
    }
}

/// Gives this request's [`Request`] to the page or server function that is about to run.
pub fn provide() {
    let request =
        use_context::<Parts>().and_then(|parts| parts.extensions.get::<Arc<Request>>().cloned());
    if let Some(request) = request {
        provide_context(request);
    }
}

/// The request that is being answered, if there is one.
pub fn request() -> Option<Arc<Request>> {
    use_context::<Arc<Request>>()
}
