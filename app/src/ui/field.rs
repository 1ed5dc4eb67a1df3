//! Form fields: label, control, help and error, joined for assistive technology. One description
//! ([`Field`]) gives each of them, whoever made it.
use super::{FormState, Icon, TextArea, image, use_texts};
use leptos::prelude::*;
use model::{
    panel::{Choice, ChoiceGroup, Field, Kind},
    text::Key,
};

/// What a field's parts share: who describes it, whether it is wrong, its error line.
#[derive(Clone, Copy)]
pub(super) struct Parts {
    id: StoredValue<String>,
    helped: bool,
    error: Memo<Option<String>>,
}

impl Parts {
    pub(super) fn new(state: FormState, field: &Field) -> Parts {
        let t = use_texts();
        let name = field.name.clone();
        Parts {
            id: StoredValue::new(state.id(&field.name)),
            helped: !field.help.is_empty(),
            error: Memo::new(move |_| state.fault(&name).map(|fault| fault.text(t))),
        }
    }

    pub(super) fn id(self) -> String {
        self.id.get_value()
    }

    pub(super) fn described_by(self) -> Signal<Option<String>> {
        Signal::derive(move || {
            let id = self.id.get_value();
            match (self.error.get().is_some(), self.helped) {
                (true, true) => Some(format!("{id}-error {id}-help")),
                (true, false) => Some(format!("{id}-error")),
                (false, true) => Some(format!("{id}-help")),
                (false, false) => None,
            }
        })
    }

    pub(super) fn invalid(self) -> Signal<Option<&'static str>> {
        Signal::derive(move || self.error.get().map(|_| "true"))
    }

    pub(super) fn error(self) -> AnyView {
        let line = move || {
            self.error.get().map(|text| {
                let id = format!("{}-error", self.id.get_value());
                view! { <p class="error" id=id><Icon name="circle-alert"/><span>{text}</span></p> }
            })
        };
        line.into_any()
    }

    pub(super) fn help(self, text: String) -> AnyView {
        let id = format!("{}-help", self.id.get_value());
        self.helped.then(|| view! { <p class="help" id=id>{text}</p> }).into_any()
    }
}

/// The field with all that belongs to it.
pub fn control(state: FormState, field: Field) -> AnyView {
    let kind = field.kind.clone();
    match kind {
        Kind::Check => tick(state, field, false),
        Kind::Toggle => tick(state, field, true),
        Kind::Radio(choices) => radio(state, field, choices),
        Kind::Checks(groups) => boxes(state, field, groups),
        Kind::Image(shown) => image(state, field, shown),
        _ => labelled(state, field),
    }
}

/// The visible names of fields, for the error summary.
pub fn labels<'a>(fields: impl IntoIterator<Item = &'a Field>) -> Vec<(String, String)> {
    fields.into_iter().map(|field| (field.name.clone(), field.label.clone())).collect()
}

const fn class(half: bool) -> &'static str {
    if half { "field" } else { "field full" }
}

/// A control with its name above it.
fn labelled(state: FormState, field: Field) -> AnyView {
    let t = use_texts();
    let parts = Parts::new(state, &field);
    let (label, help, half, required) =
        (field.label.clone(), field.help.clone(), field.half, field.required);
    let control = match field.kind.clone() {
        Kind::Select(choices) => select(state, field, parts, choices),
        Kind::Lines(rows) => lines(state, field, parts, rows),
        _ => line(state, field, parts),
    };
    view! {
        <div class=class(half)>
            <label for=parts.id()>
                {label}
                {required.then(|| view! { " "<span class="mark">{t.get(Key::CommonRequired)}</span> })}
            </label>
            {control}
            {parts.error()}
            {parts.help(help)}
        </div>
    }
    .into_any()
}

/// The `type` of an input, the keyboard it wants, and its longest text.
fn input_kind(kind: &Kind) -> (&'static str, Option<&'static str>, u32) {
    match kind {
        Kind::Email => ("email", None, 254),
        Kind::Url(_) => ("url", None, 2_000),
        Kind::Phone => ("tel", None, 32),
        Kind::Password { .. } => ("password", None, 512),
        Kind::Number => ("text", Some("numeric"), 12),
        Kind::Date => ("date", None, 10),
        Kind::File(_) => ("file", None, 4_096),
        Kind::Code => ("text", None, 64),
        _ => ("text", None, 200),
    }
}

