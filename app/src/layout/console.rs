use super::{UseViewer, person_menu::PersonMenu, selector::Selector};
use crate::{
    path::Path,
    search::finder,
    ui::{Icon, use_texts},
};
use leptos::prelude::*;
use model::{StoreId, text::Key};

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
            <a class="brand" href=Path::Root.to_string()><Icon name="store"/><span>{t.get(Key::CommonProduct)}</span></a>
            {signed_in.then(|| view! { <Selector current=store/> })}
            <div class="end">
                {signed_in.then(|| finder(&place))}
                {signed_in.then(|| view! { <HelpLink store=store/> })}
                <MailboxLink/>
                {signed_in.then(|| view! { <PersonMenu/> })}
            </div>
        </header>
        <div class=if single { "console single" } else { "console" }>{children()}</div>
    }
}

/// The way to help: the store's own within a store (C-51).
#[component]
fn HelpLink(store: Signal<Option<StoreId>>) -> impl IntoView {
    let help = store.get_untracked().map_or(Path::Help, Path::StoreHelp);
    view! {
        <a class="button help" href=help.to_string()>
            <Icon name="circle-help"/><span>{use_texts().get(Key::HelpButton)}</span>
        </a>
    }
}

/// In the demonstration: where the mails are.
#[component]
fn MailboxLink() -> impl IntoView {
    let t = use_texts();
    let demo = use_context::<crate::Demo>().is_some_and(|demo| demo.0);
    demo.then(|| {
        let label = t.get(Key::MailboxLink);
        view! {
            <a class="button quiet icon-only" rel="external" href=Path::Mailbox.to_string() aria-label=label title=label>
                <Icon name="inbox"/>
            </a>
        }
    })
}
