use super::UseViewer;
use crate::{
    path::Path,
    ui::{Icon, square, use_texts},
};
use leptos::prelude::*;
use model::{
    StoreId,
    text::Key,
    view::{OrganizationEntry, StoreEntry},
};

/// From this many stores on the selector can be searched.
const SEARCHABLE: usize = 6;

/// The organization and store selector (C-03): each store with the gear that opens its
/// configuration, for those who may.
#[component]
pub fn Selector(
    /// The store of this page.
    #[prop(into)]
    current: Signal<Option<StoreId>>,
) -> impl IntoView {
    let t = use_texts();
    let UseViewer(viewer) = expect_context();
    let search = RwSignal::new(String::new());
    let organizations =
        Memo::new(move |_| viewer.get().map(|v| v.organizations).unwrap_or_default());
    let here = Memo::new(move |_| {
        let current = current.get()?;
        organizations.with(|all| {
            all.iter().find_map(|o| {
                let store = o.stores.iter().find(|s| s.id == current)?;
                Some((o.name.clone(), store.name.clone()))
            })
        })
    });
    let toggle = move || match here.get() {
        Some((organization, store)) => view! {
            {square(&store, false)}
            <span class="names"><b>{store}</b><small>{organization}</small></span>
        }
        .into_any(),
        None => view! { <span class="names"><b>{t.get(Key::NavAllStores)}</b></span> }.into_any(),
    };
    let many = move || {
        organizations.with(|all| all.iter().map(|o| o.stores.len()).sum::<usize>() >= SEARCHABLE)
    };
    let found = move || {
        let words = search.get().to_lowercase();
        let matching = |s: &StoreEntry| s.name.to_lowercase().contains(words.trim());
        let mut all = organizations.get();
        for organization in &mut all {
            organization.stores.retain(matching);
        }
        all.retain(|organization| words.trim().is_empty() || !organization.stores.is_empty());
        if all.is_empty() {
            return view! { <p class="muted">{t.get(Key::NavSelectorNone)}</p> }.into_any();
        }
        let groups =
            all.into_iter().map(|o| view! { <OrganizationStores organization=o current=current/> });
        groups.collect_view().into_any()
    };
    view! {
        <button class="selector-toggle" popovertarget="selector">
            <span class="sr-only">{t.get(Key::NavSelector)}</span>
            {toggle}
            <Icon name="chevrons-up-down"/>
        </button>
        <nav class="menu selector" id="selector" popover="auto" aria-label=t.get(Key::NavSelector)>
            {move || many().then(|| view! {
                <form class="search" role="search" aria-label=t.get(Key::NavSelectorSearch) action=Path::Stores.to_string()
                    on:submit=move |event| event.prevent_default()>
                    <Icon name="search"/>
                    <input type="search" name="q" aria-label=t.get(Key::NavSelectorSearch)
                        placeholder=t.get(Key::NavSelectorSearch)
                        on:input:target=move |event| search.set(event.target().value())/>
                </form>
            })}
            {found}
        </nav>
    }
}

/// An organization's stores in the selector.
#[component]
fn OrganizationStores(
    organization: OrganizationEntry,
    current: Signal<Option<StoreId>>,
) -> impl IntoView {
    let t = use_texts();
    let id = format!("in-{}", organization.id);
    let heading = id.clone();
    let any = !organization.stores.is_empty();
    let stores = organization.stores.into_iter().map(|store| entry(store, current)).collect_view();
    let name = format!("{}: {}", t.get(Key::TabOrganizationLabel), organization.name);
    let manager = Path::Organization(organization.id.clone(), "stores").to_string();
    view! {
        <div class="organization">
            <h3 id=heading>{organization.name}</h3>
            <a class="button quiet small icon-only" href=manager aria-label=name title=t.get(Key::TabOrganizationLabel)>
                <Icon name="building-2"/>
            </a>
        </div>
        {any.then(|| view! { <ul class="bare" aria-labelledby=id>{stores}</ul> })}
    }
}

fn entry(store: StoreEntry, current: Signal<Option<StoreId>>) -> impl IntoView {
    let t = use_texts();
    let here = {
        let id = store.id.clone();
        Memo::new(move |_| current.get().is_some_and(|c| c == id))
    };
    let gear = store.configurable.then(|| {
        view! {
            <a class="button quiet small icon-only" href=Path::Settings(store.id.clone()).to_string()
                aria-label=t.fill(Key::NavConfigurationOf, &[("store", &store.name)]) title=t.get(Key::NavConfiguration)>
                <Icon name="settings"/>
            </a>
        }
    });
    view! {
        <li>
            <a class="item" href=Path::Store(store.id.clone()).to_string()
                aria-current=move || here.get().then_some("true")>
                {square(&store.name, false)}
                <span>{store.name.clone()}</span>
                {move || here.get().then(|| view! { <Icon name="check"/> })}
            </a>
            {gear}
        </li>
    }
}
