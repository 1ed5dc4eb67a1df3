//! Images that people uploaded.
use app::context::Request;
use axum::{
    Extension,
    body::Body,
    extract::Path,
    response::{IntoResponse as _, Response},
};
use http::{HeaderValue, StatusCode, header};
use model::ImageId;
use std::sync::Arc;

/// For the person's own browser only, and for ever: another image has another address.
const CACHING: HeaderValue = HeaderValue::from_static("private, max-age=31536000, immutable");
/// For the person's own browser, and not for long.
const FOR_NOW: HeaderValue = HeaderValue::from_static("private, max-age=60");
/// Should a browser ever take it for a document, it may do nothing.
const POLICY: HeaderValue = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");

/// Serves `/media/{image}` to members of the store that it belongs to; for anybody else it does
/// not exist.
pub(super) async fn image(
    Extension(request): Extension<Arc<Request>>,
    Path(image): Path<String>,
) -> Response {
    let (Ok(image), Some(signed_in)) = (image.parse::<ImageId>(), &request.signed_in) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    match domain::images::image(&request.domain, signed_in, &image).await {
        Ok(Some((kind, bytes))) => answer(&kind, bytes),
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => {
            tracing::error!(%error, "an image cannot be read");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

/// Serves `/invitations/{token}/logo`, the logo on the page that accepts a live invitation, to
/// whoever has its token; for anybody else it does not exist.
pub(super) async fn invitation_logo(
    Extension(request): Extension<Arc<Request>>,
    Path(token): Path<String>,
) -> Response {
    let found = domain::invitation::logo(&request.domain, &token).await;
    match found {
        // The store may change its logo, and an invitation ends: the browser asks again.
        Ok((kind, bytes)) => {
            let mut response = answer(&kind, bytes);
            response.headers_mut().insert(header::CACHE_CONTROL, FOR_NOW);
            response
        }
        Err(domain::Error::NotFound | domain::Error::Refused(_)) => {
            StatusCode::NOT_FOUND.into_response()
        }
        Err(error) => {
            tracing::error!(%error, "a logo cannot be read");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

fn answer(kind: &str, bytes: Vec<u8>) -> Response {
    let Ok(kind) = HeaderValue::from_str(kind) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, kind);
    headers.insert(header::CACHE_CONTROL, CACHING);
    headers.insert(header::CONTENT_SECURITY_POLICY, POLICY);
    response
}
