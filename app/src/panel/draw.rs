//! Draws a panel.
use super::{
    form::{Place, form},
    inline::{line, link},
    quick::actions,
    table::table,
};
use crate::{
    layout::Head,
    ui::{Dialog as PopUp, Icon, PageTitle, QuickForms, use_texts},
};
use leptos::prelude::*;
use model::{
    panel::{Banner, Block, Card, Dialog, Empty, Panel, Tone},
    text::Key,
};

/// The panel's head, content and pop-up.
pub fn draw(panel: Panel) -> AnyView {
    let mut forms = Forms { nth: 0, actions: Vec::new() };
    let actions = (!panel.actions.is_empty()).then(|| {
        view! { <div class="row">{panel.actions.into_iter().map(link).collect_view()}</div> }
            .into_any()
    });
    let meta = (!panel.meta.is_empty()).then_some(panel.meta);
    let blocks = forms.blocks(panel.blocks, Place::Page);
    let dialog = panel.dialog.map(|dialog| pop_up(*dialog, &mut forms));
    #[cfg(feature = "hydrate")]
    crate::ui::restore_focus();
    let others = forms.actions;
    view! {
        <QuickForms others=others>
            <Head title=panel.title intro=panel.intro meta=meta actions=actions.into_any()/>
            <div class="stack">{blocks}</div>
            {dialog}
        </QuickForms>
    }
    .into_any()
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
            Block::Banner(parts) => banner(parts),
            Block::Text(pieces) => view! { <p>{line(pieces)}</p> }.into_any(),
            Block::Facts(facts) => {
                let pairs = facts
                    .into_iter()
                    .map(|(name, value)| view! { <dt>{name}</dt><dd>{line(value)}</dd> });
                view! { <dl class="facts">{pairs.collect_view()}</dl> }.into_any()
            }
            Block::List(items) => {
                let items = items.into_iter().map(|item| view! { <li>{line(item)}</li> });
                view! { <ul class="bullets">{items.collect_view()}</ul> }.into_any()
            }
            Block::Form(parts) => {
                let nth = self.nth;
                self.nth += 1;
                self.actions.push(parts.action.clone());
                form(parts, place, nth)
            }
            Block::Table(parts) => table(parts),
            Block::Empty(parts) => view! { <div class="list">{empty(parts)}</div> }.into_any(),
            Block::Codes(codes) => {
                let codes = codes.into_iter().map(|code| view! { <li><code>{code}</code></li> });
                view! { <ul class="codes">{codes.collect_view()}</ul> }.into_any()
            }
            Block::Picture { src, alt, size } => {
                view! { <img class="picture" src=src alt=alt width=size height=size/> }.into_any()
            }
            Block::Actions(parts) => view! { <div class="row">{actions(parts)}</div> }.into_any(),
        }
    }

    fn card(&mut self, card: Card) -> AnyView {
        let mut class = String::from("card");
        if !card.wide {
            class.push_str(" split");
        }
        if card.danger {
            class.push_str(" danger");
        }
        let badge = card.badge.map(
            |(tone, text)| view! { " "<span class=format!("badge {}", tone.class())>{text}</span> },
        );
        let heading = card.id.clone();
        let content = self.blocks(card.blocks, Place::Page);
        view! {
            <section class=class aria-labelledby=heading>
                <header>
                    <h2 id=card.id>{card.title}{badge}</h2>
                    {(!card.intro.is_empty()).then(|| view! { <p>{card.intro}</p> })}
                </header>
                <div class="stack">{content}</div>
            </section>
        }
        .into_any()
    }
}

fn pop_up(dialog: Dialog, forms: &mut Forms) -> AnyView {
    let t = use_texts();
    let class = if dialog.wide { "dialog wide" } else { "dialog" };
    let back = dialog.back.clone();
    let back_to = dialog.back;
    // The form's buttons are the pop-up's: it stands last, and what goes before it above it.
    let (form, before): (Vec<Block>, Vec<Block>) =
        dialog.blocks.into_iter().partition(|block| matches!(block, Block::Form(_)));
    let before = (!before.is_empty())
        .then(|| view! { <div class="content">{forms.blocks(before, Place::Page)}</div> });
    let form = forms.blocks(form, Place::Dialog);
    view! {
        <PageTitle text=dialog.title.clone()/>
        <PopUp class=class labelled_by="dialog" back=Signal::stored(back_to)>
            <header>
                <h2 id="dialog">{dialog.title}</h2>
                <a class="button quiet small icon-only" href=back aria-label=t.get(Key::CommonClose)><Icon name="x"/></a>
            </header>
            {before}
            {form}
        </PopUp>
    }
    .into_any()
}

fn banner(banner: Banner) -> AnyView {
    let icon = match banner.tone {
        Tone::Neutral | Tone::Info => "info",
        Tone::Success => "circle-check",
        Tone::Warning => "triangle-alert",
        Tone::Danger => "circle-alert",
    };
    view! {
        <div class=format!("banner {}", banner.tone.class())>
            <Icon name=icon/>
            <div><p>{banner.text}</p>{banner.link.map(|target| view! { <p>{link(target)}</p> })}</div>
        </div>
    }
    .into_any()
}

/// Where something would be if there were anything.
pub fn empty(empty: Empty) -> AnyView {
    let actions = (!empty.actions.is_empty()).then(|| {
        view! { <div class="row">{empty.actions.into_iter().map(link).collect_view()}</div> }
    });
    view! {
        <div class="empty">
            {(!empty.icon.is_empty()).then(|| view! { <Icon name=empty.icon/> })}
            <h2>{empty.title}</h2>
            {(!empty.text.is_empty()).then(|| view! { <p>{empty.text}</p> })}
            {actions}
        </div>
    }
    .into_any()
}
