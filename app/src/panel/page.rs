use super::{api::LoadPanel, view::panel};
use crate::{
    error::{AppError, error_page},
    ui::Refresh,
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use model::panel::drawn::Drawn;
use std::{convert::Infallible, fmt, str::FromStr, sync::Arc};

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

/// The page that the address names, whichever it is.
#[component]
pub fn PanelPage() -> impl IntoView {
    let location = use_location();
    let path = Memo::new(move |_| {
        let (path, query) = (location.pathname.get(), location.search.get());
        match query.trim_start_matches('?') {
            "" => path,
            query => format!("{path}?{query}"),
        }
    });
    let refresh = use_context::<Refresh>();
    let source = move || (path.get(), refresh.map(|Refresh(count)| count.get()));
    // The question is large, and what keeps track of it moves it about.
    let shown = Resource::new_str(source, |(path, _)| async move {
        Shown(Arc::new(Box::pin(crate::load::ask(LoadPanel { path })).await))
    });
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match Arc::unwrap_or_clone(shown.await.0) {
                    Ok(Drawn { redirect: Some(path), .. }) => view! { <GoOn path=path/> }.into_any(),
                    Ok(drawn) => {
                        #[cfg(feature = "hydrate")]
                        if drawn.again {
                            ask_again(path, refresh);
                        }
                        panel(drawn)
                    }
                    Err(error) => error_page(error),
                }
            })}
        </Transition>
    }
}

/// Goes on to where the page is; the server has sent a browser without wasm there already.
#[component]
fn GoOn(path: String) -> impl IntoView {
    #[cfg(feature = "hydrate")]
    {
        let navigate = leptos_router::hooks::use_navigate();
        Effect::new(move |_| {
            let options = leptos_router::NavigateOptions { replace: true, ..Default::default() };
            navigate(&path, options);
        });
    }
    #[cfg(not(feature = "hydrate"))]
    drop(path);
}

/// Asks for the page again after a moment, if it is still the one that is shown.
#[cfg(feature = "hydrate")]
fn ask_again(path: Memo<String>, refresh: Option<Refresh>) {
    let (here, Some(Refresh(count))) = (path.get_untracked(), refresh) else { return };
    let ask = move || {
        if path.try_get_untracked().is_some_and(|now| now == here) {
            count.update(|count| *count += 1);
        }
    };
    set_timeout(ask, std::time::Duration::from_secs(1));
}
