//! Times, numbers and money as people read them.
mod locale;
mod marks;
#[cfg(test)]
mod tests;

pub use locale::Locale;

use jiff::{Timestamp, Zoned, civil, tz::TimeZone};
use model::text::{Key, Plural, Texts};

const MINUTE: i64 = 60 * 1000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// Characters of a value that are shown in a line.
const SHORT: usize = 80;
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
    ago(t, now, then).unwrap_or_else(|| date(t, "UTC", then))
}

/// How long ago `then` was, up to a week.
fn ago(t: Texts, now: i64, then: i64) -> Option<String> {
    match now - then {
        ago if ago < MINUTE => Some(t.get(Key::TimeNow).to_owned()),
        ago if ago < HOUR => Some(t.count(Plural::TimeMinutes, ago / MINUTE)),
        ago if ago < DAY => Some(t.count(Plural::TimeHours, ago / HOUR)),
        ago if ago < 2 * DAY => Some(t.get(Key::TimeYesterday).to_owned()),
        ago if ago < 7 * DAY => Some(t.count(Plural::TimeDays, ago / DAY)),
        _ => None,
    }
}

/// A text as it fits into a line: its beginning, if it is long.
pub fn short(text: &str) -> String {
    let mut line = text.replace('\n', " ");
    if let Some((end, _)) = line.char_indices().nth(SHORT) {
        line.truncate(end);
        line.push('…');
    }
    line
}

/// The day (UTC) of `then` as forms have it: `2026-11-21`.
pub fn iso_day(then: i64) -> String {
    let time = Timestamp::from_millisecond(then).unwrap_or_default();
    time.to_zoned(TimeZone::UTC).date().to_string()
}

/// The date of `then` in the IANA time zone `zone` (UTC where there is none of that name).
pub fn date(t: Texts, zone: &str, then: i64) -> String {
    written(t, &zoned(zone, then))
}

/// Date and time of day in the time zone `zone`: "Feb 22, 2026, 14:05:09".
pub fn date_time(t: Texts, zone: &str, then: i64) -> String {
    let then = zoned(zone, then);
    format!("{}, {}", written(t, &then), then.strftime("%H:%M:%S"))
}

/// Date and time as programs read them: "2026-02-22T14:05:09+01:00".
pub fn iso_time(zone: &str, then: i64) -> String {
    zoned(zone, then).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// The first and the last millisecond of a day ("2026-02-22") in the time zone `zone`.
pub fn day(zone: &str, text: &str) -> Option<(i64, i64)> {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    // Dates alone: a time behind it would be let go unread.
    let day: civil::Date = text.parse().ok().filter(|_| text.len() == 10)?;
    let start =
        |day: civil::Date| Some(day.to_zoned(zone.clone()).ok()?.timestamp().as_millisecond());
    Some((start(day)?, start(day.tomorrow().ok()?)? - 1))
}

fn zoned(zone: &str, then: i64) -> Zoned {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    Timestamp::from_millisecond(then).unwrap_or_default().to_zoned(zone)
}

fn written(t: Texts, then: &Zoned) -> String {
    let month = usize::try_from(then.month() - 1).ok().and_then(|index| MONTHS.get(index));
    let month = month.map_or("", |key| t.get(*key));
    let (day, year) = (then.day().to_string(), then.year().to_string());
    t.fill(Key::TimeDate, &[("day", &day), ("month", month), ("year", &year)])
}

/// The first moment after `day` (`2026-11-21`) in the IANA time zone `zone` (UTC where there is none
/// of that name); `None` where it is no day, has passed by `now` or is more than five years away.
pub fn end_of_day(day: &str, zone: &str, now: i64) -> Option<i64> {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let day: jiff::civil::Date = day.trim().parse().ok()?;
    let end = day.tomorrow().ok()?.to_zoned(zone).ok()?.timestamp().as_millisecond();
    (end > now && end - now < 5 * 366 * DAY).then_some(end)
}
