//! Answers that are given where no page of the app can be: the request was refused before it, or
//! the app failed.
use super::Client;
use app::{context::Assets, error::AppError};
use axum::{
    body::Body,
    response::{IntoResponse as _, Response},
};
use bytes::Bytes;
use http::{HeaderValue, StatusCode, header};
use http_body_util::{BodyExt as _, Collected};
use model::text::{Key, Texts};

/// All that a page or a server function has written; what it writes is in memory, and cannot break off.
pub(super) async fn whole(body: Body) -> Bytes {
    body.collect().await.map(Collected::to_bytes).unwrap_or_default()
}

/// Why there is no other answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Problem {
    /// It comes from another site.
    CrossSite,
    /// Who asks may not have it.
    Forbidden,
    /// Its body is not what this address takes.
    Malformed,
    /// Its body is too large.
    TooLarge,
    /// There is nothing at this address, or nothing to be done there in this way.
    Missing(StatusCode),
    /// It took too long.
    Timeout,
    /// Something that we need does not work just now.
    Unavailable,
    /// The storage takes no changes.
    NotStored,
    /// A fault of ours.
    Internal,
}

impl Problem {
    /// What a fault of the rules or the data is to somebody who can do nothing about it.
    pub(super) fn of(error: &domain::Error) -> Problem {
        match error {
            domain::Error::Corrupt(_) => Problem::Internal,
            error if error.storage() => Problem::NotStored,
            _ => Problem::Unavailable,
        }
    }

    fn status(self) -> StatusCode {
        match self {
            Problem::CrossSite | Problem::Forbidden => StatusCode::FORBIDDEN,
            Problem::Malformed => StatusCode::BAD_REQUEST,
            Problem::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Problem::Missing(status) => status,
            Problem::Timeout | Problem::Unavailable | Problem::NotStored => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            Problem::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn texts(self) -> (Key, Key) {
        match self {
            Problem::CrossSite => (Key::ErrorRefusedTitle, Key::ErrorCrossSite),
            Problem::Forbidden => (Key::ErrorForbiddenTitle, Key::AuditForbidden),
            Problem::Malformed => (Key::ErrorRefusedTitle, Key::RefusalMalformed),
            Problem::TooLarge => (Key::ErrorRefusedTitle, Key::ErrorTooLarge),
            Problem::Missing(_) => (Key::ErrorNotFoundTitle, Key::ErrorNotFoundText),
            Problem::Timeout => (Key::ErrorUnavailableTitle, Key::ErrorTimeoutText),
            Problem::Unavailable => (Key::ErrorUnavailableTitle, Key::ErrorUnavailableText),
            Problem::NotStored => (Key::ErrorStorageTitle, Key::ErrorStorageText),
            Problem::Internal => (Key::ErrorInternalTitle, Key::ErrorInternalText),
        }
    }
}

/// The answer to `client`, in its language: a page if a browser waits for one, else data that the
/// app's half in the browser reads like an error of its own.
pub(super) fn refuse(client: &Client, assets: &Assets, problem: Problem) -> Response {
    let mut response =
        if client.plain { page(client, assets, problem) } else { data(client, problem) };
    *response.status_mut() = problem.status();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if problem.status() == StatusCode::SERVICE_UNAVAILABLE {
        headers.insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
    }
    response
}

fn data(client: &Client, problem: Problem) -> Response {
    let error = match problem {
        Problem::CrossSite | Problem::Forbidden => AppError::Forbidden(None),
        Problem::Malformed | Problem::TooLarge => AppError::Malformed,
        Problem::Missing(_) => AppError::NotFound,
        Problem::Timeout | Problem::Unavailable => AppError::Unavailable,
        Problem::NotStored => AppError::NotStored,
        Problem::Internal => AppError::Internal(client.origin.request_id.clone()),
    };
    axum::Json(error).into_response()
}

const PAGE_POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; \
     base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
);

fn page(client: &Client, assets: &Assets, problem: Problem) -> Response {
    let t = Texts::of(client.origin.lang);
    let (title, text) = problem.texts();
    let text = t.fill(text, &[("request", &client.origin.request_id)]);
    let styles = match assets.styles.as_str() {
        "" => String::new(),
        path => format!("<link rel=\"stylesheet\" href=\"{}\">", escape(path)),
    };
    let html = format!(
        "<!doctype html><html lang=\"{lang}\" data-theme=\"{theme}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title} · {product}</title>\
         {styles}</head><body><main class=\"fault\"><div><h1>{title}</h1><p>{text}</p></div>\
         <p><a class=\"button\" href=\"/\">{home}</a></p></main></body></html>",
        lang = client.origin.lang.code(),
        theme = client.theme.code(),
        title = escape(t.get(title)),
        product = escape(t.get(Key::CommonProduct)),
        text = escape(&text),
        home = escape(t.get(Key::ErrorHome)),
    );
    let mut response = Response::new(Body::from(html));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(header::CONTENT_SECURITY_POLICY, PAGE_POLICY);
    response
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
