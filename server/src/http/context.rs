//! Builds [`app::context::Request`] for whatever may need to know who asks.
use super::{
    Client,
    answer::{Problem, refuse},
    cookies,
};
use crate::state::Server;
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use domain::{Error, access::SignedIn};
use http::{HeaderMap, HeaderValue, Method, header};
use std::sync::Arc;

/// Looks up the session (one query) and what the last form left, puts the context into the
/// request's extensions, and keeps what is personal out of caches.
pub(super) async fn build(
    State(server): State<Server>,
    mut request: Request,
    next: Next,
) -> Response {
    let client = request.extensions().get::<Client>().cloned().unwrap_or_default();
    let context = match context(&server, &client, &request).await {
        Ok(context) => Arc::new(context),
        Err(error) => {
            tracing::error!(%error, "the session cannot be looked up");
            let ours = matches!(error, Error::Corrupt(_));
            let problem = if ours { Problem::Internal } else { Problem::Unavailable };
            return refuse(&client, &server.site.assets(), problem);
        }
    };
    let personal = context.signed_in.is_some() || request.uri().path().starts_with("/api/");
    let page = is_page(&client, &request);
    let spent = page && cookies::get(request.headers(), cookies::FLASH).is_some();
    request.extensions_mut().insert(context);
    let mut response = next.run(request).await;
    finish(response.headers_mut(), personal, spent);
    response
}

async fn context(
    server: &Server,
    client: &Client,
    request: &Request,
) -> Result<app::context::Request, Error> {
    let domain = &server.domain;
    let mut origin = client.origin.clone();
    let signed_in = signed_in(server, client, request.headers()).await?;
    if let Some(signed_in) = &signed_in {
        origin.lang = signed_in.person.language;
    }
    let flash = match cookies::get(request.headers(), cookies::FLASH) {
        Some(token) if is_page(client, request) => domain::flash::get(domain, token).await?,
        _ => None,
    };
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
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
    })
}

/// The person, their request's language being the one they chose.
async fn signed_in(
    server: &Server,
    client: &Client,
    headers: &HeaderMap,
) -> Result<Option<SignedIn>, Error> {
    let Some(token) = cookies::get(headers, cookies::session(client.secure)) else {
        return Ok(None);
    };
    let found = domain::session::find(&server.domain, token, client.origin.clone()).await?;
    Ok(found.map(|mut signed_in| {
        signed_in.origin.lang = signed_in.person.language;
        signed_in
    }))
}

/// Whether a page of the app is asked for, which shows what the last form left.
fn is_page(client: &Client, request: &Request) -> bool {
    let path = request.uri().path();
    let other = path.starts_with("/api/") || path.starts_with("/media/");
    client.plain && request.method() == Method::GET && !other
}

fn finish(headers: &mut HeaderMap, personal: bool, spent: bool) {
    let caching = if personal { "no-store" } else { "private, no-cache" };
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static(caching));
    if spent && !cookies::sets(headers, cookies::FLASH) {
        headers.append(header::SET_COOKIE, cookies::FORGET_FLASH);
    }
}
