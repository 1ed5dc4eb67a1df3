use super::api::LoadHome;
use crate::{
    error::people,
    layout::Console,
    load::page,
    path::Path,
    ui::{Icon, PageTitle, square, use_texts},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::{StoreId, text::Key, view::StoreHome};

/// The store that the page's address names.
pub fn store_of_page() -> Memo<Option<StoreId>> {
    let params = use_params_map();
    Memo::new(move |_| params.with(|params| params.get("store")?.parse().ok()))
}

/// A store's home page: where a Marketer lands (C-20).
#[component]
pub fn StoreHomePage() -> impl IntoView {
    let store = store_of_page();
    let ask = move || store.get().map(|store| LoadHome { store });
    view! {
        <Console store=store single=true>
            <main id="main" tabindex="-1">
                {page(ask, move |home| store.get_untracked().map(|id| content(id, home)).into_any())}
            </main>
        </Console>
    }
}

fn content(id: StoreId, home: StoreHome) -> AnyView {
    let t = use_texts();
    let configures = home.configurable;
    let logo = match home.logo.clone() {
        Some(url) => {
            view! { <img class="avatar square large" src=url alt="" width="48" height="48"/> }
                .into_any()
        }
        None => square(&home.name, true).into_any(),
    };
    view! {
        <PageTitle text=home.name.clone()/>
        <div class="hero">
            {logo}
            <div><h1>{home.name.clone()}</h1><p>{web_page(&home.url)}</p></div>
            <span class="badge info">{home.role.clone()}</span>
        </div>
        <div class="stack">
            {facts(&home)}
            {role(home.role, home.role_help)}
            {if configures {
                view! {
                    <p><a class="button primary" href=Path::Settings(id).to_string()>
                        <Icon name="settings"/>{t.get(Key::HomeOpenSettings)}
                    </a></p>
                }
                .into_any()
            } else {
                ask(home.administrators).into_any()
            }}
        </div>
    }
    .into_any()
}

fn web_page(url: &str) -> impl IntoView + use<> {
    let t = use_texts();
    if url.is_empty() {
        view! { <span class="muted">{t.get(Key::HomeNoWebPage)}</span> }.into_any()
    } else {
        let shown = url
            .trim_start_matches("https://")
            .trim_start_matches("http://")
            .trim_end_matches('/')
            .to_owned();
        view! { <a href=url.to_owned() rel="external noopener" target="_blank">{shown}</a> }
            .into_any()
    }
}

fn facts(home: &StoreHome) -> impl IntoView + use<> {
    let t = use_texts();
    let address = if home.address.is_empty() {
        view! { <span class="muted">{t.get(Key::HomeNoAddress)}</span> }.into_any()
    } else {
        let lines =
            home.address.clone().into_iter().map(|line| view! { {line}<br/> }).collect_view();
        view! { <address>{lines}</address> }.into_any()
    };
    view! {
        <section class="card split" aria-labelledby="about">
            <header><h2 id="about">{t.get(Key::HomeTitle)}</h2></header>
            <dl class="facts">
                <dt>{t.get(Key::HomeOrganization)}</dt><dd>{home.organization.clone()}</dd>
                <dt>{t.get(Key::HomeAddress)}</dt><dd>{address}</dd>
            </dl>
        </section>
    }
}

fn role(role: String, help: String) -> impl IntoView {
    let t = use_texts();
    view! {
        <section class="card split" aria-labelledby="role">
            <header><h2 id="role">{t.get(Key::HomeRole)}</h2></header>
            <div class="stack"><p><strong>{role}</strong></p><p>{help}</p></div>
        </section>
    }
}

fn ask(administrators: Vec<(String, String)>) -> impl IntoView {
    let t = use_texts();
    view! {
        <section class="card split" aria-labelledby="ask">
            <header><h2 id="ask">{t.get(Key::HomeAskTitle)}</h2><p>{t.get(Key::HomeAskText)}</p></header>
            <ul class="rows">{people(administrators)}</ul>
        </section>
    }
}
