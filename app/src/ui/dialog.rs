use leptos::{html, prelude::*};

/// A pop-up that is a page of its own: open in the HTML for browsers without wasm, modal once
/// hydrated. Escape and the close button lead to `back`.
#[component]
pub fn Dialog(
    #[prop(default = "dialog".to_owned())] class: String,
    /// The identifier of the heading inside.
    labelled_by: &'static str,
    /// Where closing leads to.
    #[prop(into)]
    back: Signal<String>,
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    #[cfg(feature = "hydrate")]
    let cancel = {
        let navigate = leptos_router::hooks::use_navigate();
        Effect::new(move |_| {
            let Some(dialog) = node.get() else { return };
            // After a navigation it is not in the document yet, where alone it can be modal.
            request_animation_frame(move || {
                dialog.close();
                dialog.show_modal().ok();
                // The browser would take the close button, which comes first.
                let first = dialog
                    .query_selector("input:not([type=hidden]), textarea, select, .actions > *");
                if let Some(first) = first.ok().flatten() {
                    leptos::wasm_bindgen::JsCast::unchecked_into::<web_sys::HtmlElement>(first)
                        .focus()
                        .ok();
                }
            });
        });
        move |event: leptos::ev::Event| {
            event.prevent_default();
            let options = leptos_router::NavigateOptions { scroll: false, ..Default::default() };
            if let Some(back) = back.try_get_untracked() {
                navigate(&back, options);
            }
        }
    };
    #[cfg(not(feature = "hydrate"))]
    let cancel = move |_: leptos::ev::Event| back.track();
    view! {
        <dialog class=class open node_ref=node aria-labelledby=labelled_by on:cancel=cancel>
            {children()}
        </dialog>
    }
}
