//! Draws a panel.
use super::{
    blocks::still,
    form::{Place, form},
    inline::{badge, link},
    table::table,
};
use crate::ui::{Dialog as PopUp, PageTitle, QuickForms, markup, use_texts};
use leptos::prelude::*;
use model::{
    panel::{Block, Card, Dialog, Panel},
    text::Key,
};

/// The panel's head, content and pop-up.
pub fn draw(panel: Panel) -> AnyView {
    let mut forms = Forms { nth: 0, actions: Vec::new() };
    let head = head(&panel);
    let blocks = forms.blocks(panel.blocks, Place::Page);
    let title = panel.dialog.as_ref().map_or(panel.title, |dialog| dialog.title.clone());
    let dialog = panel.dialog.map(|dialog| pop_up(*dialog, &mut forms));
    #[cfg(feature = "hydrate")]
    crate::ui::restore_focus();
    let others = forms.actions;
    view! {
        <PageTitle text=title/>
        <QuickForms others=others>
            {head}
            <div class="stack">{blocks}</div>
            {dialog}
        </QuickForms>
    }
    .into_any()
}

/// What this page is, what is known of it, and the main things to do.
fn head(panel: &Panel) -> AnyView {
    markup("header", &[("class", "head")], |m| {
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

/// The forms of a page so far: how many, and where they are sent to.
struct Forms {
    nth: usize,
    actions: Vec<String>,
}

impl Forms {
    fn blocks(&mut self, blocks: Vec<Block>, place: Place) -> AnyView {
        blocks.into_iter().map(|block| self.block(block, place)).collect_view().into_any()
    }

    fn block(&mut self, block: Block, place: Place) -> AnyView {
        match block {
            Block::Card(parts) => self.card(parts),
            Block::Form(parts) => {
                let nth = self.nth;
                self.nth += 1;
                self.actions.push(parts.action.clone());
                form(parts, place, nth)
            }
            Block::Table(parts) => table(&parts),
            block => markup("div", &[], |m| still(m, &block)),
        }
    }

    fn card(&mut self, card: Card) -> AnyView {
        let split = if card.wide { "" } else { " split" };
        let danger = if card.danger { " danger" } else { "" };
        let heading = card.id.clone();
        let head = markup("header", &[], |m| {
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
        let content = self.blocks(card.blocks, Place::Page);
        view! {
            <section class=format!("card{split}{danger}") aria-labelledby=heading>
                {head}
                <div class="stack">{content}</div>
            </section>
        }
        .into_any()
    }
}

fn pop_up(dialog: Dialog, forms: &mut Forms) -> AnyView {
    let head = markup("header", &[], |m| {
        m.leaf("h2", &[("id", "dialog")], &dialog.title);
        let close = [
            ("class", "button quiet small icon-only"),
            ("href", dialog.back.as_str()),
            ("aria-label", use_texts().get(Key::CommonClose)),
        ];
        m.element("a", &close, |m| m.icon("x"));
    });
    let class = if dialog.wide { "dialog wide" } else { "dialog" };
    // The form's buttons are the pop-up's: it stands last, and what goes before it above it.
    let (form, before): (Vec<Block>, Vec<Block>) =
        dialog.blocks.into_iter().partition(|block| matches!(block, Block::Form(_)));
    let before = (!before.is_empty())
        .then(|| view! { <div class="content">{forms.blocks(before, Place::Page)}</div> });
    let form = forms.blocks(form, Place::Dialog);
    view! {
        <PopUp class=class labelled_by="dialog" back=Signal::stored(dialog.back)>
            {head}
            {before}
            {form}
        </PopUp>
    }
    .into_any()
}
