use super::{Document, Entry, Field, Item, Kind, Row, Section, Value};
use crate::{
    FieldError, Input,
    check::{self, Fault},
};

/// The document that a form's `input` stands for: every field of the section and nothing else.
/// A field that the form lacks keeps its value in `current`; a toggle that it lacks is off. So
/// does a secret, unless the box that forgets it is ticked: see [`secrets`].
pub fn clean(section: &Section, input: &Input, current: &Document) -> Document {
    let kept =
        |field: &Field| current.get(field.key).cloned().unwrap_or_else(|| field.default_value());
    let value = |field: &'static Field| match field.read(input) {
        _ if field.is_secret() && input.contains_key(&forgets(field)) => Value::from(""),
        Some(value) if !field.is_secret() => value,
        _ => kept(field),
    };
    section.fields().map(|field| (field.key.to_owned(), value(field))).collect()
}

/// The name of the box that takes a stored secret away.
pub fn forgets(field: &Field) -> String {
    format!("{}.forget", field.key)
}

/// The secrets that were typed, by field.
pub fn secrets(section: &Section, input: &Input) -> Vec<(&'static Field, String)> {
    let typed = section.fields().filter(|field| field.is_secret()).filter_map(|field| {
        let text = input.get(field.key).filter(|text| !text.is_empty())?;
        Some((field, text.clone()))
    });
    typed.collect()
}

/// Leaves out the rows of lists in which nothing was filled in.
pub fn compact(document: &mut Document) {
    for value in document.values_mut() {
        if let Value::List(entries) = value {
            entries.retain(|entry| !matches!(entry, Entry::Row(row) if blank(row)));
        }
    }
}

fn blank(row: &Row) -> bool {
    row.values().all(String::is_empty)
}

/// Every fault of a document, in the section's order. Whether a choice or an image exists only the
/// server can tell: `known(field, value)` answers that.
pub fn validate(
    section: &Section,
    document: &Document,
    known: impl Fn(&Field, &str) -> bool,
) -> Vec<FieldError> {
    let mut faults = Vec::new();
    for field in section.fields() {
        let value = document.get(field.key).cloned().unwrap_or_else(|| field.default_value());
        match (field.kind, &value) {
            (Kind::Rows(columns), Value::List(_)) => {
                rows(field, columns, &value, &known, &mut faults);
            }
            _ => {
                let fault = fault(field, &value, &known).or_else(|| unreadable(field, document));
                faults.extend(fault.map(|fault| FieldError::new(field.key, fault)));
            }
        }
    }
    faults
}

/// The faults of a list of objects, each at its cell.
fn rows(
    field: &Field,
    columns: &'static [Field],
    value: &Value,
    known: &impl Fn(&Field, &str) -> bool,
    faults: &mut Vec<FieldError>,
) {
    let filled = value.rows().filter(|row| !blank(row)).count();
    let first = columns.first().map_or_else(String::new, |column| field.cell(0, column));
    if filled > field.most as usize {
        faults.push(FieldError::new(first, Fault::TooMany { max: field.most }));
        return;
    }
    if field.required && filled == 0 {
        faults.push(FieldError::new(first, Fault::Required));
    }
    for (number, row) in (0..).zip(value.rows()).filter(|(_, row)| !blank(row)) {
        for column in columns {
            let cell = Value::from(row.get(column.key).map_or("", String::as_str));
            if let Some(fault) = fault(column, &cell, known) {
                faults.push(FieldError::new(field.cell(number, column), fault));
            }
        }
    }
}

/// Whether a colour cannot be read on the one it stands on.
fn unreadable(field: &Field, document: &Document) -> Option<Fault> {
    let Kind::Color { on: Some(on) } = field.kind else { return None };
    let (text, ground) = (document.get(field.key)?.text(), document.get(on)?.text());
    // A ground that is no colour is a fault of its own.
    let contrast = check::contrast(text, ground)?;
    (contrast < check::READABLE).then_some(Fault::Contrast)
}

