use crate::{
    layout::{console::brand, person_menu::Back},
    session::api::SetLanguage,
    ui::{markup, options, select, use_texts},
};
use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    panel::Choice,
    text::{Key, Lang},
};

/// The frame of the pages before signing in.
#[component]
pub fn AuthFrame(
    /// Room for longer forms.
    #[prop(optional)]
    roomy: bool,
    /// What stands at the top right.
    #[prop(optional_no_strip)]
    aside: Option<AnyView>,
    children: Children,
) -> impl IntoView {
    let t = use_texts();
    let languages = Lang::ALL.map(|l| Choice::new(l.code(), l.endonym()));
    #[cfg(feature = "hydrate")]
    let change = |event: leptos::ev::Event| crate::ui::submit_form_of(&event);
    #[cfg(not(feature = "hydrate"))]
    let change = |_: leptos::ev::Event| {};
    let attributes = [("id", "page-language"), ("name", "language")];
    let choice = markup("div", &[], |m| {
        select(m, "select small", &attributes, |m| options(m, &languages, t.lang().code()));
    });
    view! {
        <div class=if roomy { "auth roomy" } else { "auth" }>
            <header>
                {brand(t)}
                {aside}
            </header>
            <main id="main" tabindex="-1">{children()}</main>
            <footer>
                <form class="inline" method="post" action=SetLanguage::PATH>
                    <Back/>
                    <label class="sr-only" for="page-language">{t.get(Key::NavLanguage)}</label>
                    <div on:change=change>{choice}</div>
                    <button class="button small no-js-only">{t.get(Key::CommonChange)}</button>
                </form>
            </footer>
        </div>
    }
}
