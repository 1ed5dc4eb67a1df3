//! Lists of what one can choose from: countries, currencies, time zones, languages. The data are in
//! `data/`, made by `data/generate.mjs`.
mod currency;
#[cfg(test)]
mod tests;
mod zones;

pub use currency::minor_digits;
pub use zones::time_zones;

use model::{panel::Choice, settings::Source, text::Lang};
use std::{collections::BTreeMap, sync::LazyLock};

static COUNTRIES: LazyLock<Names> =
    LazyLock::new(|| Names::read(include_str!("../../data/countries.tsv")));
static CURRENCIES: LazyLock<Names> =
    LazyLock::new(|| Names::read(include_str!("../../data/currencies.tsv")));
static SPOKEN: LazyLock<Names> =
    LazyLock::new(|| Names::read(include_str!("../../data/languages.tsv")));

/// Codes with their names in each language of [`Lang::ALL`].
struct Names(BTreeMap<&'static str, [&'static str; 4]>);

impl Names {
    fn read(table: &'static str) -> Names {
        let rows = table.lines().skip(1).filter_map(|line| {
            let mut columns = line.split('\t');
            let code = columns.next()?;
            let names: Vec<_> = columns.collect();
            Some((code, names.try_into().ok()?))
        });
        Names(rows.collect())
    }

    /// The names in `lang`, in the order in which its readers look them up.
    fn choices(&self, lang: Lang, label: impl Fn(&str, &str) -> String) -> Vec<Choice> {
        let column = Lang::ALL.iter().position(|l| *l == lang).unwrap_or_default();
        let mut named: Vec<_> = self.0.iter().map(|(code, names)| (names[column], *code)).collect();
        named.sort_by_cached_key(|(name, _)| crate::people::fold(name));
        let choice = |(name, code): (&str, &str)| Choice::new(code.to_owned(), label(name, code));
        named.into_iter().map(choice).collect()
    }
}

/// The countries of ISO 3166-1 by their names in `lang`.
pub fn countries(lang: Lang) -> Vec<Choice> {
    COUNTRIES.choices(lang, |name, _| name.to_owned())
}

/// The name of a country in `lang`, if its code is one.
pub fn country(lang: Lang, code: &str) -> Option<&'static str> {
    let column = Lang::ALL.iter().position(|l| *l == lang)?;
    COUNTRIES.0.get(code).map(|names| names[column])
}

/// The currencies of ISO 4217 in use, by their names in `lang`, with their codes.
pub fn currencies(lang: Lang) -> Vec<Choice> {
    CURRENCIES.choices(lang, |name, code| format!("{name} ({code})"))
}

/// The languages of the interface, each by its own name.
pub fn languages() -> Vec<Choice> {
    let choice = |lang: Lang| Choice::new(lang.code(), lang.endonym());
    Lang::ALL.map(choice).into()
}

/// Languages that a store may speak to its customers, by their names in `lang`.
pub fn spoken(lang: Lang) -> Vec<Choice> {
    SPOKEN.choices(lang, |name, _| name.to_owned())
}

/// The choices of `source` in `lang`; `now` decides the offsets of time zones.
pub fn choices(source: Source, lang: Lang, now: i64) -> Vec<Choice> {
    match source {
        Source::Countries => countries(lang),
        Source::Currencies => currencies(lang),
        Source::TimeZones => time_zones(now),
        Source::Languages => languages(),
        Source::Spoken => spoken(lang),
    }
}

/// Whether `value` is a choice of `source`.
pub fn known(source: Source, value: &str) -> bool {
    match source {
        Source::Countries => COUNTRIES.0.contains_key(value),
        Source::Currencies => CURRENCIES.0.contains_key(value),
        Source::TimeZones => zones::known(value),
        Source::Languages => Lang::ALL.iter().any(|lang| lang.code() == value),
        Source::Spoken => SPOKEN.0.contains_key(value),
    }
}
