//! Joins Leptos to the router: pages, server functions, and the page for what does not exist.
use super::{
    Client,
    answer::{Problem, refuse, whole},
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
use leptos::{config::LeptosOptions, prelude::*};
use leptos_axum::{handle_server_fns_with_context, render_app_async_with_context};
use server_fn::error::SERVER_FN_ERROR_HEADER;
use std::sync::OnceLock;

/// The server functions that take files; the others take the fields of a form.
const UPLOADS: &[&str] = &[
    "/api/settings/save",
    "/api/organization/invite",
    "/api/policies/check",
    "/api/settings/code/check",
];

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

/// The patterns of all pages.
pub fn page_routes() -> &'static [&'static str] {
    static ROUTES: OnceLock<Vec<&'static str>> = OnceLock::new();
    ROUTES.get_or_init(|| app::page_patterns().collect())
}

/// Adds the pages and server functions, and the app's page for any other address.
pub(super) fn add(mut router: Router<Server>) -> Router<Server> {
    // Fails only when it was done before, by another router in this process.
    any_spawner::Executor::init_tokio().ok();
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

/// Renders a page, to its end: Leptos forgets it when the last of it was read.
async fn page(request: Request) -> Response {
    let response = render_app_async_with_context(app::context::provide, shell)(request).await;
    let (parts, body) = response.into_parts();
    let body = whole(body).await;
    let mut response = Response::from_parts(parts, Body::from(body));
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
    let undecided = match response.status() {
        StatusCode::INTERNAL_SERVER_ERROR => true,
        // Nothing could be left for the next page.
        StatusCode::SERVICE_UNAVAILABLE => client.plain,
        _ => false,
    };
    if undecided && response.headers().contains_key(SERVER_FN_ERROR_HEADER) {
        decide(&server, &client, response).await
    } else {
        response
    }
}

/// A form that could not be read never reached the function, which would have answered it, and
/// where nothing can be stored a plain form has no next page: gives the error its status, and to a
/// browser that waits for a page a page.
async fn decide(server: &Server, client: &Client, response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    let body = whole(body).await;
    let error = serde_json::from_slice(&body).unwrap_or(AppError::Internal(String::new()));
    let problem = match error {
        AppError::Malformed => Problem::Malformed,
        AppError::Unavailable => Problem::Unavailable,
        AppError::NotStored => Problem::NotStored,
        _ => Problem::Internal,
    };
    if client.plain {
        return refuse(client, &server.site.assets(), problem);
    }
    parts.status = StatusCode::from_u16(error.status()).unwrap_or(parts.status);
    Response::from_parts(parts, Body::from(body))
}
