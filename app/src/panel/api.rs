use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::{
    answer::load,
    panel::{draw::draw, pages},
};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use model::panel::drawn::Drawn;

/// What the page at `path` (path and query) shows.
#[server(endpoint = "panel", input = GetUrl)]
pub async fn load_panel(path: String) -> Result<Drawn, AppError> {
    let panel = load(pages::make(path).await)?;
    Ok(draw(&panel, crate::flash::of_request().as_ref()))
}
