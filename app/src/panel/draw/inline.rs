//! Pieces of a line.
use super::quick::quick;
use crate::ui::{Markup, avatar};
use model::panel::{Button, Inline, Link, Look, Who};

/// A line of pieces.
pub fn line(m: &mut Markup, pieces: &[Inline]) {
    for piece in pieces {
        inline(m, piece);
    }
}

fn inline(m: &mut Markup, piece: &Inline) {
    match piece {
        Inline::Text(text) => m.text(text),
        Inline::Strong(text) => m.leaf("strong", &[], text),
        Inline::Muted(text) => m.leaf("span", &[("class", "muted")], text),
        Inline::Code(text) => m.leaf("code", &[], text),
        Inline::Break => m.void("br", &[]),
        Inline::Link(target) => link(m, target),
        Inline::Badge(tone, text) => badge(m, tone.class(), text),
        Inline::Who(who) => person(m, who),
        Inline::Choose(form) => quick(m, form),
    }
}

/// A word in a coloured box.
pub fn badge(m: &mut Markup, tone: &str, text: &str) {
    m.leaf("span", &[("class", &format!("badge {tone}"))], text);
}

/// A link, as text or as a button.
pub fn link(m: &mut Markup, link: &Link) {
    let attributes = [
        ("class", link.look.class()),
        ("href", link.href.as_str()),
        ("rel", if link.external { "external" } else { "" }),
        ("aria-label", link.name.as_deref().unwrap_or_default()),
    ];
    m.element("a", &attributes, |m| {
        if let Some(icon) = &link.icon {
            m.icon(icon);
        }
        m.text(&link.label);
    });
}

/// A button that sends the form it stands in.
pub fn button(m: &mut Markup, button: &Button) {
    let look = match button.look {
        Look::Plain => "link",
        look => look.class(),
    };
    let value = button.value.as_ref();
    let attributes = [
        ("class", look),
        ("name", value.map_or("", |(name, _)| name)),
        ("value", value.map_or("", |(_, value)| value)),
        ("aria-label", button.name.as_deref().unwrap_or_default()),
    ];
    m.leaf("button", &attributes, &button.label);
}

fn person(m: &mut Markup, who: &Who) {
    m.element("span", &[("class", "person")], |m| {
        picture(m, who, "");
        m.element("span", &[], |m| {
            m.element("b", &[], |m| {
                match &who.href {
                    Some(href) => m.leaf("a", &[("href", href)], &who.name),
                    None => m.text(&who.name),
                }
                if let Some(text) = &who.badge {
                    m.text(" ");
                    m.leaf("span", &[("class", "badge")], text);
                }
            });
            if !who.below.is_empty() {
                m.leaf("small", &[], &who.below);
            }
        });
    });
}

/// The picture, or the initials on a tone of their own.
pub fn picture(m: &mut Markup, who: &Who, size: &str) {
    let shape = if who.square { " square" } else { "" };
    if let Some(icon) = who.icon {
        let attributes = [("class", "avatar tone-4"), ("aria-hidden", "true")];
        return m.element("span", &attributes, |m| m.icon(icon));
    }
    match &who.picture {
        Some(src) => {
            let class = format!("avatar{shape}{size}");
            m.void("img", &[("class", &class), ("src", src), ("alt", "")]);
        }
        None => avatar(m, &format!("avatar{shape}{size}"), &who.name),
    }
}
