//! Lists as files: written piece by piece as the browser takes them.
use super::{
    Client,
    answer::{Problem, refuse},
};
use crate::state::Server;
use app::{Path as Page, context::Request};
use axum::{
    Extension,
    body::Body,
    extract::{Path, Query, State},
    response::{IntoResponse as _, Redirect, Response},
};
use domain::{
    Error,
    audit::{self, Filter, Log, Reader},
    settings::code,
};
use futures::StreamExt as _;
use http::{HeaderValue, StatusCode, header};
use model::{OrganizationId, settings::Place, text::Texts};
use std::{collections::BTreeMap, sync::Arc};

/// The addresses of all files, for the authorization matrix.
pub const DOWNLOADS: [&str; 3] = [AUDIT, STORE_SETTINGS, ORGANIZATION_SETTINGS];
/// An organization's audit log.
pub(super) const AUDIT: &str = "/organizations/{organization}/audit.csv";
/// A store's settings.
pub(super) const STORE_SETTINGS: &str = "/stores/{store}/settings.toml";
/// An organization's settings and those of its stores.
pub(super) const ORGANIZATION_SETTINGS: &str = "/organizations/{organization}/settings.toml";

/// The audit log, with the filters of its page, newest entry first.
pub(super) async fn audit_log(
    State(server): State<Server>,
    Extension(client): Extension<Client>,
    Extension(request): Extension<Arc<Request>>,
    Path(organization): Path<String>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Response {
    match open(&request, &organization, &query).await {
        Ok(body) => file("audit-log.csv", "text/csv; charset=utf-8", body),
        Err(error) => decline(&server, &client, &request, error),
    }
}

/// A store's settings, as far as the person may see them.
pub(super) async fn store_settings(
    state: State<Server>,
    client: Extension<Client>,
    request: Extension<Arc<Request>>,
    Path(store): Path<String>,
) -> Response {
    settings(state, client, request, store.parse().map(Place::Store).ok()).await
}

/// An organization's settings and those of its stores, as far as the person may see them.
pub(super) async fn organization_settings(
    state: State<Server>,
    client: Extension<Client>,
    request: Extension<Arc<Request>>,
    Path(organization): Path<String>,
) -> Response {
    settings(state, client, request, organization.parse().map(Place::Organization).ok()).await
}

async fn settings(
    State(server): State<Server>,
    Extension(client): Extension<Client>,
    Extension(request): Extension<Arc<Request>>,
    place: Option<Place>,
) -> Response {
    let name = place.as_ref().map(|place| format!("settings-{}.toml", place.id()));
    match export(&request, place).await {
        Ok(text) => {
            let name = name.as_deref().unwrap_or("settings.toml");
            file(name, "application/toml; charset=utf-8", Body::from(text))
        }
        Err(error) => decline(&server, &client, &request, error),
    }
}

async fn export(request: &Request, place: Option<Place>) -> Result<String, Error> {
    let signed_in = request.signed_in.clone().ok_or(Error::SignedOut)?;
    let place = place.ok_or(Error::NotFound)?;
    let who = code::Who::Person(Box::new(signed_in));
    code::export(&request.domain, &who, &place, Texts::of(request.lang)).await
}

async fn open(
    request: &Request,
    organization: &str,
    query: &BTreeMap<String, String>,
) -> Result<Body, Error> {
    let signed_in = request.signed_in.as_ref().ok_or(Error::SignedOut)?;
    let id: OrganizationId = organization.parse().map_err(|_| Error::NotFound)?;
    let access = domain::access::organization(&request.domain, signed_in, &id).await?;
    let reader = Reader::of(Texts::of(request.lang), &signed_in.person);
    let get = |name: &str| query.get(name).map_or("", String::as_str);
    let filter = Filter::read(get, &reader.zone);
    let lines = audit::export(&request.domain, Log::organization(&access), &filter, reader);
    // A file that ends early must not look whole: the connection is broken off.
    Ok(Body::from_stream(
        lines
            .map(|piece| piece.inspect_err(|error| tracing::error!(%error, "an export broke off"))),
    ))
}

fn file(name: &str, kind: &'static str, body: Body) -> Response {
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    let disposition = format!("attachment; filename=\"{name}\"");
    if let Ok(value) = HeaderValue::from_str(&disposition) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

fn decline(server: &Server, client: &Client, request: &Request, error: Error) -> Response {
    let problem = match error {
        Error::SignedOut => {
            let to = Page::SignInThen(request.path.clone()).to_string();
            let mut response = Redirect::to(&to).into_response();
            *response.status_mut() = StatusCode::FOUND;
            return response;
        }
        Error::NotFound => Problem::Missing(StatusCode::NOT_FOUND),
        Error::Db(error) => {
            tracing::error!(%error, "an export could not begin");
            Problem::Unavailable
        }
        _ => Problem::Forbidden,
    };
    refuse(client, &server.site.assets(), problem)
}
