//! The controls of a section's fields: one for each kind, none for a section.
use crate::ui::{FormState, ImageField, SelectField, TextField, TextLines, Toggle, use_texts};
use leptos::prelude::*;
use model::{
    settings::{Field, FieldGroup, Kind, Section, Value},
    view::SectionView,
};

/// The labels of a section's fields, for the error summary.
pub fn labels(section: &'static Section) -> Vec<(&'static str, &'static str)> {
    let t = use_texts();
    section.fields().map(|field| (field.key, t.get(field.label))).collect()
}

/// The groups of a section, a card each.
pub fn groups(
    section: &'static Section,
    view: &SectionView,
    state: FormState,
) -> impl IntoView + use<> {
    let t = use_texts();
    section
        .groups
        .iter()
        .enumerate()
        .map(|(index, FieldGroup { title, fields })| {
            let id = format!("group-{index}");
            let heading = id.clone();
            let controls = fields.iter().map(|field| control(field, view, state)).collect_view();
            view! {
                <section class="card split" aria-labelledby=heading>
                    <header><h2 id=id>{t.get(*title)}</h2></header>
                    <div class="fields">{controls}</div>
                </section>
            }
        })
        .collect_view()
}

fn control(field: &'static Field, view: &SectionView, state: FormState) -> AnyView {
    let t = use_texts();
    let stored = view.values.get(field.key).cloned().unwrap_or_else(|| field.default_value());
    let (name, label, help) = (field.key, t.get(field.label), field.help.map(|key| t.get(key)));
    let (max, required, full, autofill) = (field.max, field.required, !field.half, field.autofill);
    let value = stored.as_input().to_owned();
    let line = |kind: &'static str, value: String| {
        view! { <TextField state name label value kind autofill help max required full/> }
            .into_any()
    };
    match field.kind {
        Kind::Text => line("text", value),
        Kind::Email => line("email", value),
        Kind::Url { .. } => line("url", value),
        Kind::Phone => line("tel", value),
        Kind::Lines => {
            view! { <TextLines state name label value autofill help max required full/> }.into_any()
        }
        Kind::Select(_) => {
            let choices = view.choices.get(name).cloned().unwrap_or_default();
            view! { <SelectField state name label choices value autofill help required full/> }
                .into_any()
        }
        Kind::Toggle => {
            view! { <Toggle state name label checked={stored == Value::Flag(true)} help/> }
                .into_any()
        }
        Kind::Image => view! { <ImageField state name label value help/> }.into_any(),
    }
}

/// A value as people read it: the choice's label, or the text.
pub fn shown(field: &Field, value: &Value, view: &SectionView) -> String {
    let t = use_texts();
    use model::text::Key;
    match field.kind {
        _ if value.is_empty() => t.get(Key::ConflictEmpty).to_owned(),
        Kind::Image => t.get(Key::ConflictImage).to_owned(),
        Kind::Select(_) => view
            .choices
            .get(field.key)
            .and_then(|choices| choices.iter().find(|choice| choice.value == value.as_input()))
            .map_or_else(|| value.as_input().to_owned(), |choice| choice.label.clone()),
        _ => value.as_input().to_owned(),
    }
}
