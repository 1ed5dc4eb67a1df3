//! Forms of one button or one control. They are plain HTML; the panel listens for all of them, so
//! that a row of a table costs no listener.
use super::inline::{button, link};
use crate::ui::{Markup, flag, select, use_texts};
use model::{
    panel::{Action, Field, Form, Kind},
    text::Key,
};

/// A form of one button or one control.
pub fn quick(m: &mut Markup, form: &Form) {
    let attributes = [
        ("class", "inline"),
        ("method", "post"),
        ("action", form.action.as_str()),
        ("data-quick", ""),
        ("aria-label", form.label.as_deref().unwrap_or_default()),
    ];
    m.element("form", &attributes, |m| {
        hidden(m, &form.hidden);
        for field in &form.fields {
            choice(m, field);
        }
        for one in &form.buttons {
            button(m, one);
        }
    });
}

/// Values that travel along.
pub fn hidden(m: &mut Markup, values: &[(String, String)]) {
    for (name, value) in values {
        m.void("input", &[("type", "hidden"), ("name", name), ("value", value)]);
    }
}

fn choice(m: &mut Markup, field: &Field) {
    let Kind::Select(choices) = &field.kind else { return };
    let attributes = [
        ("name", field.name.as_str()),
        ("aria-label", field.label.as_str()),
        ("autocomplete", "off"),
        ("disabled", flag(field.fixed)),
    ];
    select(m, "select small quiet", &attributes, |m| m.list(choices, &field.value));
    if !field.fixed {
        let change = use_texts().get(Key::CommonChange);
        m.leaf("button", &[("class", "button small no-js-only")], change);
    }
}

/// Links and one-button forms.
pub fn actions(m: &mut Markup, actions: &[Action]) {
    for action in actions {
        match action {
            Action::Link(target) => link(m, target),
            Action::Form(form) => quick(m, form),
        }
    }
}
