//! Parts of a panel that stay as they are.
use super::{
    brand::brand,
    inline::{line, link},
    quick::actions,
    rich::rich,
    table::toolbar,
};
use crate::ui::Markup;
use model::panel::{Banner, Block, Empty, Numbers, Tone};

/// Writes a part that has neither forms with fields nor parts of its own.
pub fn still(m: &mut Markup, block: &Block) {
    match block {
        Block::Banner(parts) => banner(m, parts),
        Block::Text(pieces) => m.element("p", &[], |m| line(m, pieces)),
        Block::Facts(facts) => m.element("dl", &[("class", "facts")], |m| {
            for (name, value) in facts {
                m.leaf("dt", &[], name);
                m.element("dd", &[], |m| line(m, value));
            }
        }),
        Block::Rows(items) => m.element("ul", &[("class", "rows")], |m| {
            for item in items {
                m.element("li", &[], |m| line(m, item));
            }
        }),
        Block::List(items) => m.element("ul", &[("class", "bullets")], |m| {
            for item in items {
                m.element("li", &[], |m| line(m, item));
            }
        }),
        Block::Empty(parts) => m.element("div", &[("class", "list")], |m| empty(m, parts, "h2")),
        Block::Codes(codes) => m.element("ul", &[("class", "codes")], |m| {
            for code in codes {
                m.element("li", &[], |m| m.leaf("code", &[], code));
            }
        }),
        Block::Picture { src, alt, size } => {
            let size = size.to_string();
            let attributes = [
                ("class", "picture"),
                ("src", src.as_str()),
                ("alt", alt),
                ("width", &size),
                ("height", &size),
            ];
            m.void("img", &attributes);
        }
        Block::Rich(text) => m.element("div", &[("class", "rich")], |m| rich(m, text)),
        Block::Progress { done, of, text } => progress(m, *done, *of, text),
        Block::Actions(parts) => {
            m.element("div", &[("class", "row")], |m| actions(m, parts));
        }
        Block::Brand(parts) => brand(m, parts),
        Block::Toolbar(bar) => toolbar(m, bar, &[]),
        Block::Numbers(parts) => numbers(m, parts),
        // Drawn where they can live.
        Block::Card(_) | Block::Form(_) | Block::Table(_) | Block::Editors(_) => {}
    }
}

fn numbers(m: &mut Markup, parts: &Numbers) {
    let (least, most) = (parts.least.to_string(), parts.most.to_string());
    m.element("div", &[("class", "toolbar")], |m| {
        let form = [("action", parts.path.as_str()), ("data-search", "")];
        m.element("form", &form, |m| {
            for (name, label, value) in &parts.numbers {
                m.element("label", &[("class", "day")], |m| {
                    m.leaf("span", &[], label);
                    let attributes = [
                        ("class", "input"),
                        ("type", "number"),
                        ("name", name),
                        ("min", &least),
                        ("max", &most),
                        ("value", value),
                    ];
                    m.void("input", &attributes);
                });
            }
            m.leaf("button", &[("class", "button")], &parts.submit);
        });
    });
}

fn banner(m: &mut Markup, banner: &Banner) {
    let icon = match banner.tone {
        Tone::Neutral | Tone::Info => "info",
        Tone::Success => "circle-check",
        Tone::Warning => "triangle-alert",
        Tone::Danger => "circle-alert",
    };
    m.element("div", &[("class", &format!("banner {}", banner.tone.class()))], |m| {
        m.icon(icon);
        m.element("div", &[], |m| {
            m.leaf("p", &[], &banner.text);
            if let Some(target) = &banner.link {
                m.element("p", &[], |m| link(m, target));
            }
        });
    });
}

/// Where something would be if there were anything; `heading` is the element of its title.
pub fn empty(m: &mut Markup, empty: &Empty, heading: &'static str) {
    m.element("div", &[("class", "empty")], |m| {
        if !empty.icon.is_empty() {
            m.icon(&empty.icon);
        }
        m.leaf(heading, &[], &empty.title);
        if !empty.text.is_empty() {
            m.leaf("p", &[], &empty.text);
        }
        if !empty.actions.is_empty() {
            m.element("div", &[("class", "row")], |m| {
                empty.actions.iter().for_each(|action| link(m, action));
            });
        }
    });
}

/// A bar, with the same in words below it.
fn progress(m: &mut Markup, done: i64, of: i64, text: &str) {
    let (value, max) = (done.to_string(), of.max(1).to_string());
    m.element("div", &[("class", "progress")], |m| {
        let attributes = [("value", value.as_str()), ("max", &max), ("aria-label", text)];
        m.leaf("progress", &attributes, text);
        m.leaf("p", &[("role", "status")], text);
    });
}
