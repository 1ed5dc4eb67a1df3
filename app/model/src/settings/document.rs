use super::Section;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The value of one setting.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// On or off.
    Flag(bool),
    /// Every other kind; empty when nothing was entered.
    Text(String),
}

impl Value {
    /// The value as a form field carries it: a flag that is on is `on`.
    pub fn as_input(&self) -> &str {
        match self {
            Value::Flag(true) => "on",
            Value::Flag(false) => "",
            Value::Text(text) => text,
        }
    }

    /// Whether nothing was entered.
    pub fn is_empty(&self) -> bool {
        self.as_input().is_empty()
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
        match value {
            Value::Text(text) => text.clone(),
            Value::Flag(_) => String::new(),
        }
    }
}

impl FromValue for bool {
    fn from_value(value: &Value) -> bool {
        *value == Value::Flag(true)
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
