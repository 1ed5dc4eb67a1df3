use super::{api::LoadPanel, draw::draw};
use crate::load::page;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// The first words of the addresses of these pages.
const ROOMS: [&str; 3] = ["/organizations/", "/me", "/account/"];

/// A page that the server makes as data, whichever the address names.
#[component]
pub fn PanelPage() -> impl IntoView {
    let location = use_location();
    // On the way to a page of another kind the address changes before this component goes.
    let path = Memo::new(move |before: Option<&String>| {
        let (path, query) = (location.pathname.get(), location.search.get());
        if !ROOMS.iter().any(|room| path.starts_with(room)) {
            return before.cloned().unwrap_or_default();
        }
        match query.trim_start_matches('?') {
            "" => path,
            query => format!("{path}?{query}"),
        }
    });
    page(move || Some(LoadPanel { path: path.get() }), draw)
}
