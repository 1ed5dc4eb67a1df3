use super::api::Landing;
use crate::{
    layout::{Console, Head, UseViewer},
    load::page,
    path::Path,
    session::api::LoadViewer,
    ui::{Icon, square, use_texts},
};
use leptos::prelude::*;
use leptos_router::{components::Redirect, hooks::use_query_map};
use model::text::Key;

/// The root leads on to where the person works.
#[component]
pub fn RootPage() -> impl IntoView {
    view! {
        <Console store=None single=true>
            <main id="main" tabindex="-1">
                {page(|| Some(Landing {}), |path: String| view! { <Redirect path=path/> }.into_any())}
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
    let list = move || {
        let words = query.with(|q| q.get("q").unwrap_or_default()).trim().to_lowercase();
        let organizations = viewer.get().map(|v| v.organizations).unwrap_or_default();
        let cards: Vec<_> = organizations
            .into_iter()
            .filter_map(|o| {
                let stores: Vec<_> = o
                    .stores
                    .into_iter()
                    .filter(|s| s.name.to_lowercase().contains(&words))
                    .collect();
                let (id, heading) = (o.id.to_string(), o.id.to_string());
                (!stores.is_empty()).then(|| {
                    view! {
                        <section class="card" aria-labelledby=heading>
                            <header><h2 id=id>{o.name}</h2></header>
                            <ul class="rows">{stores.into_iter().map(row).collect_view()}</ul>
                        </section>
                    }
                })
            })
            .collect();
        match (cards.is_empty(), words.is_empty()) {
            (false, _) => view! { <div class="stack">{cards}</div> }.into_any(),
            (true, nothing_at_all) => empty(nothing_at_all).into_any(),
        }
    };
    view! {
        <Console store=None single=true>
            <main id="main" tabindex="-1">
                {page(
                    || Some(LoadViewer {}),
                    move |_| view! { <Head title=t.get(Key::HomeStoresTitle)/> {list} }.into_any(),
                )}
            </main>
        </Console>
    }
}

/// No store at all, or none that matches.
fn empty(nothing_at_all: bool) -> impl IntoView {
    let t = use_texts();
    let title = if nothing_at_all { Key::HomeStoresNone } else { Key::NavSelectorNone };
    view! {
        <div class="list"><div class="empty">
            <Icon name="store"/>
            <h2>{t.get(title)}</h2>
            {nothing_at_all.then(|| view! { <p>{t.get(Key::HomeStoresNoneText)}</p> })}
            {(!nothing_at_all).then(|| view! {
                <div class="row"><a class="button" href=Path::Stores.to_string()>{t.get(Key::NavAllStores)}</a></div>
            })}
        </div></div>
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
