//! Pieces of a line.
use super::quick::quick;
use crate::ui::{Icon, avatar, square};
use leptos::prelude::*;
use model::panel::{Button, Inline, Link, Look, Who};

/// A line of pieces.
pub fn line(pieces: Vec<Inline>) -> AnyView {
    pieces.into_iter().map(inline).collect_view().into_any()
}

fn inline(piece: Inline) -> AnyView {
    match piece {
        Inline::Text(text) => text.into_any(),
        Inline::Strong(text) => view! { <strong>{text}</strong> }.into_any(),
        Inline::Muted(text) => view! { <span class="muted">{text}</span> }.into_any(),
        Inline::Code(text) => view! { <code>{text}</code> }.into_any(),
        Inline::Break => view! { <br/> }.into_any(),
        Inline::Link(target) => link(target),
        Inline::Badge(tone, text) => {
            view! { <span class=format!("badge {}", tone.class())>{text}</span> }.into_any()
        }
        Inline::Who(who) => person(*who),
        Inline::Choose(form) => quick(*form),
    }
}

/// A link, as text or as a button.
pub fn link(link: Link) -> AnyView {
    let rel = link.external.then_some("external");
    view! {
        <a class=link.look.class() href=link.href rel=rel aria-label=link.name>
            {link.icon.map(|icon| view! { <Icon name=icon/> })}
            {link.label}
        </a>
    }
    .into_any()
}

/// A button that sends the form it stands in.
pub fn button(button: Button, pending: RwSignal<bool>) -> AnyView {
    let (name, value) = button.value.unzip();
    let look = match button.look {
        Look::Plain => "link",
        look => look.class(),
    };
    view! {
        <button class=look name=name value=value aria-label=button.name disabled=pending>{button.label}</button>
    }
    .into_any()
}

fn person(who: Who) -> AnyView {
    let picture = match who.picture {
        Some(src) => {
            let class = if who.square { "avatar square" } else { "avatar" };
            view! { <img class=class src=src alt="" width="32" height="32"/> }.into_any()
        }
        None if who.square => square(&who.name, false).into_any(),
        None => avatar(&who.name).into_any(),
    };
    let name = match who.href {
        Some(href) => view! { <a href=href>{who.name}</a> }.into_any(),
        None => who.name.into_any(),
    };
    view! {
        <span class="person">
            {picture}
            <span>
                <b>{name}{who.badge.map(|badge| view! { " "<span class="badge">{badge}</span> })}</b>
                {(!who.below.is_empty()).then(|| view! { <small>{who.below}</small> })}
            </span>
        </span>
    }
    .into_any()
}
