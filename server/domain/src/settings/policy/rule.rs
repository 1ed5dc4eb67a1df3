use crate::settings::shown;
use model::{
    settings::{Field, Kind, Value},
    text::{Key, Texts},
};
use serde::{Deserialize, Serialize};

/// What a locked field may hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// This only.
    Value(Value),
    /// One of these.
    OneOf(Vec<Value>),
    /// A number from `min` to `max`.
    Range {
        /// The smallest.
        min: i64,
        /// The largest.
        max: i64,
    },
}

/// A kind of rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleKind {
    /// One value.
    Value,
    /// Some values.
    OneOf,
    /// A range of numbers.
    Range,
}

impl RuleKind {
    /// Its name in forms.
    pub const fn code(self) -> &'static str {
        match self {
            RuleKind::Value => "value",
            RuleKind::OneOf => "one_of",
            RuleKind::Range => "range",
        }
    }

    /// The rules that a field can be locked by; none for what nobody may know (secrets) or what
    /// belongs to one store (images).
    pub const fn of(field: &Field) -> &'static [RuleKind] {
        match field.kind {
            Kind::Secret | Kind::Image => &[],
            Kind::Number { .. } => &[RuleKind::Value, RuleKind::Range],
            Kind::Select(_)
            | Kind::Choice(_)
            | Kind::Text
            | Kind::Email
            | Kind::Url { .. }
            | Kind::Phone
            | Kind::Color { .. } => &[RuleKind::Value, RuleKind::OneOf],
            Kind::Toggle | Kind::Lines | Kind::Rich | Kind::Tags(_) | Kind::Rows(_) => {
                &[RuleKind::Value]
            }
        }
    }

    /// The rule with this name, if the field can be locked so.
    pub fn read(field: &Field, code: &str) -> Option<RuleKind> {
        RuleKind::of(field).iter().copied().find(|kind| kind.code() == code)
    }

    /// Its visible name.
    pub const fn label(self) -> Key {
        match self {
            RuleKind::Value => Key::PoliciesRuleValue,
            RuleKind::OneOf => Key::PoliciesRuleOneOf,
            RuleKind::Range => Key::PoliciesRuleRange,
        }
    }
}

impl Rule {
    /// Of which kind it is.
    pub const fn kind(&self) -> RuleKind {
        match self {
            Rule::Value(_) => RuleKind::Value,
            Rule::OneOf(_) => RuleKind::OneOf,
            Rule::Range { .. } => RuleKind::Range,
        }
    }

    /// Whether a field may hold this.
    pub fn allows(&self, value: &Value) -> bool {
        match self {
            Rule::Value(only) => value == only,
            Rule::OneOf(values) => values.contains(value),
            Rule::Range { min, max } => {
                value.text().parse::<i64>().is_ok_and(|number| (*min..=*max).contains(&number))
            }
        }
    }

    /// What a field that holds `value` is changed to: the same where it is allowed, the nearest
    /// number of a range, else `instead` or the first that is allowed.
    pub fn adjusted(&self, value: &Value, instead: Option<&Value>) -> Value {
        if self.allows(value) {
            return value.clone();
        }
        match self {
            Rule::Value(only) => only.clone(),
            Rule::OneOf(values) => {
                let chosen = instead.filter(|instead| values.contains(instead));
                chosen.or(values.first()).cloned().unwrap_or_else(|| value.clone())
            }
            Rule::Range { min, max } => {
                let number = value.text().parse::<i64>().unwrap_or(*min);
                Value::Text(number.clamp(*min, *max).to_string())
            }
        }
    }

    /// The one value that it allows.
    pub const fn only(&self) -> Option<&Value> {
        if let Rule::Value(value) = self { Some(value) } else { None }
    }

    /// As people read it.
    pub fn shown(&self, t: Texts, field: &Field, now: i64) -> String {
        match self {
            Rule::Value(value) => shown(t, field, value, now),
            Rule::OneOf(values) => {
                let values: Vec<String> = values.iter().map(|v| shown(t, field, v, now)).collect();
                t.fill(Key::PoliciesShownOneOf, &[("values", &values.join(", "))])
            }
            Rule::Range { min, max } => {
                let (min, max) = (min.to_string(), max.to_string());
                t.fill(Key::PoliciesShownRange, &[("min", &min), ("max", &max)])
            }
        }
    }
}
