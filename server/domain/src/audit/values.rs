//! Values as people read them.
use super::{query::SETTINGS, store, words};
use crate::{Domain, access::Person, db::Conn, format, settings};
use model::{
    access::{OrganizationRole, Permission, StoreRole},
    settings::{Field, sections},
    text::{Key, Lang, Texts},
    view::Theme,
};
use serde_json::Value;
use std::collections::BTreeMap;

/// Names looked up for a page at most; further ones are shown by their identifiers.
const NAMES: usize = 200;

/// Who reads.
#[derive(Clone, Debug)]
pub struct Reader {
    /// Their texts.
    pub t: Texts,
    /// Their time zone.
    pub zone: String,
}

impl Reader {
    /// A person who reads in this language.
    pub fn of(t: Texts, person: &Person) -> Reader {
        let zone = match person.time_zone.as_str() {
            "" => "UTC",
            zone => zone,
        };
        Reader { t, zone: zone.to_owned() }
    }
}

/// A value before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What it is the value of.
    pub field: String,
    /// As it was.
    pub old: String,
    /// As it is.
    pub new: String,
}

impl Difference {
    /// In a line: "Role: Marketer → Administrator".
    pub(super) fn line(&self, t: Texts) -> String {
        let none = t.get(Key::CommonNone);
        match (self.old == none, self.new == none) {
            (true, _) => format!("{}: {}", self.field, format::short(&self.new)),
            (false, true) => format!("{}: {}", self.field, format::short(&self.old)),
            _ => format!(
                "{}: {} → {}",
                self.field,
                format::short(&self.old),
                format::short(&self.new)
            ),
        }
    }
}

/// The names of what entries speak of, by identifier.
#[derive(Debug, Default)]
pub(super) struct Names(BTreeMap<String, String>);

impl Names {
    /// Looks up whom and which stores these entries speak of; stores of other organizations have
    /// no name here.
    pub(super) async fn of(
        domain: &Domain,
        chain: &str,
        entries: &[store::Entry],
    ) -> crate::Result<Names> {
        let mut names = BTreeMap::new();
        for entry in entries {
            for id in [Some(&entry.actor), entry.store_id.as_ref(), Some(&entry.subject)] {
                collect(id.map_or("", String::as_str), &mut names);
            }
            for text in [&entry.old_value, &entry.new_value] {
                walk(&parse(text), &mut |text| collect(text, &mut names));
            }
        }
        let read = async |conn: &mut Conn<'_>| {
            for (id, name) in names.iter_mut().take(NAMES) {
                let row = match &id[..4] {
                    "per_" => store::person_name(conn, id).await?,
                    "rol_" => store::role_name(conn, chain, id).await?,
                    _ => store::store_name(conn, chain, id).await?,
                };
                *name = row.map(|row| row.name.trim().to_owned()).unwrap_or_default();
            }
            Ok(())
        };
        domain.db.read(read).await?;
        names.retain(|_, name| !name.is_empty());
        Ok(Names(names))
    }

    pub(super) fn get(&self, id: &str) -> Option<&str> {
        self.0.get(id).map(String::as_str)
    }
}

fn collect(text: &str, names: &mut BTreeMap<String, String>) {
    if ["per_", "sto_", "rol_"].iter().any(|prefix| text.starts_with(prefix)) {
        names.entry(text.to_owned()).or_default();
    }
}

fn walk(value: &Value, found: &mut impl FnMut(&str)) {
    match value {
        Value::String(text) => found(text),
        Value::Array(items) => items.iter().for_each(|item| walk(item, found)),
        Value::Object(fields) => fields.values().for_each(|item| walk(item, found)),
        _ => {}
    }
}

fn parse(text: &str) -> Value {
    // What is no JSON was not written by us; it is shown as it is.
    serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.to_owned()))
}

