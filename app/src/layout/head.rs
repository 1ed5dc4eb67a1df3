use crate::ui::{Icon, PageTitle};
use leptos::prelude::*;

/// The head of the main panel: what this page is, and what is known of it.
#[component]
pub fn Head(
    #[prop(into)] title: String,
    #[prop(optional, into)] intro: String,
    #[prop(optional_no_strip)] meta: Option<String>,
    /// What can be done here.
    #[prop(optional)]
    actions: Option<AnyView>,
) -> impl IntoView {
    view! {
        <PageTitle text=title.clone()/>
        <header class="head">
            <div><h1>{title}</h1>{(!intro.is_empty()).then(|| view! { <p>{intro}</p> })}</div>
            {actions}
            {meta.map(|text| view! { <p class="meta"><Icon name="history"/>{text}</p> })}
        </header>
    }
}
