//! Times as people read them.
#[cfg(test)]
mod tests;

use jiff::{Timestamp, tz::TimeZone};
use model::text::{Key, Plural, Texts};

const MINUTE: i64 = 60 * 1000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
const MONTHS: [Key; 12] = [
    Key::TimeMonth1,
    Key::TimeMonth2,
    Key::TimeMonth3,
    Key::TimeMonth4,
    Key::TimeMonth5,
    Key::TimeMonth6,
    Key::TimeMonth7,
    Key::TimeMonth8,
    Key::TimeMonth9,
    Key::TimeMonth10,
    Key::TimeMonth11,
    Key::TimeMonth12,
];

/// How long ago `then` was: "3 minutes ago"; the date (UTC) from a week on.
pub fn relative_time(t: Texts, now: i64, then: i64) -> String {
    match now - then {
        ago if ago < MINUTE => t.get(Key::TimeNow).to_owned(),
        ago if ago < HOUR => t.count(Plural::TimeMinutes, ago / MINUTE),
        ago if ago < DAY => t.count(Plural::TimeHours, ago / HOUR),
        ago if ago < 2 * DAY => t.get(Key::TimeYesterday).to_owned(),
        ago if ago < 7 * DAY => t.count(Plural::TimeDays, ago / DAY),
        _ => date(t, "UTC", then),
    }
}

/// The date of `then` in the IANA time zone `zone` (UTC where there is none of that name).
pub fn date(t: Texts, zone: &str, then: i64) -> String {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let date = Timestamp::from_millisecond(then).unwrap_or_default().to_zoned(zone).date();
    let month = usize::try_from(date.month() - 1).ok().and_then(|index| MONTHS.get(index));
    let month = month.map_or("", |key| t.get(*key));
    let (day, year) = (date.day().to_string(), date.year().to_string());
    t.fill(Key::TimeDate, &[("day", &day), ("month", month), ("year", &year)])
}
