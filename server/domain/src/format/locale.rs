//! Dates, times, numbers and money as a store writes them.
use super::{ago, marks::Marks, written};
use crate::reference;
use jiff::{
    Timestamp, Zoned,
    civil::{Date, Weekday},
    tz::TimeZone,
};
use model::{
    settings::Localization,
    text::{Key, Texts},
};

/// How dates, times, numbers and money are written for somebody: in the texts of their own
/// language, otherwise as the store says whose page or mail it is.
#[derive(Clone, Debug)]
pub struct Locale {
    t: Texts,
    zone: TimeZone,
    dates: String,
    marks: Marks,
    currency: String,
    week_start: Weekday,
}

impl Locale {
    /// As a store writes, for a reader of these texts.
    pub fn of(t: Texts, settings: &Localization) -> Locale {
        Locale {
            t,
            zone: zone(&settings.time_zone),
            dates: settings.date_format.clone(),
            marks: Marks::of(&settings.number_format, t.lang()),
            currency: settings.currency.clone(),
            week_start: match settings.week_start.as_str() {
                "sunday" => Weekday::Sunday,
                "saturday" => Weekday::Saturday,
                _ => Weekday::Monday,
            },
        }
    }

    /// Where no store is concerned: as the language has it, in the reader's own IANA time zone (UTC
    /// where there is none of that name).
    pub fn without_store(t: Texts, zone_name: &str) -> Locale {
        Locale {
            t,
            zone: zone(zone_name),
            dates: String::new(),
            marks: Marks::of("", t.lang()),
            currency: "EUR".to_owned(),
            week_start: Weekday::Monday,
        }
    }

    /// The reader's texts.
    pub fn texts(&self) -> Texts {
        self.t
    }

    /// The date: "Nov 21, 2026", or in the store's own format.
    pub fn date(&self, then: i64) -> String {
        self.day(&self.zoned(then))
    }

    /// Date and time of day: "Nov 21, 2026, 14:05".
    pub fn date_time(&self, then: i64) -> String {
        let then = self.zoned(then);
        format!("{}, {}", self.day(&then), then.strftime("%H:%M"))
    }

    /// How long ago `then` was: "3 minutes ago"; the date from a week on.
    pub fn relative(&self, now: i64, then: i64) -> String {
        ago(self.t, now, then).unwrap_or_else(|| self.date(then))
    }

    /// A whole number: "12,345".
    pub fn number(&self, number: i64) -> String {
        self.marks.decimal(number, 0)
    }

    /// A number of `digits` digits behind the decimal mark, counted in its smallest units:
    /// `decimal(123_456, 2)` is "1,234.56".
    pub fn decimal(&self, units: i64, digits: u32) -> String {
        self.marks.decimal(units, digits)
    }

    /// An amount in the store's currency, counted in its minor units (cents): "EUR 1,234.56".
    pub fn money(&self, minor_units: i64) -> String {
        let amount = self.decimal(minor_units, reference::minor_digits(&self.currency));
        let values = [("currency", self.currency.as_str()), ("amount", &amount)];
        // An amount stands on one line with its currency.
        self.t.fill(Key::LocalizationMoney, &values).replace(' ', "\u{a0}")
    }

    /// The day with which a week begins.
    pub fn week_start(&self) -> Weekday {
        self.week_start
    }

    /// The first moment of the week that `then` is in.
    pub fn start_of_week(&self, then: i64) -> i64 {
        let day = self.zoned(then).date();
        let past = day.weekday().since(self.week_start);
        let first = day.checked_sub(jiff::Span::new().days(past)).unwrap_or(day);
        let start = first.to_zoned(self.zone.clone());
        start.map_or(then, |start| start.timestamp().as_millisecond())
    }

    fn zoned(&self, then: i64) -> Zoned {
        Timestamp::from_millisecond(then).unwrap_or_default().to_zoned(self.zone.clone())
    }

    fn day(&self, then: &Zoned) -> String {
        let pattern = match self.dates.as_str() {
            "yyyy-mm-dd" => "%Y-%m-%d",
            "dd/mm/yyyy" => "%d/%m/%Y",
            "mm/dd/yyyy" => "%m/%d/%Y",
            "dd.mm.yyyy" => "%d.%m.%Y",
            "dd-mm-yyyy" => "%d-%m-%Y",
            _ => return written(self.t, then),
        };
        Date::strftime(&then.date(), pattern).to_string()
    }
}

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap_or(TimeZone::UTC)
}
