//! A form with fields.
use super::{
    inline::{button, link},
    quick::hidden,
};
use crate::ui::{self, Check, FormState, Markup, control, labels, markup, use_texts};
use leptos::prelude::*;
use model::{
    Input, panel,
    panel::{Field, Form},
    text::Key,
};

/// Where a form stands: what is around its fields and buttons.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In a card or on the page.
    Page,
    /// In a pop-up, whose buttons are the form's.
    Dialog,
}

/// The form; `nth` tells its fields from those of other forms of the page.
pub fn form(form: Form, place: Place, nth: usize) -> AnyView {
    let state = FormState::nth(&form.action, nth);
    let names = labels(&form.fields);
    let check = {
        let form = Form { fields: form.fields.clone(), ..Form::default() };
        Check::new(move |input: Input| panel::check(&form, &input))
    };
    let class = match (place, form.inline) {
        (Place::Dialog, _) => "",
        (Place::Page, true) => "line",
        (Place::Page, false) => "stack",
    };
    let guarded = form.guarded;
    let (hidden_values, fields) = (form.hidden, fields(state, form.fields));
    let values = markup("span", &[("hidden", "true")], |m| hidden(m, &hidden_values));
    let (buttons, cancel) = (form.buttons, form.cancel);
    let buttons = |m: &mut Markup| buttons.iter().for_each(|one| button(m, one));
    let cancel = |m: &mut Markup| cancel.iter().for_each(|way_out| link(m, way_out));
    let foot = match (place, guarded) {
        (Place::Dialog, _) => markup("footer", &[("class", "actions")], |m| {
            cancel(m);
            buttons(m);
        }),
        (Place::Page, true) => save_bar(cancel, buttons),
        (Place::Page, false) => markup("div", &[("class", "row")], |m| {
            buttons(m);
            cancel(m);
        }),
    };
    let class_of_fields = if place == Place::Dialog { "content" } else { "stack" };
    let body = view! { <div class=class_of_fields>{values}{fields}</div>{foot} }.into_any();
    view! {
        <ui::Form state=state labels=names class=class label=form.label multipart=form.multipart
            guarded=guarded assist=form.assist check=Some(check)>
            {body}
        </ui::Form>
    }
    .into_any()
}

/// The fields, with the headings of their groups.
fn fields(state: FormState, fields: Vec<Field>) -> AnyView {
    if fields.is_empty() {
        return ().into_any();
    }
    let mut parts = Vec::new();
    for mut field in fields {
        if let Some(text) = field.group.take() {
            parts.push(markup("h3", &[("class", "full")], |m| m.text(&text)));
        }
        parts.push(control(state, field));
    }
    view! { <div class="fields">{parts}</div> }.into_any()
}

/// Appears when the form differs from what was loaded.
fn save_bar(cancel: impl FnOnce(&mut Markup), buttons: impl FnOnce(&mut Markup)) -> AnyView {
    markup("div", &[("class", "save-bar")], |m| {
        m.element("p", &[("role", "status")], |m| {
            m.icon("circle-dot");
            m.text(use_texts().get(Key::SettingsUnsaved));
        });
        m.element("span", &[("class", "discard")], cancel);
        buttons(m);
    })
}
