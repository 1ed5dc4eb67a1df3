//! What a form does while somebody fills it in.
use super::{
    controls::{controls, differs},
    data::input,
    listen::{listen, on_document},
};
use crate::ui::{Check, FormState, use_texts};
use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, FormData, HtmlElement, HtmlFormElement, HtmlInputElement};

/// Checks a field when it is left. Whoever goes on to a button or link is about to press it: a
/// message that appears just then would push it away from under the pointer.
pub(super) fn check_on_leaving(form: &HtmlFormElement, state: FormState, check: Check) {
    let on = form.clone();
    listen(form, "focusout", move |event| {
        if state.is_gone() {
            return;
        }
        let to = event.dyn_ref::<web_sys::FocusEvent>().and_then(|e| e.related_target());
        if to
            .and_then(|to| to.dyn_into::<Element>().ok())
            .is_some_and(|to| to.matches("a, button").unwrap_or(false))
        {
            return;
        }
        let field = event.target().and_then(|t| t.dyn_into::<Element>().ok());
        let Some(name) = field.and_then(|f| f.get_attribute("name")) else { return };
        let Ok(data) = FormData::new_with_form(&on) else { return };
        let faults = check.run(input(&data));
        state.set_fault(&name, faults.into_iter().find(|e| e.field == name).map(|e| e.fault));
    });
}

/// Keeps `state.dirty` true while a field differs from what was loaded.
pub(super) fn watch_changes(form: &HtmlFormElement, state: FormState) {
    for event in ["input", "change"] {
        let on = form.clone();
        listen(form, event, move |_| {
            state.dirty().set(differs(&on));
            preview_colors(&on);
        });
    }
    let on = form.clone();
    listen(form, "reset", move |_| {
        let on = on.clone();
        request_animation_frame(move || state.dirty().set(differs(&on)));
    });
}

/// Shows the colours of a form on what previews them, as custom properties named after the fields,
/// and how much they stand out from each other.
fn preview_colors(form: &HtmlFormElement) {
    let show = || {
        let preview = document().query_selector("[data-preview]").ok()??;
        let preview: HtmlElement = preview.unchecked_into();
        for control in controls(form) {
            let input = control.dyn_ref::<HtmlInputElement>();
            if let Some(input) = input.filter(|input| input.type_() == "color") {
                let name = format!("--own-{}", input.name());
                preview.style().set_property(&name, &input.value()).ok()?;
            }
        }
        let output = preview.query_selector("[data-contrast]").ok()??;
        let names = output.get_attribute("data-contrast")?;
        let (one, other) = names.split_once(' ')?;
        let style = window().get_computed_style(&preview).ok()??;
        let color = |name: &str| style.get_property_value(name).unwrap_or_default();
        let ratio = model::check::contrast(color(one).trim(), color(other).trim())?;
        let tenths = (ratio * 10.0) as u32;
        // The server has written it in the reader's language.
        let comma = output.text_content().is_some_and(|text| text.contains(','));
        let mark = if comma { ',' } else { '.' };
        let text = format!("{}{mark}{}:1", tenths / 10, tenths % 10);
        output.set_text_content(Some(&text));
        Some(())
    };
    show();
}

/// Asks before unsaved changes are lost, and saves on Ctrl/Cmd+S.
pub(super) fn guard_unsaved(state: FormState, node: NodeRef<html::Form>) {
    let t = use_texts();
    let leaving = window_event_listener(ev::beforeunload, move |event| {
        if state.dirty().get_untracked() {
            event.prevent_default();
        }
    });
    let saving = window_event_listener(ev::keydown, move |event| {
        if (event.ctrl_key() || event.meta_key()) && event.key().eq_ignore_ascii_case("s") {
            event.prevent_default();
            if let Some(form) = node.get_untracked().filter(|_| state.dirty().get_untracked()) {
                form.request_submit().ok();
            }
        }
    });
    // The router listens on the window: the question must come first.
    let clicks = on_document("click", move |event| {
        let link = event
            .target()
            .and_then(|t| t.dyn_into::<Element>().ok())
            .and_then(|e| e.closest("a[href]").ok()?);
        let Some(link) = link else { return };
        let inside = !link.get_attribute("href").unwrap_or_default().starts_with('#');
        let discarded = || link.closest(".discard").is_ok_and(|found| found.is_some());
        if inside && state.dirty().get_untracked() {
            if discarded() || confirm(t.get(model::text::Key::NavUnsavedLeave)) {
                state.dirty().set(false);
            } else {
                event.prevent_default();
                event.stop_propagation();
            }
        }
    });
    on_cleanup(move || {
        leaving.remove();
        saving.remove();
        drop(clicks);
    });
}

/// Asks the person.
fn confirm(question: &str) -> bool {
    window().confirm_with_message(question).unwrap_or(true)
}

/// Keeps who describes a control, and whether it is wrong, in step with its error line.
pub fn mark_faults(id: String, helped: bool, error: Memo<Option<String>>) {
    Effect::new(move |before: Option<bool>| {
        let wrong = error.with(Option::is_some);
        if before.is_some_and(|before| before != wrong)
            && let Some(control) = document().get_element_by_id(&id)
        {
            let by = [wrong.then(|| format!("{id}-error")), helped.then(|| format!("{id}-help"))];
            let by: Vec<String> = by.into_iter().flatten().collect();
            control.set_attribute("aria-describedby", &by.join(" ")).ok();
            control.set_attribute("aria-invalid", if wrong { "true" } else { "false" }).ok();
        }
        wrong
    });
}
