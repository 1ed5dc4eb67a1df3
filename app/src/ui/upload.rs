use super::{FormState, Icon, use_texts};
use crate::path::Path;
use leptos::prelude::*;
use model::text::Key;

/// An image: shows the current one, takes another file, or removes it. The form that holds it must
/// be multipart: the file is sent as `name.file`, the stored identifier as `name`.
#[component]
pub fn ImageField(
    state: FormState,
    name: &'static str,
    label: &'static str,
    /// The stored image's identifier, or nothing.
    #[prop(into)]
    value: String,
    #[prop(optional_no_strip)] help: Option<&'static str>,
) -> impl IntoView {
    let t = use_texts();
    let fault = Memo::new(move |_| state.fault(name).map(|fault| fault.text(t)));
    let current = state.value(name, value);
    let preview =
        RwSignal::new((!current.is_empty()).then(|| Path::Image(current.clone()).to_string()));
    let stored = !current.is_empty();
    #[cfg(feature = "hydrate")]
    let choose = move |event: leptos::ev::Event| {
        if let Some(url) = super::browser::chosen_file_url(&event) {
            preview.set(Some(url));
        }
    };
    #[cfg(not(feature = "hydrate"))]
    let choose = |_: leptos::ev::Event| {};
    view! {
        <div class="field full">
            <label for=name>{label}</label>
            <div class="upload">
                <div class="preview">
                    {move || match preview.get() {
                        Some(url) => view! { <img src=url alt=t.get(Key::ImageCurrent) width="80" height="80"/> }.into_any(),
                        None => view! { <Icon name="upload"/> }.into_any(),
                    }}
                </div>
                <div>
                    <input type="hidden" name=name value=current/>
                    <input type="file" id=name name=format!("{name}.file")
                        accept="image/png,image/jpeg,image/webp,image/gif" on:change=choose
                        aria-describedby=move || if fault.get().is_some() { format!("{name}-error {name}-help") } else { format!("{name}-help") }
                        aria-invalid=move || fault.get().map(|_| "true")/>
                    {stored.then(|| view! {
                        <label class="check">
                            <input type="checkbox" name=format!("{name}.remove")/>
                            <span>{t.get(Key::ImageRemove)}</span>
                        </label>
                    })}
                </div>
            </div>
            {move || fault.get().map(|text| view! {
                <p class="error" id=format!("{name}-error")><Icon name="circle-alert"/><span>{text}</span></p>
            })}
            {help.map(|text| view! { <p class="help" id=format!("{name}-help")>{text}</p> })}
        </div>
    }
}
