//! Writes the file: what is stored, in the order of the registry, with an explanation of each key.
use super::{
    FORMAT, Who,
    survey::{Part, Survey, survey},
};
use crate::{Domain, Result, db::Conn, settings};
use model::{
    settings::{Document, Entry, Field, Kind, Place, Section, Value},
    text::{Key, Texts},
};
use std::fmt::Write as _;

/// How a secret is referred to, as texts name it.
pub(super) const REFERENCES: [(&str, &str); 2] =
    [("env", "{ env = \"NAME\" }"), ("file", "{ file = \"path\" }")];

/// The file of a store or an organization: every section that `who` may see, explained in the
/// language of `t`. Secrets are not in it, only that there is one.
///
/// # Errors
/// [`Error::NotFound`](crate::Error::NotFound) where there is no such place or `who` may not know
/// of it; [`Error::Forbidden`](crate::Error::Forbidden) and
/// [`Error::ForbiddenInOrganization`](crate::Error::ForbiddenInOrganization) where they may see
/// nothing of it.
pub async fn export(domain: &Domain, who: &Who, target: &Place, t: Texts) -> Result<String> {
    let survey = survey(domain, who, target).await?;
    let mut file = head(&survey, t);
    for part in &survey.parts {
        for open in part.sections.iter().filter(|open| open.view) {
            let (scope, section) = (part.place.id(), open.section);
            let read = async |conn: &mut Conn<'_>| Ok(settings::stored(conn, scope, section).await);
            let stored = domain.db.read(read).await??;
            table(&mut file, &survey, part, section, &stored.document, t);
        }
    }
    Ok(file)
}

/// What the file is about and how it is read.
fn head(survey: &Survey, t: Texts) -> String {
    let target = survey.target();
    let about = match target.place {
        Place::Store(_) => Key::CodeHeaderStore,
        Place::Organization(_) => Key::CodeHeaderOrganization,
    };
    let about = t.fill(about, &[("name", &target.name), ("id", target.place.id())]);
    let mut file = String::new();
    for line in [&about, t.get(Key::CodeHeaderMissing), &t.fill(Key::CodeHeaderSecret, &REFERENCES)]
    {
        comment(&mut file, line);
    }
    let _ = writeln!(file, "\nformat = {FORMAT}");
    file
}

fn table(
    file: &mut String,
    survey: &Survey,
    part: &Part,
    section: &'static Section,
    document: &Document,
    t: Texts,
) {
    let _ = writeln!(file);
    let among = matches!(survey.target().place, Place::Organization(_));
    let name = t.get(section.title);
    match &part.place {
        Place::Store(id) if among => {
            comment(file, &format!("{}: {name}", part.name));
            let _ = writeln!(file, "[stores.{id}.{}]", section.key);
        }
        Place::Store(_) => {
            comment(file, name);
            let _ = writeln!(file, "[store.{}]", section.key);
        }
        Place::Organization(_) => {
            comment(file, name);
            let _ = writeln!(file, "[organization.{}]", section.key);
        }
    }
    for field in section.fields() {
        let value = document.get(field.key).cloned().unwrap_or_else(|| field.default_value());
        explain(file, field, t);
        let text = match (field.is_secret(), value.is_empty()) {
            (true, false) => {
                format!("{{ env = {} }}", quoted(&variable(part, among, section, field)))
            }
            _ => written(field, &value),
        };
        let _ = writeln!(file, "{} = {text}", field.key);
    }
}

/// What the field is, in a comment.
fn explain(file: &mut String, field: &Field, t: Texts) {
    let label = t.get(field.label);
    match field.help {
        Some(help) => comment(file, &format!("{label}: {}", t.get(help))),
        None => comment(file, label),
    }
    match field.kind {
        Kind::Choice(options) => {
            let values: Vec<String> = options.iter().map(|option| quoted(option.value)).collect();
            comment(file, &t.fill(Key::CodeOneOf, &[("values", &values.join(", "))]));
        }
        Kind::Number { min, max } => {
            let (min, max) = (min.to_string(), max.to_string());
            comment(file, &t.fill(Key::CodeRange, &[("min", &min), ("max", &max)]));
        }
        _ => {}
    }
}

/// A comment of one line, whatever the text holds.
fn comment(file: &mut String, text: &str) {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let _ = writeln!(file, "# {line}");
}

/// The environment variable that is suggested for a secret.
fn variable(part: &Part, among: bool, section: &Section, field: &Field) -> String {
    let name = format!("{}_{}", section.key, field.key);
    let name = match &part.place {
        Place::Store(id) if among => format!("{id}_{name}"),
        _ => name,
    };
    name.replace('-', "_").to_uppercase()
}

/// A value as it stands in the file.
pub(super) fn written(field: &Field, value: &Value) -> String {
    match value {
        Value::Flag(flag) => flag.to_string(),
        Value::Text(text) => match (field.kind, text.parse::<i64>()) {
            (Kind::Number { .. }, Ok(number)) => number.to_string(),
            _ => quoted(text),
        },
        Value::List(entries) if entries.is_empty() => "[]".to_owned(),
        Value::List(entries) => {
            let lines =
                entries.iter().map(|entry| format!("    {},\n", written_entry(field, entry)));
            format!("[\n{}]", lines.collect::<String>())
        }
    }
}

fn written_entry(field: &Field, entry: &Entry) -> String {
    let (row, columns) = match (entry, field.kind) {
        (Entry::Text(text), _) => return quoted(text),
        (Entry::Row(row), Kind::Rows(columns)) => (row, columns),
        (Entry::Row(_), _) => return quoted(""),
    };
    let cell = |column: &Field| {
        format!("{} = {}", column.key, quoted(row.get(column.key).map_or("", String::as_str)))
    };
    format!("{{ {} }}", columns.iter().map(cell).collect::<Vec<_>>().join(", "))
}

/// A text in quotes, as TOML has it.
fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}
