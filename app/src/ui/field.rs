//! A form field, put together: label, control, help and error, joined for assistive technology.
use super::{FormState, Icon, markup::control, still, use_texts};
use leptos::prelude::*;
use model::panel::drawn;

/// Puts a drawn field together: its error line is what changes.
pub fn show(state: FormState, field: drawn::Field) -> AnyView {
    let t = use_texts();
    let (id, name) = (state.id(&field.name), field.name);
    let error = Memo::new(move |_| state.fault(&name).map(|fault| fault.text(t)));
    #[cfg(feature = "hydrate")]
    super::browser::mark_faults(id.clone(), field.help.is_some(), error);
    let line = move || {
        error.get().map(|text| {
            let id = format!("{id}-error");
            view! { <p class="error" id=id><Icon name="circle-alert"/><span>{text}</span></p> }
        })
    };
    let (heading, help) = (field.heading.map(still), field.help.map(still));
    view! {
        {heading}
        <div class=field.class>{control(field.control)}{line}{help}</div>
    }
    .into_any()
}
