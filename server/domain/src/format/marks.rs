//! The marks in numbers.
use model::text::Lang;

/// What stands between groups of three digits and before a fraction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Marks {
    group: &'static str,
    decimal: &'static str,
    /// Shorter whole numbers have no groups.
    grouped_from: usize,
}

impl Marks {
    /// The marks of a number format of the settings; as the language has it where it is none.
    pub(super) fn of(format: &str, lang: Lang) -> Marks {
        let always = |group, decimal| Marks { group, decimal, grouped_from: 4 };
        match (format, lang) {
            ("1,234.56", _) => always(",", "."),
            ("1.234,56", _) => always(".", ","),
            ("1 234,56", _) => always("\u{a0}", ","),
            ("1'234.56", _) => always("\u{2019}", "."),
            // Unicode CLDR; Spanish and Polish write 1234, but 12 345.
            (_, Lang::En) => always(",", "."),
            (_, Lang::Es) => Marks { grouped_from: 5, ..always(".", ",") },
            (_, Lang::Fr) => always("\u{202f}", ","),
            (_, Lang::Pl) => Marks { grouped_from: 5, ..always("\u{a0}", ",") },
        }
    }

    /// `units` of ten to the power of `-digits`.
    pub(super) fn decimal(self, units: i64, digits: u32) -> String {
        let one = 10_u64.checked_pow(digits).unwrap_or(1);
        let (whole, rest) = (units.unsigned_abs() / one, units.unsigned_abs() % one);
        let sign = if units < 0 { "\u{2212}" } else { "" };
        let whole = self.groups(&whole.to_string());
        if digits == 0 {
            return format!("{sign}{whole}");
        }
        let width = usize::try_from(digits).unwrap_or_default();
        format!("{sign}{whole}{}{rest:0width$}", self.decimal)
    }

    fn groups(self, digits: &str) -> String {
        if digits.len() < self.grouped_from {
            return digits.to_owned();
        }
        let mut text = String::with_capacity(digits.len() * 2);
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                text.push_str(self.group);
            }
            text.push(digit);
        }
        text
    }
}
