//! The controls of a section's fields: one for each kind, none for a section.
use crate::{
    path::Path,
    ui::{FormState, control, use_texts},
};
use leptos::prelude::*;
use model::{
    panel,
    settings::{Field, FieldGroup, Kind, Section, Value},
    text::{Key, Texts},
    view::SectionView,
};

/// The labels of a section's fields, for the error summary.
pub fn labels(section: &'static Section) -> Vec<(String, String)> {
    let t = use_texts();
    section.fields().map(|field| (field.key.to_owned(), t.get(field.label).to_owned())).collect()
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
            let controls =
                fields.iter().map(|field| control(state, described(field, view, t))).collect_view();
            view! {
                <section class="card split" aria-labelledby=heading>
                    <header><h2 id=id>{t.get(*title)}</h2></header>
                    <div class="fields">{controls}</div>
                </section>
            }
        })
        .collect_view()
}

/// The field as the form's controls know it.
fn described(field: &Field, view: &SectionView, t: Texts) -> panel::Field {
    let stored = view.values.get(field.key).cloned().unwrap_or_else(|| field.default_value());
    let kind = match field.kind {
        Kind::Text => panel::Kind::Text,
        Kind::Email => panel::Kind::Email,
        Kind::Url { hosts } => {
            panel::Kind::Url(hosts.iter().map(|host| (*host).to_owned()).collect())
        }
        Kind::Phone => panel::Kind::Phone,
        Kind::Lines => panel::Kind::Lines(2),
        Kind::Select(_) => {
            panel::Kind::Select(view.choices.get(field.key).cloned().unwrap_or_default())
        }
        Kind::Toggle => panel::Kind::Toggle,
        Kind::Image => panel::Kind::Image(match stored.as_input() {
            "" => String::new(),
            id => Path::Image(id.to_owned()).to_string(),
        }),
    };
    panel::Field {
        name: field.key.to_owned(),
        kind,
        label: t.get(field.label).to_owned(),
        help: field.help.map(|key| t.get(key).to_owned()).unwrap_or_default(),
        value: stored.as_input().to_owned(),
        required: field.required,
        max: field.max,
        autofill: field.autofill.to_owned(),
        half: field.half,
        ..panel::Field::default()
    }
}

/// A value as people read it: the choice's label, or the text.
pub fn shown(field: &Field, value: &Value, view: &SectionView) -> String {
    let t = use_texts();
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
