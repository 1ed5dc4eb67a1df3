use super::{
    api::{ChangeRole, List},
    list::{Columns, table},
    query,
};
use crate::{
    home::store_of_page,
    layout::Head,
    load::page,
    path::Path,
    ui::{FormState, Icon, markup, select, use_texts},
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::{components::Outlet, hooks::use_query_map};
use model::{
    StoreId,
    panel::Choice,
    text::Key,
    view::{MembersPage as Page, MembersQuery, StatusFilter},
};

/// The table of members, and above it whatever pop-up the address asks for.
#[component]
pub fn MembersPage() -> impl IntoView {
    let store = store_of_page();
    let params = use_query_map();
    let query = Memo::new(move |_| params.with(query::of_params));
    let ask = move || {
        let query = query.get();
        store.get().map(|store| List { store, query: query::write(&query) })
    };
    let show = move |page| {
        let query = query.get_untracked();
        store.get_untracked().map(|store| content(store, query, page)).into_any()
    };
    view! {
        {page(ask, show)}
        <Outlet/>
    }
}

fn content(store: StoreId, query: MembersQuery, page: Page) -> AnyView {
    let t = use_texts();
    let searched = !query.search.is_empty() || query.status.is_some();
    let list = if page.rows.is_empty() {
        empty(&store, searched).into_any()
    } else {
        let state = FormState::new(ChangeRole::PATH);
        table(Columns { store: store.clone(), query: query.clone() }, page, state).into_any()
    };
    view! {
        <Head title=t.get(Key::MembersTitle) intro=t.get(Key::MembersIntro)/>
        {toolbar(&store, &query)}
        <div class="list">{list}</div>
    }
    .into_any()
}

fn toolbar(store: &StoreId, query: &MembersQuery) -> impl IntoView + use<> {
    let t = use_texts();
    let path = Path::Members(store.clone()).to_string();
    let add = format!("{}{}", Path::AddMember(store.clone()), query::write(query));
    let choice = |value: &str, label: Key| Choice::new(value, t.get(label));
    let statuses = [
        choice("", Key::MembersFilterAll),
        choice(query::status_code(StatusFilter::Active), Key::MembersStatusActive),
        choice(query::status_code(StatusFilter::Invited), Key::MembersStatusInvited),
    ];
    let status = query.status.map_or("", query::status_code);
    let attributes = [("id", "status"), ("name", "status")];
    let choice = markup("div", &[], |m| select(m, "select", &attributes, &statuses, status));
    let searched = query.search.clone();
    let search = searching();
    view! {
        <div class="toolbar">
            <form action=path role="search" aria-label=t.get(Key::MembersSearch) on:submit=search>
                <div class="search">
                    <Icon name="search"/>
                    <input type="search" name="q" value=searched maxlength="200"
                        aria-label=t.get(Key::MembersSearch) placeholder=t.get(Key::MembersSearch)/>
                </div>
                <label class="sr-only" for="status">{t.get(Key::MembersFilter)}</label>
                <div on:change=submit_form>{choice}</div>
                <button class="button">{t.get(Key::CommonSearch)}</button>
            </form>
            <a class="button primary" href=add><Icon name="plus"/>{t.get(Key::MembersAdd)}</a>
        </div>
    }
}

/// Goes to the address that a browser without wasm would send the form to.
#[cfg(feature = "hydrate")]
fn searching() -> impl FnMut(leptos::ev::SubmitEvent) {
    let navigate = leptos_router::hooks::use_navigate();
    move |event| {
        if let Some(address) = crate::ui::address_of(&event) {
            event.prevent_default();
            navigate(&address, leptos_router::NavigateOptions::default());
        }
    }
}

#[cfg(not(feature = "hydrate"))]
fn searching() -> impl FnMut(leptos::ev::SubmitEvent) {
    |_| {}
}

/// Sends the form as soon as another entry is chosen.
#[cfg(feature = "hydrate")]
fn submit_form(event: leptos::ev::Event) {
    crate::ui::submit_form_of(&event);
}

#[cfg(not(feature = "hydrate"))]
fn submit_form(_: leptos::ev::Event) {}

fn empty(store: &StoreId, searched: bool) -> impl IntoView + use<> {
    let t = use_texts();
    let (icon, title, text) = if searched {
        ("search-x", Key::MembersNoResults, Key::MembersNoResultsText)
    } else {
        ("users", Key::MembersEmpty, Key::MembersIntro)
    };
    let (href, label) = if searched {
        (Path::Members(store.clone()), Key::MembersClear)
    } else {
        (Path::AddMember(store.clone()), Key::MembersAdd)
    };
    view! {
        <div class="empty">
            <Icon name=icon/>
            <h2>{t.get(title)}</h2>
            <p>{t.get(text)}</p>
            <div class="row"><a class="button" href=href.to_string()>{t.get(label)}</a></div>
        </div>
    }
}