/// Old and new value of each field that an entry speaks of.
pub(super) fn differences(reader: &Reader, names: &Names, entry: &store::Entry) -> Vec<Difference> {
    let (old, new) = (parse(&entry.old_value), parse(&entry.new_value));
    let section = sections().find(|s| entry.action == SETTINGS && s.key == entry.subject);
    let field = |name: &str| section.and_then(|section| section.field(name));
    let mut fields: Vec<&String> = Vec::new();
    for side in [&old, &new] {
        let Value::Object(values) = side else { continue };
        fields.extend(values.keys().filter(|name| values.len() < 200 && !name.is_empty()));
    }
    let plain = |side: &Value| !matches!(side, Value::Null | Value::Object(_));
    if plain(&old) || plain(&new) {
        let name = whole(&entry.action);
        return vec![Difference {
            field: words::field(reader.t, name),
            old: readable(reader, names, name, &old),
            new: readable(reader, names, name, &new),
        }];
    }
    let mut seen = std::collections::BTreeSet::new();
    fields.retain(|name| seen.insert(name.as_str()));
    let difference = |name: &String| {
        let side = |side: &Value| {
            let value = side.get(name).unwrap_or(&Value::Null);
            match field(name) {
                Some(field) => setting(reader, field, value),
                None => readable(reader, names, name, value),
            }
        };
        let label = field(name).map(|field| reader.t.get(field.label).to_owned());
        let label = label.unwrap_or_else(|| words::field(reader.t, name));
        Difference { field: label, old: side(&old), new: side(&new) }
    };
    fields.into_iter().map(difference).collect()
}

/// What an action changes whose values have no names.
fn whole(action: &str) -> &str {
    match action {
        "person.language.change" => "language",
        "person.theme.change" => "theme",
        _ => "",
    }
}

fn setting(reader: &Reader, field: &Field, value: &Value) -> String {
    let t = reader.t;
    match serde_json::from_value::<model::settings::Value>(value.clone()) {
        Ok(value) if field.is_toggle() || !value.is_empty() => settings::shown(t, field, &value, 0),
        _ => t.get(Key::CommonNone).to_owned(),
    }
}

fn on_off(t: Texts, on: bool) -> String {
    t.get(if on { Key::AuditOn } else { Key::AuditOff }).to_owned()
}

/// Values under these names are never shown, whoever wrote them there.
fn secret(name: &str) -> bool {
    ["password", "secret", "token", "hash", "credential", "recovery"]
        .iter()
        .any(|word| name.contains(word))
}

fn readable(reader: &Reader, names: &Names, name: &str, value: &Value) -> String {
    let t = reader.t;
    match value {
        Value::Null => t.get(Key::CommonNone).to_owned(),
        Value::Bool(on) => on_off(t, *on),
        Value::String(text) if text.is_empty() => t.get(Key::CommonNone).to_owned(),
        Value::Number(number) => {
            let time = ["_at", "_since", "_until"].iter().any(|end| name.ends_with(end))
                || matches!(name, "ends" | "expires" | "until");
            match number.as_i64().filter(|_| time) {
                Some(at) => format::date_time(t, &reader.zone, at),
                None => number.to_string(),
            }
        }
        _ if secret(name) => "•••".to_owned(),
        Value::String(text) => word(t, names, name, text),
        Value::Array(items) if items.is_empty() => t.get(Key::CommonNone).to_owned(),
        Value::Array(items) => {
            let items = items.iter().map(|item| readable(reader, names, name, item));
            items.collect::<Vec<_>>().join(", ")
        }
        Value::Object(fields) => {
            let fields = fields.iter().map(|(name, value)| {
                let label = words::field(t, &named(names, name));
                format!("{label}: {}", readable(reader, names, name, value))
            });
            fields.collect::<Vec<_>>().join("; ")
        }
    }
}

fn named(names: &Names, name: &str) -> String {
    names.get(name).unwrap_or(name).to_owned()
}

fn word(t: Texts, names: &Names, name: &str, text: &str) -> String {
    if let Some(name) = names.get(text) {
        return name.to_owned();
    }
    let known = match name {
        "language" => Lang::from_code(text).map(|lang| lang.endonym().to_owned()),
        "theme" => Theme::from_code(text).map(|theme| t.get(theme_label(theme)).to_owned()),
        "permissions" => Permission::from_code(text).map(|p| t.get(p.label()).to_owned()),
        "organization_role" => {
            OrganizationRole::from_code(text).map(|role| t.get(role.label()).to_owned())
        }
        _ if name.ends_with("role") || name == "stores" || name.starts_with("sto_") => {
            let store = StoreRole::from_code(text).map(|role| role.label());
            let label = store.or_else(|| OrganizationRole::from_code(text).map(|r| r.label()));
            label.map(|key| t.get(key).to_owned())
        }
        _ => None,
    };
    known.unwrap_or_else(|| text.to_owned())
}

fn theme_label(theme: Theme) -> Key {
    match theme {
        Theme::System => Key::NavThemeSystem,
        Theme::Light => Key::NavThemeLight,
        Theme::Dark => Key::NavThemeDark,
    }
}
