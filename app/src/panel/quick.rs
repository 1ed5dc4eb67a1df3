//! Forms of one button or one control. They are plain HTML; the panel listens for all of them, so
//! that a row of a table costs no listener.
use super::inline::{button, link};
use crate::ui::{Icon, options};
use leptos::prelude::*;
use model::{
    panel::{Action, Form, Kind},
    text::Key,
};

/// A form of one button or one control.
pub fn quick(form: Form) -> AnyView {
    let t = crate::ui::use_texts();
    let idle = RwSignal::new(false);
    let hidden = form
        .hidden
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> });
    let choice = form.fields.into_iter().next().and_then(|field| match field.kind {
        Kind::Select(choices) => Some(view! {
            <div class="select small quiet">
                <select name=field.name aria-label=field.label autocomplete="off" disabled=field.fixed>
                    {options(choices, &field.value)}
                </select>
                <Icon name="chevron-down"/>
            </div>
            <button class="button small no-js-only">{t.get(Key::CommonChange)}</button>
        }),
        _ => None,
    });
    let buttons = form.buttons.into_iter().map(|b| button(b, idle)).collect_view();
    view! {
        <form class="inline" method="post" action=form.action data-quick="" aria-label=form.label>
            {hidden.collect_view()}
            {choice}
            {buttons}
        </form>
    }
    .into_any()
}

/// Links and one-button forms.
pub fn actions(actions: Vec<Action>) -> AnyView {
    let one = |action| match action {
        Action::Link(target) => link(target),
        Action::Form(form) => quick(*form),
    };
    actions.into_iter().map(one).collect_view().into_any()
}
