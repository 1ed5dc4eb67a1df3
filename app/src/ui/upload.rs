use super::{FormState, Icon, field::Parts, use_texts};
use crate::path::Path;
use leptos::prelude::*;
use model::{panel::Field, text::Key};

/// An image: shows the current one, takes another file, or removes it. The form that holds it must
/// be multipart: the file is sent as `name.file`, the stored identifier as `name`.
pub fn image(state: FormState, field: Field, shown: String) -> AnyView {
    let t = use_texts();
    let parts = Parts::new(state, &field);
    let Field { name, label, help, value, .. } = field;
    let current = state.value(&name, value.clone());
    let stored = !current.is_empty();
    // What a refused form had uploaded is shown in place of what is stored.
    let shown = if current == value { shown } else { Path::Image(current.clone()).to_string() };
    let preview = RwSignal::new(stored.then_some(shown));
    #[cfg(feature = "hydrate")]
    let choose = move |event: leptos::ev::Event| {
        if let Some(url) = super::browser::chosen_file_url(&event) {
            preview.set(Some(url));
        }
    };
    #[cfg(not(feature = "hydrate"))]
    let choose = |_: leptos::ev::Event| {};
    let picture = move || match preview.get() {
        Some(url) => {
            view! { <img src=url alt=t.get(Key::ImageCurrent) width="80" height="80"/> }.into_any()
        }
        None => view! { <Icon name="upload"/> }.into_any(),
    };
    view! {
        <div class="field full">
            <label for=parts.id()>{label}</label>
            <div class="upload">
                <div class="preview">{picture}</div>
                <div>
                    <input type="hidden" name=name.clone() value=current/>
                    <input type="file" id=parts.id() name=format!("{name}.file")
                        accept="image/png,image/jpeg,image/webp,image/gif" on:change=choose
                        aria-describedby=parts.described_by() aria-invalid=parts.invalid()/>
                    {stored.then(|| view! {
                        <label class="check">
                            <input type="checkbox" name=format!("{name}.remove")/>
                            <span>{t.get(Key::ImageRemove)}</span>
                        </label>
                    })}
                </div>
            </div>
            {parts.error()}
            {parts.help(help)}
        </div>
    }
    .into_any()
}
