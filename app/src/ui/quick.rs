use super::{FormState, banner};
use crate::flash::UseFlash;
use leptos::prelude::*;

/// Listens for all forms of one button or control (`data-quick`) and for all search forms
/// (`data-search`) inside it: neither needs a listener of its own, and without wasm both work by
/// themselves. A refusal stands above.
#[component]
pub fn QuickForms(
    /// The actions of forms that show their own refusals.
    others: Vec<String>,
    /// The page itself says how a form was refused.
    told: bool,
    children: Children,
) -> impl IntoView {
    let refused = use_context::<UseFlash>()
        .and_then(UseFlash::form)
        .filter(|form| !told && !others.contains(form))
        .unwrap_or_default();
    let state = FormState::new(&refused);
    #[cfg(feature = "hydrate")]
    let (submit, change) = {
        let quick = super::browser::Quick::new(state);
        (
            move |event: leptos::ev::SubmitEvent| quick.submit(&event),
            |event: leptos::ev::Event| super::browser::submit_chosen(&event),
        )
    };
    #[cfg(not(feature = "hydrate"))]
    let (submit, change) = (|_: leptos::ev::SubmitEvent| {}, |_: leptos::ev::Event| {});
    view! {
        <div on:submit=submit on:change=change>
            {move || state.refusal().get().map(banner)}
            {children()}
        </div>
    }
}
