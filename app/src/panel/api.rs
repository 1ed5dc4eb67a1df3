use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::{answer::load, panel::pages};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use model::panel::Panel;

/// What the page at `path` (path and query) shows.
#[server(endpoint = "panel", input = GetUrl)]
pub async fn load_panel(path: String) -> Result<Panel, AppError> {
    load(pages::make(path).await)
}
