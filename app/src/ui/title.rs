use super::use_texts;
use leptos::prelude::*;
use leptos_meta::Title;
use model::text::Key;

/// The document's title: `text`, then the product. Leptos does not escape titles on the server, so
/// no other code may use its `Title`.
#[component]
pub fn PageTitle(text: String) -> impl IntoView {
    let title = format!("{text} – {}", use_texts().get(Key::CommonProduct));
    view! { <Title text=escaped(title)/> }
}

#[cfg(feature = "ssr")]
fn escaped(text: String) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(not(feature = "ssr"))]
fn escaped(text: String) -> String {
    text
}
