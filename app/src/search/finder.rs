use crate::{
    path::Path,
    ui::{markup, use_texts},
};
use leptos::prelude::*;
use model::text::Key;

/// The search field in the header; on narrow screens a button. It leads to the search page; where
/// wasm runs, the palette opens in its place. `place` is the store or organization of this page.
pub fn finder(place: &str) -> AnyView {
    let t = use_texts();
    let label = t.get(Key::FindLabel);
    let path = Path::Search(String::new(), String::new()).to_string();
    let form = [("class", "finder"), ("role", "search"), ("action", path.as_str())];
    markup("form", &[form[0], form[1], form[2], ("aria-label", label)], |m| {
        if !place.is_empty() {
            m.void("input", &[("type", "hidden"), ("name", "in"), ("value", place)]);
        }
        m.element("div", &[("class", "search")], |m| {
            m.icon("search");
            let field = [
                ("type", "search"),
                ("name", "q"),
                ("maxlength", super::LONGEST),
                ("autocomplete", "off"),
                ("aria-label", label),
                ("aria-keyshortcuts", "Control+K Meta+K"),
                ("placeholder", t.get(Key::CommonSearch)),
            ];
            m.void("input", &field);
            m.leaf("kbd", &[("class", "js-only"), ("aria-hidden", "true")], "Ctrl K");
        });
        let button = [("class", "button quiet icon-only"), ("aria-label", label), ("title", label)];
        m.element("button", &button, |m| m.icon("search"));
    })
}
