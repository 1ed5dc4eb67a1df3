use super::field::Parts;
use crate::{
    path::Path,
    ui::{html, use_texts},
};
use model::{
    panel::{Field, drawn::Html},
    text::Key,
};

/// An image: shows the current one, takes another file, or removes it. The form that holds it must
/// be multipart: the file is sent as `name.file`, the stored identifier as `name`.
pub(super) fn image(parts: &Parts<'_>, field: &Field, shown: &str) -> Html {
    let t = use_texts();
    let current = parts.value(field);
    // What a refused form had uploaded is shown in place of what is stored.
    let shown = match current.as_str() {
        "" => String::new(),
        id if id == field.value => shown.to_owned(),
        id => Path::Image(id.to_owned()).to_string(),
    };
    let described = parts.described(field);
    let file = format!("{}.file", field.name);
    html("div", &[("class", "control")], |m| {
        m.leaf("label", &[("for", parts.id)], &field.label);
        m.element("div", &[("class", "upload")], |m| {
            m.element("div", &[("class", "preview")], |m| match shown.as_str() {
                "" => m.icon("upload"),
                src => m.void("img", &[("src", src), ("alt", t.get(Key::ImageCurrent))]),
            });
            m.element("div", &[], |m| {
                let value = ("value", current.as_str());
                m.void("input", &[("type", "hidden"), ("name", &field.name), value]);
                let mut attributes = vec![
                    ("type", "file"),
                    ("id", parts.id),
                    ("name", &file),
                    ("accept", "image/png,image/jpeg,image/webp,image/gif"),
                    ("data-alt", t.get(Key::ImageCurrent)),
                ];
                attributes.extend(described.iter().map(|(name, value)| (*name, value.as_str())));
                m.void("input", &attributes);
                if !current.is_empty() {
                    let name = format!("{}.remove", field.name);
                    m.element("label", &[("class", "check")], |m| {
                        m.void("input", &[("type", "checkbox"), ("name", &name)]);
                        m.leaf("span", &[], t.get(Key::ImageRemove));
                    });
                }
            });
        });
    })
}
