//! A lock as a form asks for it.
use super::rule::{Rule, RuleKind};
use crate::{Error, Result, reference};
use model::{
    FieldError, Input,
    check::{self, Fault},
    settings::{Document, Field, Kind, Section, Value, compact, validate},
};
use serde::{Deserialize, Serialize};

/// The most values that one may choose among.
const MOST: u32 = 50;
/// The longest reason, in characters.
pub const REASON: u32 = 300;

/// A lock that is to be set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The section's key.
    pub section: String,
    /// The field's key.
    pub field: String,
    /// What it may hold.
    pub rule: Rule,
    /// Why.
    pub reason: String,
    /// The version that it was made from; 0 where there was no lock.
    pub version: i64,
}

/// What was typed: the field's own controls, and `lock.rule`, `lock.one_of`, `lock.min`,
/// `lock.max`, `lock.reason`.
#[derive(Clone, Copy, Debug)]
pub struct RuleForm<'a> {
    /// The texts by name.
    pub input: &'a Input,
    /// The ticked values, where there are boxes for them.
    pub ticked: &'a [String],
    /// The version that it was made from.
    pub version: i64,
}

impl RuleForm<'_> {
    fn text(&self, name: &str) -> &str {
        self.input.get(name).map_or("", |text| text.trim())
    }
}

/// The lock that a form stands for.
///
/// # Errors
/// [`Error::Invalid`] with all faults (`lock.rule`, `lock.one_of`, `lock.min`, `lock.max`,
/// `lock.reason` and the field's own controls); [`Error::NotFound`] for a field that cannot be
/// locked.
pub fn draft(
    section: &'static Section,
    field: &'static Field,
    form: &RuleForm<'_>,
) -> Result<Draft> {
    if RuleKind::of(field).is_empty() {
        return Err(Error::NotFound);
    }
    let wrong = |name: &str, fault| vec![FieldError::new(name, fault)];
    let rule = match RuleKind::read(field, form.text("lock.rule")) {
        Some(RuleKind::Value) => only(section, field, form),
        Some(RuleKind::OneOf) => {
            one_of(section, field, form).map_err(|fault| wrong("lock.one_of", fault))
        }
        Some(RuleKind::Range) => range(field, form),
        None => Err(wrong("lock.rule", Fault::Required)),
    };
    let reason = form.text("lock.reason");
    let reasoned = check::required(reason, REASON).map_err(|fault| wrong("lock.reason", fault));
    match (rule, reasoned) {
        (Ok(rule), Ok(())) => Ok(Draft {
            section: section.key.to_owned(),
            field: field.key.to_owned(),
            rule,
            reason: reason.to_owned(),
            version: form.version,
        }),
        (rule, reasoned) => {
            let faults = rule.err().into_iter().chain(reasoned.err()).flatten();
            Err(Error::Invalid(faults.collect()))
        }
    }
}

fn only(
    section: &'static Section,
    field: &'static Field,
    form: &RuleForm<'_>,
) -> Result<Rule, Vec<FieldError>> {
    let value = field.read(form.input).unwrap_or_else(|| field.parse(""));
    let faults = faults(section, field, &value);
    if !faults.is_empty() {
        return Err(faults);
    }
    let mut document = Document::from([(field.key.to_owned(), value)]);
    compact(&mut document);
    Ok(Rule::Value(document.remove(field.key).unwrap_or_else(|| field.default_value())))
}

fn one_of(
    section: &'static Section,
    field: &'static Field,
    form: &RuleForm<'_>,
) -> Result<Rule, Fault> {
    let lines = form.text("lock.one_of").lines().chain(form.ticked.iter().map(String::as_str));
    let mut values: Vec<Value> = Vec::new();
    for line in lines.map(str::trim).filter(|line| !line.is_empty()) {
        let value = field.parse(line);
        if let Some(error) = faults(section, field, &value).first() {
            return Err(error.fault);
        }
        if !values.contains(&value) {
            values.push(value);
        }
    }
    match values.len() {
        0 => Err(Fault::Required),
        count if count > MOST as usize => Err(Fault::TooMany { max: MOST }),
        _ => Ok(Rule::OneOf(values)),
    }
}

fn range(field: &Field, form: &RuleForm<'_>) -> Result<Rule, Vec<FieldError>> {
    let Kind::Number { min: least, max: greatest } = field.kind else {
        return Err(vec![FieldError::new("lock.rule", Fault::Choice)]);
    };
    let end = |name: &str, or: i64| match form.text(name) {
        "" => Ok(or),
        text => check::number(text, least, greatest)
            .map(|()| text.parse().unwrap_or(or))
            .map_err(|fault| FieldError::new(name, fault)),
    };
    match (end("lock.min", least), end("lock.max", greatest)) {
        (Ok(min), Ok(max)) if min <= max => Ok(Rule::Range { min, max }),
        (Ok(min), Ok(_)) => {
            Err(vec![FieldError::new("lock.max", Fault::Number { min, max: greatest })])
        }
        (min, max) => Err(min.err().into_iter().chain(max.err()).collect()),
    }
}

/// The faults of a value of this field.
fn faults(section: &'static Section, field: &'static Field, value: &Value) -> Vec<FieldError> {
    let document = Document::from([(field.key.to_owned(), value.clone())]);
    let mut faults = validate(section, &document, |field, value| match field.kind {
        Kind::Select(source) => reference::known(source, value),
        _ => true,
    });
    let cells = format!("{}.", field.key);
    faults.retain(|error| error.field == field.key || error.field.starts_with(&cells));
    faults
}
