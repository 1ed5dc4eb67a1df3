//! Puts a drawn panel together, on both sides.
use crate::ui::{Check, Dialog, Form, FormState, PageTitle, QuickForms, conflict, show, still};
use leptos::prelude::*;
use model::{
    Input,
    panel::drawn::{self, Drawn, Part, PopUp},
};

/// The panel and its pop-up.
pub fn panel(drawn: Drawn) -> AnyView {
    let mut others = Vec::new();
    forms(&drawn.parts, &mut others);
    if let Some(dialog) = &drawn.dialog {
        forms(&dialog.parts, &mut others);
    }
    #[cfg(feature = "hydrate")]
    {
        crate::ui::restore_focus();
        crate::search::arrived(&drawn.title, drawn.dialog.is_some());
    }
    view! {
        <PageTitle text=drawn.title/>
        <QuickForms others=others told=drawn.told>
            <div class="stack parts">{parts(drawn.parts)}</div>
            {drawn.dialog.map(pop_up)}
        </QuickForms>
    }
    .into_any()
}

/// The actions of the forms with fields.
fn forms(parts: &[Part], actions: &mut Vec<String>) {
    for part in parts {
        match part {
            Part::Form(form) => actions.push(form.action.clone()),
            Part::Card { parts, .. } => forms(parts, actions),
            Part::Still(_) => {}
        }
    }
}

fn parts(parts: Vec<Part>) -> AnyView {
    parts.into_iter().map(part).collect_view().into_any()
}

fn part(part: Part) -> AnyView {
    match part {
        Part::Still(html) => still(html),
        Part::Form(drawn) => form(*drawn),
        Part::Card { class, heading, head, parts: inner } => view! {
            <section class=class aria-labelledby=heading>
                {still(head)}
                <div class="stack">{parts(inner)}</div>
            </section>
        }
        .into_any(),
    }
}

fn pop_up(dialog: PopUp) -> AnyView {
    view! {
        <Dialog class=dialog.class labelled_by="dialog" back=Signal::stored(dialog.back)>
            {still(dialog.head)}
            {parts(dialog.parts)}
        </Dialog>
    }
    .into_any()
}

fn form(form: drawn::Form) -> AnyView {
    let state = FormState::nth(&form.action, form.nth);
    let labels = form.fields.iter().map(|f| (f.name.clone(), f.label.clone())).collect();
    let rules = StoredValue::new(form.clone());
    let check = Check::new(move |input: Input| rules.with_value(|form| form.check(&input)));
    let fields = if form.cards {
        cards(state, form.fields)
    } else {
        form.fields.into_iter().map(|field| show(state, field)).collect_view().into_any()
    };
    view! {
        <Form state=state labels=labels class=form.class label=form.label multipart=form.multipart
            guarded=form.guarded assist=form.assist check=Some(check)>
            <div class=form.body>{still(form.values)}{conflict(state)}{fields}</div>
            {still(form.foot)}
        </Form>
    }
    .into_any()
}

/// The fields, a card for each group.
fn cards(state: FormState, fields: Vec<drawn::Field>) -> AnyView {
    let mut groups: Vec<(Option<drawn::Html>, Vec<AnyView>)> = Vec::new();
    for mut field in fields {
        let heading = field.heading.take();
        if heading.is_some() || groups.is_empty() {
            groups.push((heading, Vec::new()));
        }
        if let Some((_, last)) = groups.last_mut() {
            last.push(show(state, field));
        }
    }
    let card = |(heading, fields): (Option<drawn::Html>, Vec<AnyView>)| {
        view! {
            <section class="card split">
                <header>{heading.map(still)}</header>
                <div class="fields">{fields}</div>
            </section>
        }
    };
    groups.into_iter().map(card).collect_view().into_any()
}
