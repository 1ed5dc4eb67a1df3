//! Draws a panel: writes the markup of what stays as it is, and keeps apart what a browser's
//! scripts have to know of. Only the server does that.
mod blocks;
mod brand;
mod editors;
mod field;
mod form;
mod inline;
mod note;
mod quick;
mod rich;
mod table;
mod upload;

use crate::{
    flash::{Flash, Refused},
    ui::{html, use_texts},
};
use blocks::{empty, still};
pub use editors::draw_editors;
use form::{Place, form};
use inline::{badge, link, picture};
use model::{
    panel::{
        Block, Card, Dialog, Panel, Who,
        drawn::{Drawn, Html, Part, PopUp},
    },
    text::Key,
};
use table::table;

/// The panel as a browser gets it; `flash` is what the last form left for this page.
pub fn draw(panel: &Panel, flash: Option<&Flash>) -> Drawn {
    let mut drawing = Drawing { nth: 0, refused: flash.and_then(|flash| flash.form.as_ref()) };
    let title = panel.dialog.as_ref().map_or(&panel.title, |dialog| &dialog.title).clone();
    // It comes first, so that its form is the one whose fields are named plainly.
    let dialog = panel.dialog.as_ref().map(|dialog| drawing.pop_up(dialog));
    let mut parts = vec![Part::Still(head(panel))];
    parts.extend(drawing.blocks(&panel.blocks, Place::Page));
    let told = panel.message.is_some();
    Drawn { title, parts, told, redirect: panel.redirect.clone(), dialog, again: panel.again }
}

/// What this page is, what is known of it, and the main things to do.
fn head(panel: &Panel) -> Html {
    if let Some(who) = &panel.who {
        return portrait(who);
    }
    if let Some(message) = &panel.message {
        return html("div", &[("class", "list")], |m| empty(m, message, "h1"));
    }
    html("header", &[("class", "head")], |m| {
        m.element("div", &[], |m| {
            m.leaf("h1", &[], &panel.title);
            if !panel.intro.is_empty() {
                m.leaf("p", &[], &panel.intro);
            }
        });
        if !panel.actions.is_empty() {
            m.element("div", &[("class", "row")], |m| {
                panel.actions.iter().for_each(|action| link(m, action));
            });
        }
        if !panel.meta.is_empty() {
            m.element("p", &[("class", "meta")], |m| {
                m.icon("history");
                m.text(&panel.meta);
            });
        }
    })
}

/// The head of a page that is somebody's: picture, name, address.
fn portrait(who: &Who) -> Html {
    html("header", &[("class", "hero")], |m| {
        picture(m, who, " large");
        m.element("div", &[], |m| {
            m.leaf("h1", &[], &who.name);
            m.element("p", &[], |m| match &who.href {
                Some(href) => {
                    let outside = [("href", href.as_str()), ("rel", "external noopener")];
                    m.leaf("a", &outside, &who.below);
                }
                None => m.leaf("span", &[("class", "muted")], &who.below),
            });
        });
        if let Some(text) = &who.badge {
            badge(m, "info", text);
        }
    })
}

/// The forms of a page so far, and the one that was refused.
struct Drawing<'a> {
    nth: usize,
    refused: Option<&'a Refused>,
}

impl Drawing<'_> {
    fn blocks(&mut self, blocks: &[Block], place: Place) -> Vec<Part> {
        blocks.iter().map(|block| self.block(block, place)).collect()
    }

    fn block(&mut self, block: &Block, place: Place) -> Part {
        match block {
            Block::Card(parts) => self.card(parts),
            Block::Form(parts) => {
                let nth = self.nth;
                self.nth += 1;
                let refused = self.refused.filter(|refused| refused.form == parts.action);
                Part::Form(Box::new(form(parts, place, nth, refused)))
            }
            Block::Table(parts) => Part::Still(table(parts)),
            Block::Editors(parts) => Part::Still(editors::region(parts)),
            block => Part::Still(html("div", &[], |m| still(m, block))),
        }
    }

    fn card(&mut self, card: &Card) -> Part {
        let split = if card.wide { "" } else { " split" };
        let danger = if card.danger { " danger" } else { "" };
        let head = html("header", &[], |m| {
            m.element("h2", &[("id", &card.id)], |m| {
                m.text(&card.title);
                if let Some((tone, text)) = &card.badge {
                    m.text(" ");
                    badge(m, tone.class(), text);
                }
            });
            if !card.intro.is_empty() {
                m.leaf("p", &[], &card.intro);
            }
        });
        Part::Card {
            class: format!("card{split}{danger}"),
            heading: card.id.clone(),
            head,
            parts: self.blocks(&card.blocks, Place::Card),
        }
    }

    fn pop_up(&mut self, dialog: &Dialog) -> PopUp {
        let head = html("header", &[], |m| {
            m.leaf("h2", &[("id", "dialog")], &dialog.title);
            let close = [
                ("class", "button quiet small icon-only"),
                ("href", dialog.back.as_str()),
                ("aria-label", use_texts().get(Key::CommonClose)),
            ];
            m.element("a", &close, |m| m.icon("x"));
        });
        let class = if dialog.wide { "dialog wide" } else { "dialog" }.to_owned();
        let parts = self.blocks(&dialog.blocks, Place::Dialog);
        PopUp { class, back: dialog.back.clone(), head, parts }
    }
}
