//! A form with fields.
use super::{
    field::{Filled, draw},
    inline::{button, link},
    quick::hidden,
};
use crate::{
    flash::Refused,
    ui::{Markup, html, use_texts},
};
use model::{
    Outcome,
    panel::{Field, Form, Look, drawn},
    text::Key,
};

/// Where a form stands: what is around its fields and buttons.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// On the page itself.
    Page,
    /// In a card with a heading of its own.
    Card,
    /// In a pop-up, whose buttons are the form's.
    Dialog,
}

/// The form; `nth` tells its fields from those of other forms of the page.
pub fn form(form: &Form, place: Place, nth: usize, refused: Option<&Refused>) -> drawn::Form {
    let faults = match refused.map(|refused| &refused.answer) {
        Some(Ok(Outcome::Invalid { errors })) => errors.as_slice(),
        _ => &[],
    };
    let typed = refused.map(|refused| &refused.input);
    let heading = if place == Place::Page { "h2" } else { "h3" };
    let filled = Filled { nth, typed, faults, heading };
    let (class, body) = match (place, form.inline) {
        (Place::Dialog, _) if form.fields.is_empty() => ("", "bare"),
        (Place::Dialog, _) => ("", "content"),
        (_, _) if form.cards => ("", "stack"),
        (_, true) => ("line", "fields"),
        (_, false) if form.fields.is_empty() => ("", "bare"),
        (_, false) => ("stack", "fields"),
    };
    drawn::Form {
        action: form.action.clone(),
        nth,
        label: form.label.clone(),
        class: class.to_owned(),
        body: body.to_owned(),
        cards: form.cards,
        multipart: form.multipart,
        guarded: form.guarded,
        assist: form.assist,
        values: values(form),
        fields: form.fields.iter().map(|field| draw(field, &filled)).collect(),
        foot: foot(form, place),
    }
}

/// The values that travel along.
fn values(form: &Form) -> drawn::Html {
    let resets = |field: &Field| field.note.as_ref().is_some_and(|note| note.reset.is_some());
    if !form.fields.iter().any(resets) {
        return html("span", &[("hidden", "true")], |m| hidden(m, &form.hidden));
    }
    // Enter in a field presses the form's first button: that must not be one that resets another
    // field, so it is a twin of the main one, which nobody sees or comes to.
    html("span", &[("class", "sr-only"), ("aria-hidden", "true")], |m| {
        hidden(m, &form.hidden);
        let main = form.buttons.first().map_or("", |button| &button.label);
        m.leaf("button", &[("tabindex", "-1")], main);
    })
}

fn foot(form: &Form, place: Place) -> drawn::Html {
    let buttons = |m: &mut Markup| form.buttons.iter().for_each(|one| button(m, one));
    let cancel = |m: &mut Markup| form.cancel.iter().for_each(|way_out| link(m, way_out));
    match (place, form.guarded) {
        (Place::Dialog, _) => html("footer", &[("class", "actions")], |m| {
            // Beside a button a way out looks like one.
            let way_out = form.cancel.clone().map(|way_out| way_out.look(Look::Button));
            way_out.iter().for_each(|way_out| link(m, way_out));
            buttons(m);
        }),
        // Appears when the form differs from what was loaded.
        (_, true) => html("div", &[("class", "save-bar")], |m| {
            m.element("p", &[("role", "status")], |m| {
                m.icon("circle-dot");
                m.text(use_texts().get(Key::SettingsUnsaved));
            });
            m.element("span", &[("class", "discard")], cancel);
            buttons(m);
        }),
        (_, false) => html("div", &[("class", "row")], |m| {
            buttons(m);
            cancel(m);
        }),
    }
}
