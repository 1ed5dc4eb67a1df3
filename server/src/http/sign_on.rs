//! Where a provider of single sign-on sends people back to.
use super::{
    Client,
    answer::{Problem, refuse},
    cookies,
};
use crate::state::Server;
use axum::{
    Extension,
    extract::{Query, State},
    response::{IntoResponse as _, Response},
};
use domain::{
    session,
    single_sign_on::{self, Failure, Return},
};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use std::collections::BTreeMap;

const FORGET: HeaderValue =
    HeaderValue::from_static("sso=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");

/// Ends a sign-in at a provider. The one address that writes on GET, for providers know no other
/// way: the state that it must bring was made for this browser, and works once.
pub(super) async fn callback(
    State(server): State<Server>,
    Extension(client): Extension<Client>,
    Query(query): Query<BTreeMap<String, String>>,
    headers: HeaderMap,
) -> Response {
    let value = |name: &str| query.get(name).cloned().unwrap_or_default();
    let back = Return {
        state: value("state"),
        code: value("code"),
        error: value("error"),
        issuer: value("iss"),
        browser: cookies::get(&headers, cookies::SIGN_ON).unwrap_or_default().to_owned(),
    };
    let arrived = single_sign_on::finish(&server.domain, &client.origin, &back).await;
    match arrived {
        Ok(arrived) => {
            let session = arrived.session.map(|token| {
                let (name, age) = (cookies::session(client.secure), session::ABSOLUTE / 1000);
                let secure = if client.secure { "; Secure" } else { "" };
                let token = token.expose();
                format!("{name}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={age}{secure}")
            });
            leads_to(&arrived.next, session)
        }
        Err(Failure::Problem(problem)) => {
            leads_to(&format!("/account/sso?problem={}", problem.code()), None)
        }
        Err(Failure::Error(error)) => {
            tracing::error!(%error, "a sign-in at a provider cannot be ended");
            refuse(&client, &server.site.assets(), Problem::of(&error))
        }
    }
}

fn leads_to(location: &str, cookie: Option<String>) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    let headers = response.headers_mut();
    let location = HeaderValue::from_str(location);
    headers.insert(header::LOCATION, location.unwrap_or(HeaderValue::from_static("/")));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.append(header::SET_COOKIE, FORGET);
    if let Some(cookie) = cookie.and_then(|cookie| HeaderValue::from_str(&cookie).ok()) {
        headers.append(header::SET_COOKIE, cookie);
    }
    response
}
