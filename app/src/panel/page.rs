use super::{api::LoadPanel, view::panel};
use crate::{
    error::{AppError, error_page},
    ui::Refresh,
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use model::panel::drawn::Drawn;
use std::{convert::Infallible, fmt, str::FromStr, sync::Arc};

/// The first words of the addresses of these pages.
const ROOMS: [&str; 3] = ["/organizations/", "/me", "/account/"];

/// A panel, or why there is none. In the page that the server sends its markup stands in the
/// document; only the rest travels beside it.
#[derive(Clone, PartialEq)]
struct Shown(Arc<Result<Drawn, AppError>>);

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bare = self.0.as_ref().as_ref().map(Drawn::bare);
        f.write_str(&serde_json::to_string(&bare).unwrap_or_default())
    }
}

impl FromStr for Shown {
    type Err = Infallible;
    fn from_str(text: &str) -> Result<Shown, Infallible> {
        Ok(Shown(Arc::new(serde_json::from_str(text).unwrap_or(Err(AppError::Unavailable)))))
    }
}

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
    let refresh = use_context::<Refresh>();
    let source = move || (path.get(), refresh.map(|Refresh(count)| count.get()));
    let shown = Resource::new_str(source, |(path, _)| async move {
        Shown(Arc::new(crate::load::ask(LoadPanel { path }).await))
    });
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match Arc::unwrap_or_clone(shown.await.0) {
                    Ok(drawn) => panel(drawn),
                    Err(error) => error_page(error),
                }
            })}
        </Transition>
    }
}
