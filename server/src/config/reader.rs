//! Reads keys from a file and the environment and collects every fault on the way.
use std::{collections::BTreeSet, fmt};

/// What every variable of ours begins with.
pub const PREFIX: &str = "STORE_MANAGER_";

/// One wrong value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The key, and the variable if the value came from there.
    pub place: String,
    /// What is wrong with its value; never the value of a secret.
    pub what: String,
}

/// The configuration cannot be used; all its faults.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Invalid(pub Vec<Fault>);

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the configuration is not valid:")?;
        self.0.iter().try_for_each(|fault| write!(f, "\n  {}: {}", fault.place, fault.what))
    }
}

/// A file's table beside an environment.
pub(super) struct Reader<'a> {
    table: toml::Table,
    variable: &'a dyn Fn(&str) -> Option<String>,
    known: BTreeSet<&'static str>,
    faults: Vec<Fault>,
}

impl<'a> Reader<'a> {
    /// A reader of `file`'s text. An unreadable file is a fault like any other.
    pub(super) fn new(file: &str, variable: &'a dyn Fn(&str) -> Option<String>) -> Reader<'a> {
        let mut reader = Reader {
            table: toml::Table::new(),
            variable,
            known: BTreeSet::new(),
            faults: Vec::new(),
        };
        match file.parse() {
            Ok(table) => reader.table = table,
            Err(error) => {
                // Without the excerpt of the file that its Display shows: it may be a password.
                let error: toml::de::Error = error;
                let line = error.span().map_or(1, |span| line_of(file, span.start));
                reader.fault(format!("line {line}"), error.message());
            }
        }
        reader
    }

    /// The value of `key`; `default` when neither the environment nor the file sets it, or when
    /// what they set is wrong.
    pub(super) fn get<T>(
        &mut self,
        key: &'static str,
        default: T,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> T {
        self.known.insert(key);
        let variable = format!("{PREFIX}{}", key.to_uppercase());
        let (place, text) = match (self.variable)(&variable) {
            Some(text) => (variable, Ok(text)),
            None => (key.to_owned(), self.table.get(key).map_or(Ok(String::new()), flat)),
        };
        let parsed = text.and_then(|text| match text.trim() {
            "" => Ok(None),
            text => parse(text).map(Some),
        });
        match parsed {
            Ok(value) => value.unwrap_or(default),
            Err(what) => {
                self.fault(place, &what);
                default
            }
        }
    }

    /// Notes that `place` is wrong.
    pub(super) fn fault(&mut self, place: impl Into<String>, what: &str) {
        self.faults.push(Fault { place: place.into(), what: what.to_owned() });
    }

    /// `Ok` when nothing was wrong. Keys of the file that nobody asked for are wrong too.
    pub(super) fn finish(mut self) -> Result<(), Invalid> {
        let unknown: Vec<String> =
            self.table.keys().filter(|key| !self.known.contains(key.as_str())).cloned().collect();
        for key in unknown {
            self.fault(key, "is not a key that Store Manager knows");
        }
        if self.faults.is_empty() { Ok(()) } else { Err(Invalid(self.faults)) }
    }
}

/// A value of the file as the text that the environment would hold.
fn flat(value: &toml::Value) -> Result<String, String> {
    match value {
        toml::Value::String(text) => Ok(text.clone()),
        toml::Value::Integer(number) => Ok(number.to_string()),
        toml::Value::Array(items) => {
            let texts: Option<Vec<&str>> = items.iter().map(toml::Value::as_str).collect();
            texts.map(|texts| texts.join(",")).ok_or_else(|| "must be a list of texts".to_owned())
        }
        _ => Err("must be a text, a number or a list of texts".to_owned()),
    }
}

fn line_of(text: &str, at: usize) -> usize {
    1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count()
}
