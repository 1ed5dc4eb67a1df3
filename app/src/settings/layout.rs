use crate::{
    home::store_of_page,
    layout::{Console, TabSelector, UseViewer, first_tab, store_tabs},
};
use leptos::prelude::*;
use leptos_router::components::{Outlet, Redirect};

/// The frame of all settings pages: tab selector and main panel (C-04). Who may not open them sees
/// no tabs; the page itself says why.
#[component]
pub fn SettingsLayout() -> impl IntoView {
    let store = store_of_page();
    let viewer: UseViewer = expect_context();
    let open = Memo::new(move |_| store.get().filter(|store| viewer.configures(store)));
    view! {
        <Console store=store>
            {move || open.get().map(|store| view! { <TabSelector groups=store_tabs(&store)/> })}
            <main id="main" tabindex="-1"><Outlet/></main>
        </Console>
    }
}

/// The address of the settings as a whole leads to the first tab.
#[component]
pub fn SettingsHome() -> impl IntoView {
    let store = store_of_page();
    store.get_untracked().map(|store| view! { <Redirect path=first_tab(store).to_string()/> })
}
