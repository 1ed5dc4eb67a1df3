use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::{
    answer::{ask_again, load, load_in_store, redirect},
    panel::{draw::draw, pages},
};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use model::panel::drawn::Drawn;

/// What the page at `path` (path and query) shows.
#[server(endpoint = "panel", input = GetUrl)]
pub async fn load_panel(path: String) -> Result<Drawn, AppError> {
    let store = pages::store_of(&path);
    let made = pages::make(path).await;
    let panel = match store {
        Some(store) => load_in_store(&store, made).await?,
        None => load(made)?,
    };
    if let Some(path) = &panel.redirect
        && crate::context::request().is_some_and(|request| request.plain)
    {
        redirect(path);
    }
    if panel.again {
        ask_again();
    }
    Ok(draw(&panel, crate::flash::of_request().as_ref()))
}
