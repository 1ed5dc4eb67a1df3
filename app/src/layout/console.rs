use super::{UseViewer, person_menu::PersonMenu, selector::Selector};
use crate::{
    path::Path,
    search::finder,
    ui::{markup, use_texts},
};
use leptos::prelude::*;
use model::{
    StoreId,
    text::{Key, Texts},
};

/// The console's frame: header with the selectors, then what the page brings: the tab selector, if
/// it has one, and the main panel.
#[component]
pub fn Console(
    /// The store of this page.
    #[prop(into)]
    store: Signal<Option<StoreId>>,
    /// The identifier of the store or organization of this page: where one searches.
    #[prop(into)]
    place: String,
    /// Without a tab selector.
    #[prop(optional)]
    single: bool,
    children: Children,
) -> impl IntoView {
    let t = use_texts();
    let UseViewer(viewer) = expect_context();
    let signed_in = viewer.with_untracked(Option::is_some);
    view! {
        <header class="top">
            {brand(t)}
            {signed_in.then(|| view! { <Selector current=store/> })}
            <div class="end">
                {signed_in.then(|| finder(&place))}
                {signed_in.then(|| help(store.get_untracked(), t))}
                {mailbox(t)}
                {signed_in.then(|| view! { <PersonMenu/> })}
            </div>
        </header>
        <div class=if single { "console single" } else { "console" }>{children()}</div>
    }
}

/// The product's sign, which leads home.
pub(super) fn brand(t: Texts) -> AnyView {
    markup("a", &[("class", "brand"), ("href", &Path::Root.to_string())], |m| {
        m.icon("store");
        m.leaf("span", &[], t.get(Key::CommonProduct));
    })
}

/// The way to help: the store's own within a store (C-51).
fn help(store: Option<StoreId>, t: Texts) -> AnyView {
    let help = store.map_or(Path::Help, Path::StoreHelp).to_string();
    markup("a", &[("class", "button help"), ("href", &help)], |m| {
        m.icon("circle-help");
        m.leaf("span", &[], t.get(Key::HelpButton));
    })
}

/// In the demonstration: where the mails are.
fn mailbox(t: Texts) -> Option<AnyView> {
    let crate::Demo(demo) = use_context()?;
    let label = t.get(Key::MailboxLink);
    let href = Path::Mailbox.to_string();
    let attributes = [
        ("class", "button quiet icon-only"),
        ("rel", "external"),
        ("href", &href),
        ("aria-label", label),
        ("title", label),
    ];
    demo.then(|| markup("a", &attributes, |m| m.icon("inbox")))
}
