use crate::{
    path::Path,
    ui::{Icon, use_texts},
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use model::{
    StoreId,
    settings::{Group, SECTIONS},
    text::Key,
};

/// A tab: a page of the store's settings.
pub struct Tab {
    /// Where it stands.
    pub group: Group,
    /// Its name in the address.
    pub key: &'static str,
    /// Its visible name.
    pub title: Key,
}

/// The tabs of records, which have pages of their own; sections bring theirs by themselves.
pub static TABS: &[Tab] =
    &[Tab { group: Group::General, key: "members", title: Key::MembersTitle }];

fn tabs(group: Group) -> impl Iterator<Item = (&'static str, Key)> {
    let sections = SECTIONS.iter().filter(move |s| s.group == group).map(|s| (s.key, s.title));
    sections.chain(TABS.iter().filter(move |t| t.group == group).map(|t| (t.key, t.title)))
}

/// Where a store's settings begin.
pub fn first_tab(store: StoreId) -> Path {
    let first = Group::ALL.into_iter().find_map(|group| Some((group, tabs(group).next()?)));
    match first {
        Some((group, (key, _))) => Path::Section(store, group.key(), key),
        None => Path::Store(store),
    }
}

/// The tab selector (C-04): every group and its tabs, as links.
#[component]
pub fn TabSelector(store: StoreId) -> impl IntoView {
    let t = use_texts();
    let here = use_location().pathname;
    let current = {
        let store = store.clone();
        Memo::new(move |_| {
            let here = here.get();
            Group::ALL.into_iter().find_map(|group| {
                let of = |key| Path::Section(store.clone(), group.key(), key).to_string();
                // Pop-ups below a tab belong to it.
                let open = |tab: &str| {
                    here == tab || here.strip_prefix(tab).is_some_and(|rest| rest.starts_with('/'))
                };
                tabs(group).find(|(key, _)| open(&of(key))).map(|(key, title)| (group, key, title))
            })
        })
    };
    let groups = Group::ALL.into_iter().map(|group| {
        let id = format!("tabs-{}", group.key());
        let items = tabs(group).map(|(key, title)| {
            let href = Path::Section(store.clone(), group.key(), key).to_string();
            let here = move || {
                current.get().is_some_and(|(g, k, _)| g == group && k == key).then_some("page")
            };
            view! { <li><a href=href aria-current=here>{t.get(title)}</a></li> }
        });
        let heading = id.clone();
        view! {
            <h2 id=heading>{t.get(group.label())}</h2>
            <ul aria-labelledby=id>{items.collect_view()}</ul>
        }
    });
    let (group_now, tab_now) = (
        move || current.get().map(|(group, ..)| t.get(group.label())),
        move || current.get().map(|(_, _, title)| t.get(title)),
    );
    view! {
        <button class="tabs-toggle" popovertarget="tabs">
            <span class="muted">{group_now}</span><b>{tab_now}</b><Icon name="chevron-down"/>
        </button>
        <nav class="tabs" id="tabs" popover="auto" aria-label=t.get(Key::NavLabel)>{groups.collect_view()}</nav>
    }
}