/// One line: text, a password, a day, a file.
fn line(state: FormState, field: Field, parts: Parts) -> AnyView {
    let t = use_texts();
    let (kind, keyboard, usual) = input_kind(&field.kind);
    let secret = kind == "password";
    let shown = RwSignal::new(false);
    let kind = move || if secret && shown.get() { "text" } else { kind };
    let accept = if let Kind::File(types) = &field.kind { Some(types.clone()) } else { None };
    let typed = (!secret && accept.is_none()).then(|| state.value(&field.name, field.value));
    let autofill = if field.autofill.is_empty() { "off".to_owned() } else { field.autofill };
    let max = if field.max == 0 { usual } else { field.max };
    let input = view! {
        <input class=if secret { "" } else { "input" } type=kind id=parts.id() name=field.name value=typed
            autocomplete=autofill maxlength=max inputmode=keyboard accept=accept
            required=field.required readonly=field.fixed
            aria-describedby=parts.described_by() aria-invalid=parts.invalid()/>
    };
    if !secret {
        return input.into_any();
    }
    view! {
        <div class="affix">
            {input}
            <button class="button quiet small js-only" type="button" aria-controls=parts.id()
                aria-pressed=move || if shown.get() { "true" } else { "false" }
                on:click=move |_| shown.update(|s| *s = !*s)>
                {t.get(Key::CommonShow)}
            </button>
        </div>
    }
    .into_any()
}

fn lines(state: FormState, field: Field, parts: Parts, rows: u32) -> AnyView {
    let max = if field.max == 0 { 2_000 } else { field.max };
    let value = state.value(&field.name, field.value);
    view! {
        <TextArea id=parts.id() name=field.name value=value rows=rows max=max autofill=field.autofill
            described_by=parts.described_by() invalid=parts.invalid()/>
    }
    .into_any()
}

fn select(state: FormState, field: Field, parts: Parts, choices: Vec<Choice>) -> AnyView {
    let t = use_texts();
    let chosen = state.value(&field.name, field.value);
    let nothing = (!field.required).then(|| Choice::new("", t.get(Key::CommonChoose)));
    let options = options(nothing.into_iter().chain(choices), &chosen);
    view! {
        <div class="select">
            <select id=parts.id() name=field.name autocomplete=field.autofill required=field.required
                disabled=field.fixed aria-describedby=parts.described_by() aria-invalid=parts.invalid()>
                {options}
            </select>
            <Icon name="chevron-down"/>
        </div>
    }
    .into_any()
}

/// The entries of a select.
pub fn options(choices: impl IntoIterator<Item = Choice>, chosen: &str) -> AnyView {
    let options = choices.into_iter().map(|choice| {
        let selected = choice.value == chosen;
        view! { <option value=choice.value selected=selected disabled=choice.disabled>{choice.label}</option> }
    });
    options.collect_view().into_any()
}

/// A box to tick or a switch, with its text beside it.
fn tick(state: FormState, field: Field, switch: bool) -> AnyView {
    let parts = Parts::new(state, &field);
    let checked = state.checked(&field.name, !field.value.is_empty());
    view! {
        <div class="field full">
            <label class=if switch { "switch" } else { "check" }>
                <input type="checkbox" role=switch.then_some("switch") id=parts.id() name=field.name
                    checked=checked required=field.required disabled=field.fixed
                    aria-describedby=parts.described_by() aria-invalid=parts.invalid()/>
                <span>{field.label}</span>
            </label>
            {parts.error()}
            {parts.help(field.help)}
        </div>
    }
    .into_any()
}

/// Choices that are all seen, with what each means.
fn radio(state: FormState, field: Field, choices: Vec<Choice>) -> AnyView {
    let parts = Parts::new(state, &field);
    let chosen = state.value(&field.name, field.value);
    let options = choices.into_iter().enumerate().map(|(index, choice)| {
        let id = if index == 0 { parts.id() } else { format!("{}-{index}", parts.id()) };
        let checked = choice.value == chosen;
        view! {
            <label class="option">
                <input type="radio" id=id name=field.name.clone() value=choice.value checked=checked
                    required=field.required disabled=choice.disabled/>
                <span><b>{choice.label}</b><small>{choice.help}</small></span>
            </label>
        }
    });
    let options = options.collect_view().into_any();
    group(parts, field.label, field.help, options)
}

/// Boxes in groups.
fn boxes(state: FormState, field: Field, groups: Vec<ChoiceGroup>) -> AnyView {
    let parts = Parts::new(state, &field);
    let chosen = state.value(&field.name, field.value);
    let chosen: Vec<&str> = chosen.split(',').collect();
    let name = format!("{}[]", field.name);
    let mut first = Some(parts.id());
    let mut tick = |choice: Choice| {
        let checked = chosen.contains(&choice.value.as_str());
        view! {
            <label class="check">
                <input type="checkbox" id=first.take() name=name.clone() value=choice.value checked=checked
                    disabled=choice.disabled/>
                <span>{choice.label}<small>{choice.help}</small></span>
            </label>
        }
    };
    let groups = groups.into_iter().map(|group| {
        let boxes = group.choices.into_iter().map(&mut tick).collect_view();
        let heading = (!group.label.is_empty()).then(|| view! { <h4>{group.label}</h4> });
        view! { <div class="boxes">{heading}{boxes}</div> }
    });
    let groups = groups.collect_view().into_any();
    group(parts, field.label, field.help, groups)
}

fn group(parts: Parts, label: String, help: String, content: AnyView) -> AnyView {
    view! {
        <fieldset class="field full" aria-describedby=parts.described_by()>
            <legend>{label}</legend>
            {content}
            {parts.error()}
            {parts.help(help)}
        </fieldset>
    }
    .into_any()
}
