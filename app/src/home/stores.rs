use super::api::landing;
use crate::{
    error::error_page,
    layout::{Console, Head, UseViewer},
    path::Path,
    ui::{Icon, square, use_texts},
};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_query_map};
use model::text::Key;

/// The root leads on to where the person works.
#[component]
pub fn RootPage() -> impl IntoView {
    let place = Resource::new(|| (), |()| landing());
    let navigate = StoredValue::new_local(use_navigate());
    view! {
        <Console store=None single=true>
            <main id="main" tabindex="-1">
                <Suspense>
                    {move || Suspend::new(async move {
                        match place.await {
                            Ok(path) => {
                                if cfg!(feature = "hydrate") {
                                    let options = leptos_router::NavigateOptions { replace: true, ..Default::default() };
                                    navigate.with_value(|go| go(&path, options));
                                }
                                let text = path.clone();
                                view! { <a href=path>{text}</a> }.into_any()
                            }
                            Err(error) => error_page(error),
                        }
                    })}
                </Suspense>
            </main>
        </Console>
    }
}

/// Every store of the person, by organization; also the search of the selector without wasm.
#[component]
pub fn StoresPage() -> impl IntoView {
    let t = use_texts();
    let UseViewer(viewer) = expect_context();
    let query = use_query_map();
    let signed_in = Resource::new(|| (), |()| super::super::session::api::viewer());
    let list = move || {
        let words = query.with(|q| q.get("q").unwrap_or_default()).trim().to_lowercase();
        let organizations = viewer.get().map(|v| v.organizations).unwrap_or_default();
        let cards: Vec<_> = organizations
            .into_iter()
            .filter_map(|o| {
                let stores: Vec<_> =
                    o.stores.into_iter().filter(|s| s.name.to_lowercase().contains(&words)).collect();
                let (id, heading) = (o.id.to_string(), o.id.to_string());
                (!stores.is_empty()).then(|| view! {
                    <section class="card" aria-labelledby=heading>
                        <header><h2 id=id>{o.name}</h2></header>
                        <ul class="rows">{stores.into_iter().map(row).collect_view()}</ul>
                    </section>
                })
            })
            .collect();
        match (cards.is_empty(), words.is_empty()) {
            (false, _) => view! { <div class="stack">{cards}</div> }.into_any(),
            (true, searched) => {
                let (title, text) = if searched {
                    (Key::HomeStoresNone, Key::HomeStoresNoneText)
                } else {
                    (Key::NavSelectorNone, Key::NavAllStores)
                };
                view! {
                    <div class="list"><div class="empty">
                        <Icon name="store"/><h2>{t.get(title)}</h2><p>{t.get(text)}</p>
                    </div></div>
                }
                .into_any()
            }
        }
    };
    view! {
        <Console store=None single=true>
            <main id="main" tabindex="-1">
                <Suspense>
                    {move || Suspend::new(async move {
                        match signed_in.await {
                            Err(error) => error_page(error),
                            Ok(_) => view! { <Head title=t.get(Key::HomeStoresTitle)/> {list} }.into_any(),
                        }
                    })}
                </Suspense>
            </main>
        </Console>
    }
}

fn row(store: model::view::StoreEntry) -> impl IntoView {
    let t = use_texts();
    view! {
        <li>
            <a class="person" href=Path::Store(store.id.clone()).to_string()>
                {square(&store.name, false)}<span><b>{store.name.clone()}</b></span>
            </a>
            {store.configurable.then(|| view! {
                <a class="button small" href=Path::Settings(store.id.clone()).to_string()
                    aria-label=t.fill(Key::NavConfigurationOf, &[("store", &store.name)])>
                    <Icon name="settings"/>{t.get(Key::NavConfiguration)}
                </a>
            })}
        </li>
    }
}
