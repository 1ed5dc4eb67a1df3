//! The form of a section: its declared fields as the form's controls know them.
use super::{api::Save, notes::note};
use crate::path::Path;
use leptos::server_fn::ServerFn;
use model::{
    panel::{self, Form, Link},
    settings::{Field, Item, Kind, Place, Row, Section, Value},
    text::{Key, Texts},
    view::SectionView,
};

/// Lines that are empty at the end of a list of objects, for further ones.
const SPARE: usize = 2;

/// The form of a section, a card for each of its groups.
pub fn form(t: Texts, place: &Place, section: &Section, view: &SectionView) -> Form {
    let mut fields = Vec::new();
    for group in section.groups {
        let before = fields.len();
        for field in group.fields {
            let from = fields.len();
            fields.extend(described(t, field, view));
            let note = note(t, place, section, field, view);
            if let Some(first) = fields.get_mut(from) {
                first.note = note;
            }
        }
        if let Some(first) = fields.get_mut(before) {
            first.group = Some(t.get(group.title).to_owned());
        }
    }
    let here = Path::section(place, section);
    let belongs = match place {
        Place::Store(_) => "_store",
        Place::Organization(_) => "_organization",
    };
    let form = Form::new(Save::PATH, t.get(Key::CommonSave))
        .hidden(belongs, place.id())
        .hidden("_group", section.group.key())
        .hidden("_section", section.key)
        .hidden("_version", view.version)
        .cancel(Link::button(t.get(Key::CommonDiscard), here).external());
    let form =
        held(section, view).into_iter().fold(form, |form, (name, value)| form.hidden(&name, value));
    let form = Form { fields, cards: true, multipart: true, guarded: view.editable, ..form };
    if view.editable { form } else { Form { buttons: Vec::new(), cancel: None, ..form } }
}

/// The values of locked fields whose controls a browser does not send: a disabled switch would look
/// as if it had been turned off.
fn held(section: &Section, view: &SectionView) -> Vec<(String, String)> {
    let fixed = section.fields().filter(|field| locked(field, view));
    let unsent = fixed
        .filter(|field| matches!(field.kind, Kind::Select(_) | Kind::Choice(_) | Kind::Toggle));
    let value = |field: &Field| view.values.get(field.key).map(|value| value.as_input().into());
    unsent.filter_map(|field| Some((field.key.to_owned(), value(field)?))).collect()
}

/// Whether the organization leaves nothing to choose.
fn locked(field: &Field, view: &SectionView) -> bool {
    view.notes.get(field.key).is_some_and(|note| note.fixed)
}

/// The controls of a field: one, or one for each cell of a list of objects.
pub fn described(t: Texts, field: &'static Field, view: &SectionView) -> Vec<panel::Field> {
    let stored = view.values.get(field.key).cloned().unwrap_or_else(|| field.default_value());
    let mut controls = match field.kind {
        Kind::Rows(columns) => rows(t, field, columns, &stored, view),
        _ => vec![control(t, field, &stored, view)],
    };
    if locked(field, view) {
        controls.iter_mut().for_each(|control| control.fixed = true);
    }
    controls
}

fn control(t: Texts, field: &Field, stored: &Value, view: &SectionView) -> panel::Field {
    let help = field.help.map(|key| t.get(key).to_owned()).unwrap_or_default();
    let help = match field.kind {
        Kind::Secret if !stored.is_empty() => joined(&help, t.get(Key::SettingsSecretKept)),
        Kind::Tags(_) => joined(&help, t.get(Key::SettingsTagsHelp)),
        _ => help,
    };
    let value = if field.is_secret() { String::new() } else { stored.as_input().into_owned() };
    panel::Field {
        name: field.key.to_owned(),
        kind: kind(t, field, stored, view),
        label: t.get(field.label).to_owned(),
        help,
        value,
        required: field.required && !field.is_secret(),
        fixed: !view.editable,
        // A list may have many entries; each is checked when it is saved.
        max: if matches!(field.kind, Kind::Tags(_)) { 20_000 } else { field.max },
        autofill: field.autofill.to_owned(),
        half: field.half,
        group: None,
        note: None,
    }
}

fn joined(one: &str, other: &str) -> String {
    format!("{one} {other}").trim().to_owned()
}

fn kind(t: Texts, field: &Field, stored: &Value, view: &SectionView) -> panel::Kind {
    let choices = view.choices.get(field.key);
    match field.kind {
        // A colour can be seen and not changed only as text.
        Kind::Color { .. } if locked(field, view) => panel::Kind::Text,
        Kind::Text | Kind::Email | Kind::Url { .. } | Kind::Phone | Kind::Color { .. }
            if choices.is_some() =>
        {
            // The organization lets one choose among few.
            panel::Kind::Select(choices.cloned().unwrap_or_default().into())
        }
        Kind::Email => panel::Kind::Email,
        Kind::Url { hosts } => {
            panel::Kind::Url(hosts.iter().map(|host| (*host).to_owned()).collect())
        }
        Kind::Phone => panel::Kind::Phone,
        Kind::Lines => panel::Kind::Lines(2),
        Kind::Rich => panel::Kind::Lines(8),
        Kind::Tags(Item::Text | Item::Email) => panel::Kind::Lines(4),
        Kind::Select(_) | Kind::Choice(_) => {
            panel::Kind::Select(choices.cloned().unwrap_or_default().into())
        }
        Kind::Toggle => panel::Kind::Toggle,
        Kind::Number { .. } => panel::Kind::Number,
        Kind::Color { .. } => panel::Kind::Color,
        Kind::Secret => {
            let forget = t.get(Key::SettingsSecretForget).to_owned();
            panel::Kind::Secret((!stored.is_empty()).then_some(forget))
        }
        Kind::Image => panel::Kind::Image(match stored.text() {
            "" => String::new(),
            id => Path::Image(id.to_owned()).to_string(),
        }),
        Kind::Text | Kind::Rows(_) => panel::Kind::Text,
    }
}

/// The cells of a list of objects, and some empty ones for further objects.
fn rows(
    t: Texts,
    field: &'static Field,
    columns: &'static [Field],
    stored: &Value,
    view: &SectionView,
) -> Vec<panel::Field> {
    let stored: Vec<&Row> = stored.rows().collect();
    let spare = if view.editable { SPARE } else { 0 };
    let count = (stored.len() + spare).min(field.most as usize);
    let cell = |number: usize, column: &'static Field| {
        let text = stored.get(number).and_then(|row| row.get(column.key));
        let value = Value::from(text.map_or("", String::as_str));
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        let shown = (u64::from(number) + 1).to_string();
        let label = [("label", t.get(column.label)), ("number", &shown)];
        panel::Field {
            name: field.cell(number, column),
            label: t.fill(Key::SettingsRow, &label),
            required: false,
            half: true,
            ..control(t, column, &value, view)
        }
    };
    let heading = panel::Field {
        name: field.key.to_owned(),
        kind: panel::Kind::Heading,
        label: t.get(field.label).to_owned(),
        help: field.help.map(|key| t.get(key).to_owned()).unwrap_or_default(),
        ..panel::Field::default()
    };
    let numbers = 0..count;
    let cells = numbers.flat_map(|number| columns.iter().map(move |column| (number, column)));
    [heading].into_iter().chain(cells.map(|(number, column)| cell(number, column))).collect()
}
