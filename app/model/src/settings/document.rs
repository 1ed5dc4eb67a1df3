use super::Section;
use serde::{Deserialize, Serialize};
use std::{borrow::Cow, collections::BTreeMap};

/// One object of a list: texts by column key.
pub type Row = BTreeMap<String, String>;

/// One entry of a list.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Entry {
    /// A word or line.
    Text(String),
    /// An object.
    Row(Row),
}

/// The value of one setting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// On or off.
    Flag(bool),
    /// Every kind that is neither a flag nor a list; empty when nothing was entered.
    Text(String),
    /// Several of a kind, in order.
    List(Vec<Entry>),
}

impl Value {
    /// The value as one form field carries it: a flag that is on is `on`, of a list of texts each
    /// stands on a line. Lists of objects have a field for each of their cells.
    pub fn as_input(&self) -> Cow<'_, str> {
        match self {
            Value::Flag(true) => "on".into(),
            Value::Flag(false) => "".into(),
            Value::Text(text) => text.into(),
            Value::List(entries) => {
                let lines = entries.iter().filter_map(|entry| match entry {
                    Entry::Text(text) => Some(text.as_str()),
                    Entry::Row(_) => None,
                });
                lines.collect::<Vec<_>>().join("\n").into()
            }
        }
    }

    /// The text; empty for other kinds.
    pub fn text(&self) -> &str {
        if let Value::Text(text) = self { text } else { "" }
    }

    /// The entries; none for other kinds.
    pub fn entries(&self) -> &[Entry] {
        if let Value::List(entries) = self { entries } else { &[] }
    }

    /// The objects of a list.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.entries().iter().filter_map(|entry| match entry {
            Entry::Row(row) => Some(row),
            Entry::Text(_) => None,
        })
    }

    /// Whether nothing was entered.
    pub fn is_empty(&self) -> bool {
        match self {
            Value::Flag(flag) => !flag,
            Value::Text(text) => text.is_empty(),
            Value::List(entries) => entries.is_empty(),
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(text.to_owned())
    }
}

/// The values of a section by field key.
pub type Document = BTreeMap<String, Value>;

/// What a field of a typed settings struct may be.
pub trait FromValue: Sized {
    /// The value, or this type's empty one where the document holds another kind.
    fn from_value(value: &Value) -> Self;
}

impl FromValue for String {
    fn from_value(value: &Value) -> String {
        value.text().to_owned()
    }
}

impl FromValue for bool {
    fn from_value(value: &Value) -> bool {
        *value == Value::Flag(true)
    }
}

impl FromValue for i64 {
    fn from_value(value: &Value) -> i64 {
        value.text().parse().unwrap_or_default()
    }
}

impl FromValue for Vec<String> {
    fn from_value(value: &Value) -> Vec<String> {
        let texts = value.entries().iter().filter_map(|entry| match entry {
            Entry::Text(text) => Some(text.clone()),
            Entry::Row(_) => None,
        });
        texts.collect()
    }
}

impl FromValue for Vec<Row> {
    fn from_value(value: &Value) -> Vec<Row> {
        value.rows().cloned().collect()
    }
}

/// The value of `key`, or its default where the document lacks it.
pub fn typed<T: FromValue>(section: &Section, document: &Document, key: &str) -> T {
    match document.get(key) {
        Some(value) => T::from_value(value),
        None => {
            T::from_value(&section.field(key).map_or(Value::Flag(false), |f| f.default_value()))
        }
    }
}
