use super::{Document, Field, Kind, Section, Value};
use crate::{
    FieldError, Input,
    check::{self, Fault},
};

/// The document that a form's `input` stands for: every field of the section and nothing else.
/// A field that the form lacks keeps its value in `current`; a toggle that it lacks is off.
pub fn clean(section: &Section, input: &Input, current: &Document) -> Document {
    section
        .fields()
        .map(|field| {
            let value = match (input.get(field.key), field.kind) {
                (Some(text), _) => field.parse(text),
                (None, Kind::Toggle) => Value::Flag(false),
                (None, _) => {
                    current.get(field.key).cloned().unwrap_or_else(|| field.default_value())
                }
            };
            (field.key.to_owned(), value)
        })
        .collect()
}

/// Every fault of a document, in the section's order. Whether a choice exists only the server can
/// tell: `known(field, value)` answers that; in the browser it answers yes.
pub fn validate(
    section: &Section,
    document: &Document,
    known: impl Fn(&Field, &str) -> bool,
) -> Vec<FieldError> {
    section
        .fields()
        .filter_map(|field| {
            let value = document.get(field.key).cloned().unwrap_or_else(|| field.default_value());
            let fault = fault(field, &value, &known)?;
            Some(FieldError::new(field.key, fault))
        })
        .collect()
}

fn fault(field: &Field, value: &Value, known: impl Fn(&Field, &str) -> bool) -> Option<Fault> {
    let Value::Text(text) = value else {
        return (field.kind != Kind::Toggle).then_some(Fault::Choice);
    };
    if text.is_empty() {
        return field.required.then_some(Fault::Required);
    }
    if let Err(fault) = check::plain(text, field.max, field.kind == Kind::Lines) {
        return Some(fault);
    }
    match field.kind {
        Kind::Text | Kind::Lines => None,
        Kind::Email => check::email(text).err(),
        Kind::Url { hosts } => check::url(text, hosts).err(),
        Kind::Phone => check::phone(text).err(),
        Kind::Select(_) | Kind::Image => (!known(field, text)).then_some(Fault::Choice),
        Kind::Toggle => Some(Fault::Choice),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{SECTIONS, Settings, StoreDetails};

    fn input(pairs: &[(&str, &str)]) -> Input {
        pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
    }

    #[test]
    fn keys_of_sections_and_fields_are_unique_and_spelled_alike() {
        let spelled = |key: &str| {
            key.bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || b == b'-')
        };
        for (index, section) in SECTIONS.iter().enumerate() {
            assert!(spelled(section.key));
            assert!(SECTIONS[..index].iter().all(|s| s.key != section.key), "{}", section.key);
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
        assert_eq!((details.street.as_str(), details.currency.as_str()), ("a\nb", "EUR"));
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
