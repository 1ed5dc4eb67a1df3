use leptos::prelude::*;

/// A text area that holds `value`. Leptos does not escape the content of `<textarea>` on the
/// server, so no other code may use the element.
#[component]
pub fn TextArea(
    #[prop(into)] id: String,
    #[prop(into)] name: String,
    value: String,
    rows: u32,
    max: u32,
    #[prop(into)] autofill: String,
    #[prop(into)] described_by: Signal<Option<String>>,
    #[prop(into)] invalid: Signal<Option<&'static str>>,
) -> impl IntoView {
    view! {
        <textarea class="input" id=id name=name rows=rows maxlength=max autocomplete=autofill
            aria-describedby=described_by aria-invalid=invalid>
            {escaped(value)}
        </textarea>
    }
}

#[cfg(feature = "ssr")]
fn escaped(text: String) -> String {
    // A parser drops one line break right behind the tag.
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    if text.starts_with('\n') { format!("\n{text}") } else { text }
}

#[cfg(not(feature = "ssr"))]
fn escaped(text: String) -> String {
    text
}
