//! Builds [`app::context::Request`] for whatever may need to know who asks.
use super::{
    Client,
    answer::{Problem, refuse},
    cookies,
    download::DOWNLOADS,
    kept::Steady,
};
use crate::state::Server;
use axum::{
    extract::{MatchedPath, Request, State},
    middleware::Next,
    response::Response,
};
use domain::{Error, access::SignedIn};
use http::{HeaderMap, HeaderValue, Method, header, request::Parts};
use std::sync::Arc;

/// Looks up the session (one query) and, for a page, what its frame shows and what the last form
/// left; puts the context into the request's extensions and keeps what is personal out of caches.
pub(super) async fn build(State(server): State<Server>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let client = parts.extensions.get::<Client>().cloned().unwrap_or_default();
    let context = match context(&server, &client, &parts).await {
        Ok(context) => Arc::new(context),
        Err(error) => {
            tracing::error!(%error, "the session cannot be looked up");
            return refuse(&client, &server.site.assets(), Problem::of(&error));
        }
    };
    let personal = context.signed_in.is_some() || parts.uri.path().starts_with("/api/");
    let spent = is_page(&parts) && cookies::get(&parts.headers, cookies::FLASH).is_some();
    parts.extensions.insert(context.clone());
    let mut response = next.run(Request::from_parts(parts, body)).await;
    // A page that only leads on has not shown it.
    let spent = spent && !response.status().is_redirection();
    finish(response.headers_mut(), personal, spent);
    if context.is_steady() {
        response.extensions_mut().insert(Steady);
    }
    response
}

async fn context(
    server: &Server,
    client: &Client,
    parts: &Parts,
) -> Result<app::context::Request, Error> {
    let domain = &server.domain;
    let mut origin = client.origin.clone();
    let signed_in = signed_in(server, client, parts).await?;
    if let Some(signed_in) = &signed_in {
        origin.lang = signed_in.person.language;
    }
    let page = is_page(parts);
    let viewer = match &signed_in {
        Some(signed_in) if page => Some(domain::session::viewer(domain, signed_in).await?),
        _ => None,
    };
    let flash = match cookies::get(&parts.headers, cookies::FLASH) {
        Some(token) if page => domain::flash::get(domain, token).await?,
        _ => None,
    };
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    Ok(app::context::Request {
        domain: domain.clone(),
        lang: origin.lang,
        theme: signed_in.as_ref().map_or(client.theme, |signed_in| signed_in.person.theme),
        flash,
        assets: server.site.assets(),
        path: path.to_owned(),
        secure: client.secure,
        plain: client.plain,
        origin,
        signed_in,
        viewer,
        steady: Arc::default(),
    })
}

/// The person, their request's language being the one they chose.
async fn signed_in(
    server: &Server,
    client: &Client,
    parts: &Parts,
) -> Result<Option<SignedIn>, Error> {
    let Some(token) = cookies::get(&parts.headers, cookies::session(client.secure)) else {
        return Ok(None);
    };
    let (domain, origin) = (&server.domain, client.origin.clone());
    // A heartbeat is sent whether or not somebody sits before the page.
    let found = match parts.uri.path().starts_with("/api/presence/") {
        true => domain::session::find_unattended(domain, token, origin).await?,
        false => domain::session::find(domain, token, origin).await?,
    };
    Ok(found.map(|mut signed_in| {
        if let Some(organization) = &signed_in.organization {
            server.lines.note(token, organization);
        }
        signed_in.origin.lang = signed_in.person.language;
        signed_in
    }))
}

/// Whether a page of the app is asked for, which shows what the last form left.
fn is_page(parts: &Parts) -> bool {
    let path = parts.uri.path();
    let pattern = parts.extensions.get::<MatchedPath>().map(MatchedPath::as_str);
    let file = path.starts_with("/media/") || pattern.is_some_and(|p| DOWNLOADS.contains(&p));
    let other = path.starts_with("/api/") || file;
    parts.method == Method::GET && !other
}

fn finish(headers: &mut HeaderMap, personal: bool, spent: bool) {
    let caching = if personal { "no-store" } else { "private, no-cache" };
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static(caching));
    if spent && !cookies::sets(headers, cookies::FLASH) {
        headers.append(header::SET_COOKIE, cookies::FORGET_FLASH);
    }
}
