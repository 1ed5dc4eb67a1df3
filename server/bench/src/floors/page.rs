use crate::{Failure, report};
use axum::{Router, routing::get};
use bytes::Bytes;
use http::header;
use std::path::Path;
use tokio::net::TcpListener;

/// Answers `/` with the bytes of a file, until it is killed.
pub async fn page(file: &Path, kind: &str) -> Result<(), Failure> {
    let (bytes, kind) = (Bytes::from(std::fs::read(file)?), kind.to_owned());
    let answer = move || {
        let (bytes, kind) = (bytes.clone(), kind.clone());
        async move { ([(header::CONTENT_TYPE, kind)], bytes) }
    };
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    report::say(&format!("http://{}", listener.local_addr()?));
    let router = Router::new().route("/", get(answer));
    Ok(axum::serve(
        axum::serve::ListenerExt::tap_io(listener, |stream| {
            stream.set_nodelay(true).ok();
        }),
        router,
    )
    .await?)
}
