//! The style sheets that bring a store's colours to a page.
use axum::{body::Body, extract::Path, response::Response};
use domain::branding;
use http::{HeaderValue, StatusCode, header};

/// An address is its colours: what is there never changes.
const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// The schemes may change with the program.
const A_WHILE: HeaderValue = HeaderValue::from_static("public, max-age=600");
const CSS: HeaderValue = HeaderValue::from_static("text/css; charset=utf-8");

/// Serves `/brand/{colours}.css`, and all schemes. It tells nothing of any store: whoever asks names
/// the colours.
pub(super) async fn styles(Path(file): Path<String>) -> Response {
    let sheet = match file.strip_suffix(".css") {
        Some("schemes") => Some((branding::scheme_styles(), A_WHILE)),
        Some(colors) => branding::styles(colors).map(|sheet| (sheet, FOREVER)),
        None => None,
    };
    let mut response = Response::new(Body::empty());
    let Some((sheet, caching)) = sheet else {
        *response.status_mut() = StatusCode::NOT_FOUND;
        return response;
    };
    *response.body_mut() = Body::from(sheet);
    response.headers_mut().insert(header::CONTENT_TYPE, CSS);
    response.headers_mut().insert(header::CACHE_CONTROL, caching);
    response
}
