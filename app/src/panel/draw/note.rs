//! What stands small below a control: its help, that it is modified, who changed it last.
use crate::ui::{Markup, html, use_texts};
use model::{
    panel::{Field, Note, drawn::Html},
    text::Key,
};

/// Help and note of a field; `id` is the control's, which they describe.
pub(super) fn below(field: &Field, id: &str) -> Option<Html> {
    let id = format!("{id}-help");
    let described = [("class", "help"), ("id", id.as_str())];
    match &field.note {
        None if field.help.is_empty() => None,
        None => Some(html("p", &described, |m| m.text(&field.help))),
        Some(parts) => Some(html("div", &described, |m| {
            if !field.help.is_empty() {
                m.leaf("p", &[], &field.help);
            }
            note(m, field, parts);
        })),
    }
}

fn note(m: &mut Markup, field: &Field, note: &Note) {
    let t = use_texts();
    m.element("p", &[("class", "note")], |m| {
        if let Some(why) = &note.locked {
            m.element("span", &[("class", "locked")], |m| {
                m.icon("lock");
                m.text(why);
            });
        }
        if note.modified {
            m.leaf("span", &[("class", "modified")], t.get(Key::NoteModified));
        }
        if let Some(default) = &note.default {
            m.leaf("span", &[], &t.fill(Key::NoteDefault, &[("value", default)]));
        }
        if let Some(changed) = &note.changed {
            super::inline::link(m, changed);
        }
        if let Some(reset) = &note.reset {
            let name = t.fill(Key::NoteResetOf, &[("field", &field.label)]);
            let mut attributes = vec![
                ("class", "link"),
                ("name", "_reset"),
                ("value", field.name.as_str()),
                ("aria-label", &name),
            ];
            attributes.extend(reset.default.as_deref().map(|default| ("data-default", default)));
            m.leaf("button", &attributes, t.get(Key::NoteReset));
        }
    });
}
