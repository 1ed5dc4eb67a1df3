//! The palette's list. While it keeps its shape, a key press changes only the texts that differ:
//! writing it anew would cost a slow machine more than a frame.
use crate::ui::{Markup, html};
use model::search::{Entry, pieces};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

/// Marks shown in a text; what follows the last one goes without.
const MARKS: usize = 3;

/// A text in turns of plain and marked pieces.
type Pieces = [String; 2 * MARKS + 1];

/// A result as it is shown.
#[derive(Default)]
pub struct Row {
    /// The group that it stands in; `None` below all of them.
    group: Option<usize>,
    icon: String,
    text: Pieces,
    hint: String,
    needs: String,
    address: String,
}

impl Row {
    /// `entry` as found by what was `typed`.
    pub fn new(group: Option<usize>, entry: &Entry, typed: &str) -> Row {
        Row {
            group,
            icon: entry.icon.clone(),
            text: in_turns(&entry.text, typed),
            hint: entry.hint.clone(),
            needs: entry.needs.clone(),
            address: entry.address.clone(),
        }
    }

    /// Whether it is the way to all results.
    pub const fn is_last(&self) -> bool {
        self.group.is_none()
    }

    /// The address, unless it is a command's name, and the latter.
    fn leads(&self) -> (&str, &str) {
        let address = self.address.as_str();
        if address.starts_with('/') { (address, "") } else { ("", address) }
    }

    /// Whether it has the same elements as another.
    fn like(&self, other: &Row) -> bool {
        self.group == other.group && self.needs.is_empty() == other.needs.is_empty()
    }
}

fn in_turns(text: &str, typed: &str) -> Pieces {
    let mut turns = Pieces::default();
    let mut at = 0;
    for (marked, piece) in pieces(text, typed) {
        if at + 1 < turns.len() && marked != (at % 2 == 1) {
            at += 1;
        }
        turns[at].push_str(piece);
    }
    turns
}

/// Shows `rows` in `list`, where `before` stood. The first is the one that Enter goes to.
pub fn show(list: &Element, before: &[Row], rows: &[Row], label: impl Fn(usize) -> String) {
    let same = before.len() == rows.len() && before.iter().zip(rows).all(|(a, b)| a.like(b));
    if !same {
        list.set_inner_html(&written(rows, label));
        return;
    }
    let Ok(options) = list.query_selector_all("[role=option]") else { return };
    for (number, (old, new)) in (0..).zip(before.iter().zip(rows)) {
        if let Some(option) = options.item(number) {
            change(option.unchecked_ref(), old, new);
        }
    }
}

/// The whole list.
fn written(rows: &[Row], label: impl Fn(usize) -> String) -> String {
    html("div", &[], |m| {
        let mut number = 0;
        for rows in rows.chunk_by(|a, b| a.group == b.group) {
            let mut options = |m: &mut Markup| {
                for row in rows {
                    option(m, row, number);
                    number += 1;
                }
            };
            let Some(group) = rows[0].group else {
                options(m);
                continue;
            };
            let name = label(group);
            m.element("div", &[("role", "group"), ("aria-label", &name)], |m| {
                m.leaf("h3", &[("aria-hidden", "true")], &name);
                options(m);
            });
        }
    })
    .0
}

fn option(m: &mut Markup, row: &Row, number: usize) {
    let id = format!("found-{number}");
    let (href, command) = row.leads();
    let attributes = [
        ("class", "item"),
        ("role", "option"),
        ("id", id.as_str()),
        ("tabindex", "-1"),
        ("aria-selected", if number == 0 { "true" } else { "false" }),
        ("href", href),
        ("data-command", command),
    ];
    m.element("a", &attributes, |m| {
        m.icon(&row.icon);
        m.element("span", &[], |m| {
            for (turn, piece) in row.text.iter().enumerate() {
                m.leaf(if turn % 2 == 0 { "span" } else { "mark" }, &[], piece);
            }
            m.leaf("small", &[], &row.hint);
        });
        if !row.needs.is_empty() {
            m.leaf("span", &[("class", "badge")], &row.needs);
        }
    });
}

/// Makes the row of one result that of another.
fn change(option: &Element, old: &Row, new: &Row) {
    let within = |selector: &str| option.query_selector(selector).ok().flatten();
    if old.address != new.address {
        let (href, command) = new.leads();
        for (name, value) in [("href", href), ("data-command", command)] {
            if value.is_empty() {
                option.remove_attribute(name).ok();
            } else {
                option.set_attribute(name, value).ok();
            }
        }
    }
    if old.icon != new.icon
        && let Some(icon) = within("use")
    {
        let address = icon.get_attribute("href").unwrap_or_default();
        let sprite = address.split('#').next().unwrap_or_default();
        icon.set_attribute("href", &format!("{sprite}#{}", new.icon)).ok();
    }
    let texts = old.text.iter().chain([&old.hint]).zip(new.text.iter().chain([&new.hint]));
    if let Some(text) = within("span") {
        let parts = text.children();
        for (number, (_, new)) in (0..).zip(texts).filter(|(_, (old, new))| old != new) {
            if let Some(part) = parts.item(number) {
                part.set_text_content(Some(new));
            }
        }
    }
    if old.needs != new.needs
        && let Some(badge) = within(".badge")
    {
        badge.set_text_content(Some(&new.needs));
    }
}

/// Makes the first result the active one again.
pub fn first(list: &Element, field: &HtmlInputElement, any: bool) {
    let id = if any { "found-0" } else { "" };
    if field.get_attribute("aria-activedescendant").as_deref() == Some(id) {
        return;
    }
    field.set_attribute("aria-expanded", if any { "true" } else { "false" }).ok();
    field.set_attribute("aria-activedescendant", id).ok();
    if let Ok(options) = list.query_selector_all("[role=option]") {
        for number in 0..options.length() {
            if let Some(option) = options.item(number) {
                let option: &Element = option.unchecked_ref();
                let active = if number == 0 { "true" } else { "false" };
                option.set_attribute("aria-selected", active).ok();
            }
        }
    }
    list.set_scroll_top(0);
}
