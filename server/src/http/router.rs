//! All addresses, and in which order a request passes through what stands before them.
use super::{
    Client,
    answer::{Problem, refuse},
    body, brand, client, context, cross_site, download, headers, kept, media, observe, pages,
    ready, recover, sign_on, turn,
};
use crate::{site, state::Server};
use axum::{
    Extension, Router,
    extract::State,
    middleware::{from_fn, from_fn_with_state as with},
    response::Response,
    routing::{any, get},
};
use http::StatusCode;
use tower_http::{CompressionLevel, compression::CompressionLayer, csrf::ConfigError};

/// The whole server as one service.
///
/// # Errors
/// When the public address cannot be the origin of a site.
pub fn router(server: &Server) -> Result<Router, ConfigError> {
    // What is personal passes all of these, the last one first.
    let personal = pages::add(Router::new())
        .route("/media/{image}", get(media::image))
        .route("/invitations/{token}/logo", get(media::invitation_logo))
        .route(download::AUDIT, get(download::audit_log))
        .route(download::STORE_SETTINGS, get(download::store_settings))
        .route(download::ORGANIZATION_SETTINGS, get(download::organization_settings))
        .route(domain::single_sign_on::CALLBACK, get(sign_on::callback))
        .route("/api/{*path}", any(missing))
        .method_not_allowed_fallback(wrong_method)
        .layer(with(server.clone(), context::build))
        .layer(with(server.clone(), turn::wait))
        .layer(with(server.clone(), kept::again))
        .layer(with(server.clone(), body::check))
        .layer(cross_site::guard(&server.front.origin)?)
        .layer(with(server.clone(), cross_site::explain))
        .layer(with((server.clone(), recover::PATIENCE), recover::recover))
        // Pages are made anew for everybody: what compresses them must be quick.
        .layer(CompressionLayer::new().quality(CompressionLevel::Precise(3)));
    // What is the same for everybody needs none of it, in particular no query.
    let public = Router::new()
        .route("/pkg/{*file}", get(site::file))
        .route("/favicon.ico", get(site::favicon))
        .route("/brand/{file}", get(brand::styles))
        .route("/healthz", get(ready::ready));
    Ok(personal
        .merge(public)
        .layer(from_fn(headers::secure))
        .layer(with(server.clone(), client::know))
        .layer(with(server.clone(), observe::observe))
        .with_state(server.clone()))
}

async fn missing(State(server): State<Server>, Extension(client): Extension<Client>) -> Response {
    refuse(&client, &server.site.assets(), Problem::Missing(StatusCode::NOT_FOUND))
}

async fn wrong_method(
    State(server): State<Server>,
    Extension(client): Extension<Client>,
) -> Response {
    refuse(&client, &server.site.assets(), Problem::Missing(StatusCode::METHOD_NOT_ALLOWED))
}
