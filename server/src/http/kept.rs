//! Pages that are sent again as they were made a moment ago, while nothing was stored in between:
//! so reloading, polling and floods of one page cost next to nothing. A page may be kept only where
//! what makes it says so ([`app::panel::Visit::steady`]).
use super::{Client, answer::whole};
use crate::state::Server;
use axum::{
    body::Body,
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use bytes::Bytes;
use futures::stream;
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use leptos::nonce::Nonce;
use model::{text::Lang, view::Theme};
use std::{
    collections::HashMap,
    convert::Infallible,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::Mutex as Turn;

/// How long a page may be kept, in milliseconds. What it says of the time, and who may see it until
/// when, is true to that.
const AGE: i64 = 1_000;

/// What an answer carries whose page may be kept.
#[derive(Clone, Copy, Debug)]
pub(super) struct Steady;

/// All that a page depends on besides what is stored and the time.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    page: String,
    cookies: Vec<HeaderValue>,
    /// What an organization's rules for addresses let in.
    address: String,
    lang: Lang,
    theme: Theme,
    secure: bool,
    plain: bool,
}

impl Key {
    fn of(request: &Request) -> Option<Key> {
        let (uri, headers) = (request.uri(), request.headers());
        if request.method() != Method::GET || uri.path().starts_with("/api/") {
            return None;
        }
        let client = request.extensions().get::<Client>()?;
        Some(Key {
            page: uri.path_and_query()?.as_str().to_owned(),
            cookies: headers.get_all(header::COOKIE).iter().cloned().collect(),
            address: client.origin.address.clone(),
            lang: client.origin.lang,
            theme: client.theme,
            secure: client.secure,
            plain: client.plain,
        })
    }
}

/// When a page was made.
#[derive(Clone, Copy)]
struct Moment {
    /// What was stored then.
    version: i64,
    now: i64,
}

impl Moment {
    fn of(server: &Server) -> Option<Moment> {
        Some(Moment { version: server.domain.db.version()?, now: server.domain.now() })
    }

    /// Whether what was made then is still true.
    fn holds(self, now: Moment) -> bool {
        self.version == now.version && self.is_recent(now.now)
    }

    fn is_recent(self, now: i64) -> bool {
        (0..AGE).contains(&(now - self.now))
    }
}

/// A page as it was made.
struct Page {
    made: Moment,
    headers: HeaderMap,
    /// How many bytes its body has.
    size: usize,
    /// The body without the nonce, which stands between any two pieces: what is sent again is not
    /// copied.
    pieces: Vec<Bytes>,
    nonce: String,
    /// Held by whoever makes the page that comes after this one.
    next: Arc<Turn<()>>,
}

impl Page {
    /// A page can be kept unless it is for one time only: none that sets a cookie, or has no nonce.
    fn new(made: Moment, mut headers: HeaderMap, body: &Bytes) -> Option<Page> {
        let nonce = nonce(&headers)?.to_owned();
        if headers.contains_key(header::SET_COOKIE) {
            return None;
        }
        headers.insert(header::CONTENT_LENGTH, body.len().into());
        let pieces = std::str::from_utf8(body).ok()?.split(&nonce);
        let pieces = pieces.map(|piece| body.slice_ref(piece.as_bytes())).collect();
        Some(Page { made, headers, size: body.len(), pieces, nonce, next: Arc::default() })
    }

    /// The page again, if it still holds.
    fn again(&self, server: &Server) -> Option<Response> {
        let answer = self.made.holds(Moment::of(server)?).then(|| self.answer())??;
        server.metrics.requests.again.inc();
        Some(answer)
    }

    /// The page again, with a nonce of its own.
    fn answer(&self) -> Option<Response> {
        let nonce = Nonce::new().to_string();
        if nonce.len() != self.nonce.len() {
            return None;
        }
        let between = Bytes::from(nonce.clone());
        let pieces = self.pieces.iter().flat_map(|piece| [between.clone(), piece.clone()]).skip(1);
        let pieces: Vec<_> = pieces.map(Ok::<_, Infallible>).collect();
        let mut headers = self.headers.clone();
        let policy = headers.get_mut(header::CONTENT_SECURITY_POLICY)?;
        *policy = policy.to_str().ok()?.replace(&self.nonce, &nonce).parse().ok()?;
        let mut response = Response::new(Body::from_stream(stream::iter(pieces)));
        *response.headers_mut() = headers;
        Some(response)
    }
}

fn nonce(headers: &HeaderMap) -> Option<&str> {
    let policy = headers.get(header::CONTENT_SECURITY_POLICY)?.to_str().ok()?;
    policy.split_once("'nonce-")?.1.split('\'').next()
}

/// The pages that are kept; cheap to clone.
#[derive(Clone)]
pub struct Kept {
    pages: Arc<Mutex<HashMap<Key, Arc<Page>>>>,
    /// How many bytes their bodies may have together.
    room: usize,
}

impl Kept {
    /// Room for so many bytes of pages; with none, nothing is kept.
    pub fn new(room: usize) -> Kept {
        Kept { pages: Arc::default(), room }
    }

    fn pages(&self) -> MutexGuard<'_, HashMap<Key, Arc<Page>>> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The page as it was made last, whether or not that still holds.
    fn last(&self, key: &Key) -> Option<Arc<Page>> {
        self.pages().get(key).cloned()
    }

    /// Keeps one more. As soon as there is no room, those that still hold go too: they are a second
    /// old at most.
    fn keep(&self, key: Key, page: Page) {
        if page.size > self.room {
            return;
        }
        let mut pages = self.pages();
        pages.retain(|_, kept| kept.made.is_recent(page.made.now));
        let size: usize = pages.values().map(|kept| kept.size).sum();
        if size + page.size > self.room {
            pages.clear();
        }
        pages.insert(key, Arc::new(page));
    }
}

/// Sends a page again where that is right, and keeps what may be kept. Of many who ask for a page
/// that was kept and holds no more, one has it made, and the others wait for that.
pub(super) async fn again(State(server): State<Server>, request: Request, next: Next) -> Response {
    let kept = &server.kept;
    let Some(key) = (kept.room > 0).then(|| Key::of(&request)).flatten() else {
        return next.run(request).await;
    };
    let last = kept.last(&key);
    if let Some(answer) = last.as_ref().and_then(|last| last.again(&server)) {
        return answer;
    }
    let turn = last.map(|last| last.next.clone());
    let _turn = match &turn {
        Some(turn) => Some(turn.lock().await),
        None => None,
    };
    // Whoever had the turn before may have made it.
    let made = turn.as_ref().and_then(|_| kept.last(&key));
    if let Some(answer) = made.and_then(|made| made.again(&server)) {
        return answer;
    }
    // Read before the page is made: what is stored meanwhile makes another version.
    let Some(now) = Moment::of(&server) else {
        return next.run(request).await;
    };
    let response = next.run(request).await;
    if response.extensions().get::<Steady>().is_none() || response.status() != StatusCode::OK {
        return response;
    }
    let (parts, body) = response.into_parts();
    let body = whole(body).await;
    if let Some(mut page) = Page::new(now, parts.headers.clone(), &body) {
        page.next = turn.clone().unwrap_or_default();
        kept.keep(key, page);
    }
    Response::from_parts(parts, Body::from(body))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(page: &str) -> Key {
        Key {
            page: page.to_owned(),
            cookies: Vec::new(),
            address: String::new(),
            lang: Lang::default(),
            theme: Theme::default(),
            secure: true,
            plain: true,
        }
    }

    fn page(made: Moment, length: usize) -> Option<Page> {
        let policy = HeaderValue::from_static("script-src 'nonce-abc'");
        let headers = HeaderMap::from_iter([(header::CONTENT_SECURITY_POLICY, policy)]);
        Page::new(made, headers, &Bytes::from(vec![b'x'; length]))
    }

    const NOW: Moment = Moment { version: 1, now: 5_000 };

    #[test]
    fn not_more_is_kept_than_fits() {
        let kept = Kept::new(100);
        let shown = |name: &str| kept.last(&key(name)).is_some();
        kept.keep(key("large"), page(NOW, 101).unwrap());
        kept.keep(key("one"), page(NOW, 60).unwrap());
        kept.keep(key("two"), page(NOW, 40).unwrap());
        assert!(!shown("large") && shown("one") && shown("two"));
        kept.keep(key("three"), page(NOW, 1).unwrap());
        assert!(!shown("one") && !shown("two") && shown("three"));
    }

    #[test]
    fn what_no_longer_holds_makes_room() {
        let kept = Kept::new(100);
        let later = Moment { now: NOW.now + AGE, ..NOW };
        assert!(NOW.holds(NOW) && !NOW.holds(later) && !later.holds(NOW));
        assert!(!NOW.holds(Moment { version: 2, ..NOW }));
        kept.keep(key("one"), page(NOW, 60).unwrap());
        kept.keep(key("two"), page(later, 60).unwrap());
        assert_eq!(kept.pages().len(), 1);
    }

    #[test]
    fn a_page_that_sets_a_cookie_is_for_once() {
        let made = page(NOW, 1).unwrap();
        let mut headers = made.headers.clone();
        assert!(Page::new(NOW, headers.clone(), &Bytes::new()).is_some());
        headers.insert(header::SET_COOKIE, HeaderValue::from_static("flash="));
        assert!(Page::new(NOW, headers, &Bytes::new()).is_none());
        assert!(
            Page::new(NOW, HeaderMap::new(), &Bytes::new()).is_none(),
            "nor one without a nonce"
        );
    }
}
