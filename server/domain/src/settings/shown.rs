use crate::reference;
use model::{
    settings::{Entry, Field, Kind, Row, Value},
    text::{Key, Texts},
};

/// What stands in place of a secret that is set.
const MASK: &str = "••••••";

/// A value as people read it: a choice's label, the entries of a list, never a secret.
pub fn shown(t: Texts, field: &Field, value: &Value, now: i64) -> String {
    match (field.kind, value) {
        (Kind::Toggle, value) => {
            t.get(if value.is_empty() { Key::AuditOff } else { Key::AuditOn }).to_owned()
        }
        (_, value) if value.is_empty() => t.get(Key::ConflictEmpty).to_owned(),
        (Kind::Image, _) => t.get(Key::ConflictImage).to_owned(),
        (Kind::Secret, _) => MASK.to_owned(),
        (Kind::Rows(columns), value) => {
            let rows = value.rows().map(|row| cells(t, columns, row, now));
            rows.collect::<Vec<_>>().join("; ")
        }
        (_, Value::List(entries)) => {
            let texts = entries.iter().filter_map(|entry| match entry {
                Entry::Text(text) => Some(text.as_str()),
                Entry::Row(_) => None,
            });
            texts.collect::<Vec<_>>().join(", ")
        }
        (_, value) => text(t, field, value.text(), now),
    }
}

fn cells(t: Texts, columns: &[Field], row: &Row, now: i64) -> String {
    let cells = columns.iter().filter_map(|column| {
        let cell = row.get(column.key).filter(|cell| !cell.is_empty())?;
        Some(text(t, column, cell, now))
    });
    cells.collect::<Vec<_>>().join(": ")
}

fn text(t: Texts, field: &Field, text: &str, now: i64) -> String {
    match field.kind {
        Kind::Select(source) => {
            let mut known = reference::choices(source, t.lang(), now).into_iter();
            let chosen = known.find(|choice| choice.value == text);
            chosen.map_or_else(|| text.to_owned(), |choice| choice.label)
        }
        Kind::Choice(options) => {
            let chosen = options.iter().find(|option| option.value == text);
            chosen.map_or(text, |option| t.get(option.label)).to_owned()
        }
        _ => text.to_owned(),
    }
}
