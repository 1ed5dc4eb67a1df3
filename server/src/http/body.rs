//! What may come in a request's body. Everything but an upload is read here, whole and up to a
//! limit, so that what is behind never meets half a body. What is too large is read to its end
//! before it is refused: a browser that is still sending does not read the answer.
use super::{
    Client,
    answer::{Problem, refuse},
    pages,
};
use crate::state::Server;
use axum::{
    body::Body,
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use bytes::{Bytes, BytesMut};
use http::{HeaderMap, Method, header};
use http_body_util::{BodyExt as _, Limited};

/// The limit of everything but uploads.
const USUAL: usize = 1 << 20;
/// The limit of uploads. The image itself may be far smaller; up to this size the app can say so.
const UPLOAD: usize = 64 << 20;

/// Refuses bodies that are too large or not of the type that their server function reads.
pub(super) async fn check(State(server): State<Server>, request: Request, next: Next) -> Response {
    let Some(client) = request.extensions().get::<Client>().cloned() else {
        return next.run(request).await;
    };
    match admit(request).await {
        Ok(request) => next.run(request).await,
        Err(problem) => refuse(&client, &server.site.assets(), problem),
    }
}

async fn admit(request: Request) -> Result<Request, Problem> {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return Ok(request);
    }
    let upload = pages::takes_upload(request.uri().path());
    let form = !request.uri().path().starts_with("/api/") || is_form(request.headers(), upload);
    let (parts, body) = request.into_parts();
    if upload && form {
        // Known to be too large: refused without a wait. Else the reader meets the end.
        if declared(&parts.headers) > UPLOAD {
            return Err(Problem::TooLarge);
        }
        return Ok(Request::from_parts(parts, Body::new(Limited::new(body, UPLOAD))));
    }
    let bytes = read(body).await?;
    if form { Ok(Request::from_parts(parts, Body::from(bytes))) } else { Err(Problem::Malformed) }
}

/// Whether the body's type is the one that server functions read; the code that reads uploads
/// panics on another.
fn is_form(headers: &HeaderMap, upload: bool) -> bool {
    let kind =
        headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let mut parts = kind.split(';').map(str::trim);
    let name = parts.next().unwrap_or_default().to_ascii_lowercase();
    let mut boundary = || parts.find_map(|part| part.strip_prefix("boundary="));
    match upload {
        true => {
            name == "multipart/form-data"
                && boundary().is_some_and(|text| !text.trim_matches('"').is_empty())
        }
        false => name == "application/x-www-form-urlencoded",
    }
}

fn declared(headers: &HeaderMap) -> usize {
    let length = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    length.and_then(|length| length.parse().ok()).unwrap_or_default()
}

async fn read(mut body: Body) -> Result<Bytes, Problem> {
    let (mut kept, mut size) = (BytesMut::new(), 0_usize);
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(|_| Problem::Malformed)?.into_data() else { continue };
        size += data.len();
        if size > UPLOAD {
            break;
        }
        if size > USUAL {
            kept = BytesMut::new();
        } else {
            kept.extend_from_slice(&data);
        }
    }
    if size > USUAL { Err(Problem::TooLarge) } else { Ok(kept.freeze()) }
}