fn fault(field: &Field, value: &Value, known: impl Fn(&Field, &str) -> bool) -> Option<Fault> {
    match (field.kind, value) {
        (Kind::Toggle, Value::Flag(_)) => None,
        (Kind::Tags(item), Value::List(entries)) => tags(field, item, entries),
        (Kind::Toggle | Kind::Tags(_) | Kind::Rows(_), _) => Some(Fault::Choice),
        (_, Value::Text(text)) if text.is_empty() => field.required.then_some(Fault::Required),
        (_, Value::Text(text)) => text_fault(field, text, known),
        _ => Some(Fault::Choice),
    }
}

fn text_fault(field: &Field, text: &str, known: impl Fn(&Field, &str) -> bool) -> Option<Fault> {
    if let Err(fault) =
        check::plain(text, field.max, matches!(field.kind, Kind::Lines | Kind::Rich))
    {
        return Some(fault);
    }
    match field.kind {
        Kind::Email => check::email(text).err(),
        Kind::Url { hosts } => check::url(text, hosts).err(),
        Kind::Phone => check::phone(text).err(),
        Kind::Color { .. } => check::color(text).err(),
        Kind::Number { min, max } => check::number(text, min, max).err(),
        Kind::Choice(options) => {
            (!options.iter().any(|option| option.value == text)).then_some(Fault::Choice)
        }
        Kind::Select(_) | Kind::Image => (!known(field, text)).then_some(Fault::Choice),
        _ => None,
    }
}

fn tags(field: &Field, item: Item, entries: &[Entry]) -> Option<Fault> {
    if entries.is_empty() {
        return field.required.then_some(Fault::Required);
    }
    if entries.len() > field.most as usize {
        return Some(Fault::TooMany { max: field.most });
    }
    (1..).zip(entries).find_map(|(line, entry)| {
        let Entry::Text(text) = entry else { return Some(Fault::Choice) };
        check::plain(text, field.max, false).err().or_else(|| {
            let wrong = item == Item::Email && check::email(text).is_err();
            wrong.then_some(Fault::EmailLine { line })
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{Settings, StoreDetails, sections};

    fn input(pairs: &[(&str, &str)]) -> Input {
        pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
    }

    #[test]
    fn keys_of_sections_and_fields_are_unique_and_spelled_alike() {
        let spelled = |key: &str| {
            key.bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || b == b'-')
        };
        for (index, section) in sections().enumerate() {
            assert!(spelled(section.key));
            assert!(sections().take(index).all(|s| s.key != section.key), "{}", section.key);
            let keys: Vec<_> = section.fields().map(|f| f.key).collect();
            for (index, key) in keys.iter().enumerate() {
                assert!(spelled(key) && !keys[..index].contains(key), "{key}");
            }
        }
    }

    #[test]
    fn the_struct_reads_what_the_form_stored() {
        let section = StoreDetails::SECTION;
        let document = clean(
            section,
            &input(&[
                ("name", " Casa Ana "),
                ("contact_phone", "0034 915 550 100"),
                ("street", "a\r\nb"),
                ("unknown", "x"),
            ]),
            &Document::new(),
        );
        assert!(!document.contains_key("unknown"));
        let details = StoreDetails::read(&document);
        assert_eq!(
            (details.name.as_str(), details.contact_phone.as_str()),
            ("Casa Ana", "+34915550100")
        );
        assert_eq!(details.street, "a\nb");
    }

    #[test]
    fn all_faults_are_found_at_once() {
        let document = clean(
            StoreDetails::SECTION,
            &input(&[
                ("name", ""),
                ("store_url", "shop"),
                ("contact_email", "x"),
                ("facebook", "https://x.com/a"),
                ("country", "XX"),
            ]),
            &Document::new(),
        );
        let faults = validate(StoreDetails::SECTION, &document, |field, value| {
            field.key != "country" || value != "XX"
        });
        let found: Vec<_> = faults.iter().map(|e| (e.field.as_str(), e.fault)).collect();
        assert_eq!(
            found,
            [
                ("name", Fault::Required),
                ("store_url", Fault::Url),
                ("contact_email", Fault::Email),
                ("country", Fault::Choice),
                ("facebook", Fault::UrlHost),
            ]
        );
    }
}
