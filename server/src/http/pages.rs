//! Joins Leptos to the router: pages, server functions, and the page for what does not exist.
use super::{
    Client,
    answer::{Problem, refuse},
};
use crate::state::Server;
use app::error::AppError;
use axum::{
    Extension, Router,
    body::Body,
    extract::{Request, State},
    response::{IntoResponse as _, Response},
    routing::{MethodFilter, get, on},
};
use http::{StatusCode, header};
use http_body_util::{BodyExt as _, Collected};
use hydration_context::SsrSharedContext;
use leptos::{config::LeptosOptions, prelude::*, reactive::owner::Owner};
use leptos_axum::{ResponseOptions, handle_server_fns_with_context, render_app_async_with_context};
use leptos_meta::ServerMetaContext;
use leptos_router::{ExpandOptionals as _, PathSegment, RouteList, location::RequestUrl};
use server_fn::error::SERVER_FN_ERROR_HEADER;
use std::sync::{Arc, OnceLock};

/// The server functions that take files; the others take the fields of a form.
const UPLOADS: &[&str] = &["/api/settings/save"];

/// Whether the server function at this address takes files.
pub(super) fn takes_upload(path: &str) -> bool {
    UPLOADS.contains(&path)
}

fn options() -> LeptosOptions {
    LeptosOptions::builder().output_name("store-manager").build()
}

fn shell() -> impl IntoView {
    app::shell(options())
}

/// The patterns of all pages, as the app's router declares them.
///
/// Our own instead of leptos_axum's `generate_route_list`, which without that crate's default
/// features (static files, web sockets) prints a complaint.
pub fn page_routes() -> &'static [String] {
    static ROUTES: OnceLock<Vec<String>> = OnceLock::new();
    ROUTES.get_or_init(|| {
        // Fails only when it was done before, by another router in this process.
        any_spawner::Executor::init_tokio().ok();
        let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new())));
        let list = owner.with(|| {
            let (parts, ()) = http::Request::new(()).into_parts();
            provide_context(RequestUrl::new(""));
            provide_context(ServerMetaContext::new().0);
            provide_context(parts);
            provide_context(ResponseOptions::default());
            leptos::nonce::provide_nonce();
            RouteList::generate(app::App)
        });
        let listings = list.map(RouteList::into_inner).unwrap_or_default();
        let paths = listings.iter().flat_map(|listing| listing.path().to_vec().expand_optionals());
        // Pages that are made as data share a route of the app: each is listed by itself.
        let paths = paths.map(|path| pattern(&path)).filter(|path| !path.contains('*'));
        paths.chain(app::panel_patterns().map(str::to_owned)).collect()
    })
}

fn pattern(path: &[PathSegment]) -> String {
    let mut pattern = String::new();
    for segment in path {
        match segment {
            PathSegment::Static(text) if text.trim_matches('/').is_empty() => {}
            PathSegment::Static(text) => pattern.extend(["/", text.trim_matches('/')]),
            PathSegment::Param(name) => pattern.extend(["/{", name, "}"]),
            PathSegment::Splat(name) => pattern.extend(["/{*", name, "}"]),
            PathSegment::Unit | PathSegment::OptionalParam(_) => {}
        }
    }
    if pattern.is_empty() { "/".to_owned() } else { pattern }
}

/// Adds the pages and server functions, and the app's page for any other address.
pub(super) fn add(mut router: Router<Server>) -> Router<Server> {
    for path in page_routes() {
        router = router.route(path, get(page));
    }
    for (path, method) in server_fn::axum::server_fn_paths() {
        if let Ok(method) = MethodFilter::try_from(method) {
            router = router.route(path, on(method, call));
        }
    }
    router.fallback(missing)
}

/// Renders a page.
async fn page(request: Request) -> Response {
    let mut response = render_app_async_with_context(app::context::provide, shell)(request).await;
    // What sends the browser elsewhere is a redirect, whatever status was set besides.
    if response.headers().contains_key(header::LOCATION) && !response.status().is_redirection() {
        *response.status_mut() = StatusCode::FOUND;
    }
    response
}

/// The page for an address that is none of ours.
async fn missing(request: Request) -> Response {
    let mut response = page(request).await;
    if response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    response
}

/// Runs a server function.
async fn call(
    State(server): State<Server>,
    Extension(client): Extension<Client>,
    request: http::Request<Body>,
) -> Response {
    let called = handle_server_fns_with_context(app::context::provide, request).await;
    let response = called.into_response();
    let undecided = response.status() == StatusCode::INTERNAL_SERVER_ERROR
        && response.headers().contains_key(SERVER_FN_ERROR_HEADER);
    if undecided { decide(&server, &client, response).await } else { response }
}

/// A form that could not be read never reached the function, which would have answered it: gives
/// the error its status, and to a browser that waits for a page a page.
async fn decide(server: &Server, client: &Client, response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    let body = body.collect().await.map(Collected::to_bytes).unwrap_or_default();
    let error = serde_json::from_slice(&body).unwrap_or(AppError::Internal(String::new()));
    let problem = match error {
        AppError::Malformed => Problem::Malformed,
        AppError::Unavailable => Problem::Unavailable,
        _ => Problem::Internal,
    };
    if client.plain {
        return refuse(client, &server.site.assets(), problem);
    }
    parts.status = StatusCode::from_u16(error.status()).unwrap_or(parts.status);
    Response::from_parts(parts, Body::from(body))
}
