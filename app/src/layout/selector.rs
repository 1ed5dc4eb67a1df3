use super::UseViewer;
use crate::{
    path::Path,
    ui::{Icon, Markup, avatar, markup, use_texts},
};
use leptos::prelude::*;
use model::{
    StoreId,
    text::{Key, Texts},
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
        Some((organization, store)) => markup("span", &[("class", "at")], |m| {
            avatar(m, "avatar square", &store);
            names(m, &store, &organization);
        }),
        None => markup("span", &[("class", "at")], |m| names(m, t.get(Key::NavAllStores), "")),
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
        let current = current.get();
        markup("div", &[], |m| {
            if all.is_empty() {
                m.leaf("p", &[("class", "muted")], t.get(Key::NavSelectorNone));
            }
            all.iter().for_each(|one| organization(m, one, current.as_ref(), t));
        })
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

/// Where one is: the store and, below it, its organization.
fn names(m: &mut Markup, above: &str, below: &str) {
    m.element("span", &[("class", "names")], |m| {
        m.leaf("b", &[], above);
        if !below.is_empty() {
            m.leaf("small", &[], below);
        }
    });
}

/// An organization's stores in the selector.
fn organization(m: &mut Markup, of: &OrganizationEntry, current: Option<&StoreId>, t: Texts) {
    let id = format!("in-{}", of.id);
    m.element("div", &[("class", "organization")], |m| {
        m.leaf("h3", &[("id", &id)], &of.name);
        let manager = t.get(Key::TabOrganizationLabel);
        let href = Path::Organization(of.id.clone(), "stores").to_string();
        shortcut(m, &href, "building-2", &format!("{manager}: {}", of.name), manager);
    });
    if !of.stores.is_empty() {
        m.element("ul", &[("class", "bare"), ("aria-labelledby", &id)], |m| {
            of.stores.iter().for_each(|one| store(m, one, current == Some(&one.id), t));
        });
    }
}

fn store(m: &mut Markup, store: &StoreEntry, here: bool, t: Texts) {
    let href = Path::Store(store.id.clone()).to_string();
    let marked = if here { "true" } else { "" };
    m.element("li", &[], |m| {
        m.element("a", &[("class", "item"), ("href", &href), ("aria-current", marked)], |m| {
            avatar(m, "avatar square", &store.name);
            m.leaf("span", &[], &store.name);
            if here {
                m.icon("check");
            }
        });
        if store.configurable {
            let href = Path::Settings(store.id.clone()).to_string();
            let label = t.fill(Key::NavConfigurationOf, &[("store", &store.name)]);
            shortcut(m, &href, "settings", &label, t.get(Key::NavConfiguration));
        }
    });
}

/// A link that is only a sign.
fn shortcut(m: &mut Markup, href: &str, icon: &str, label: &str, title: &str) {
    let class = ("class", "button quiet small icon-only");
    let attributes = [class, ("href", href), ("aria-label", label), ("title", title)];
    m.element("a", &attributes, |m| m.icon(icon));
}
