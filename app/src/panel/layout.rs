use crate::layout::{AuthFrame, Console, TabSelector, organization_tabs, person_tabs};
use leptos::prelude::*;
use leptos_router::{components::Outlet, hooks::use_params_map};
use model::text::Key;

/// The frame of the organization manager (C-01, O-02).
#[component]
pub fn OrganizationLayout() -> impl IntoView {
    let params = use_params_map();
    let organization =
        Memo::new(move |_| params.with(|params| params.get("organization")?.parse().ok()));
    view! {
        <Console store=None>
            {move || organization.get().map(|id| view! { <TabSelector label=Key::TabOrganizationLabel groups=organization_tabs(&id)/> })}
            <main id="main" tabindex="-1"><Outlet/></main>
        </Console>
    }
}

/// The frame of a person's own pages.
#[component]
pub fn PersonLayout() -> impl IntoView {
    view! {
        <Console store=None>
            <TabSelector label=Key::TabPersonLabel groups=person_tabs()/>
            <main id="main" tabindex="-1"><Outlet/></main>
        </Console>
    }
}

/// The frame of the steps before and around signing in.
#[component]
pub fn AccountLayout() -> impl IntoView {
    view! { <AuthFrame><Outlet/></AuthFrame> }
}
