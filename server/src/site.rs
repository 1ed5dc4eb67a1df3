//! The site bundle: what the browser loads beside pages. In the release program it is embedded;
//! the development one reads it from the bundler's folder as it is asked for.
use crate::http::client::accepts;
use app::context::Assets;
use axum::{
    body::Body,
    extract::{Path, State},
    response::Response,
};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use std::{borrow::Cow, sync::Arc};

#[derive(rust_embed::RustEmbed)]
#[folder = "$SITE_DIR"]
#[allow_missing = true]
struct Embedded;

/// Gives the bytes of a file of the bundle, by its path in it.
pub type Lookup = fn(&str) -> Option<Cow<'static, [u8]>>;

/// The bundle.
#[derive(Clone)]
pub struct Site {
    lookup: Lookup,
    assets: Arc<Assets>,
}

impl Site {
    /// The bundle that this program was built with.
    pub fn embedded() -> Site {
        Site::new(|path| Embedded::get(path).map(|file| file.data))
    }

    /// A bundle of the files that `lookup` finds, among them `manifest.json`.
    pub fn new(lookup: Lookup) -> Site {
        let manifest = lookup("manifest.json");
        let assets = manifest.and_then(|bytes| {
            let read = serde_json::from_slice(&bytes);
            read.inspect_err(|error| tracing::error!(%error, "the bundle's manifest is damaged"))
                .ok()
        });
        if assets.is_none() {
            tracing::warn!("there is no site bundle: pages will have neither style nor script");
        }
        Site { lookup, assets: Arc::new(assets.unwrap_or_default()) }
    }

    /// The addresses of its files by role.
    pub fn assets(&self) -> Arc<Assets> {
        Arc::clone(&self.assets)
    }
}

/// What a file with a hash in its name may be kept for: as long as browsers do.
const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const A_DAY: HeaderValue = HeaderValue::from_static("public, max-age=86400");

/// Serves `/pkg/{file}`, compressed as the browser likes best; 404 for what is not in the bundle.
pub async fn file(
    State(site): State<Site>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Response {
    site.answer(&format!("pkg/{name}"), &headers, FOREVER)
}

/// Serves `/favicon.ico` for whatever asks without having read a page.
pub async fn favicon(State(site): State<Site>, headers: HeaderMap) -> Response {
    site.answer(site.assets.favicon.trim_start_matches('/'), &headers, A_DAY)
}

impl Site {
    fn answer(&self, path: &str, headers: &HeaderMap, caching: HeaderValue) -> Response {
        let kind = content_type(path);
        let Some((kind, (encoding, bytes))) = kind.zip(self.find(path, headers)) else {
            let mut missing = Response::new(Body::empty());
            *missing.status_mut() = StatusCode::NOT_FOUND;
            return missing;
        };
        let bytes = match bytes {
            Cow::Borrowed(bytes) => Body::from(bytes),
            Cow::Owned(bytes) => Body::from(bytes),
        };
        let mut response = Response::new(bytes);
        let out = response.headers_mut();
        out.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
        out.insert(header::CACHE_CONTROL, caching);
        out.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        if let Some(encoding) = encoding {
            out.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        response
    }

    fn find(
        &self,
        path: &str,
        headers: &HeaderMap,
    ) -> Option<(Option<&'static str>, Cow<'static, [u8]>)> {
        let plain = (self.lookup)(path)?;
        for (encoding, extension) in [("br", "br"), ("gzip", "gz")] {
            if accepts(headers, &header::ACCEPT_ENCODING, encoding)
                && let Some(bytes) = (self.lookup)(&format!("{path}.{extension}"))
            {
                return Some((Some(encoding), bytes));
            }
        }
        Some((None, plain))
    }
}

/// The type of a file of the bundle by its ending; others are not served.
fn content_type(path: &str) -> Option<&'static str> {
    Some(match path.rsplit_once('.')?.1 {
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json",
        "txt" => "text/plain; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        _ => return None,
    })
}
