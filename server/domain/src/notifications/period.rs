//! When a digest is due.
use jiff::{Timestamp, ToSpan as _, civil::Weekday, tz::TimeZone};

/// How often, and when.
#[derive(Clone, Copy, Debug)]
pub(super) struct Period<'a> {
    /// The day on which a weekly one comes; a daily one has none.
    pub(super) day: Option<Weekday>,
    /// The hour of the day, 0 to 23.
    pub(super) hour: i8,
    /// The IANA time zone in which both count.
    pub(super) zone: &'a str,
}

impl Period<'_> {
    /// The next time after `now`, both in Unix milliseconds. An hour that the clocks leave out is the
    /// one after it.
    pub(super) fn next(&self, now: i64) -> i64 {
        let zone = TimeZone::get(self.zone).unwrap_or(TimeZone::UTC);
        let now = Timestamp::from_millisecond(now).unwrap_or_default();
        let today = now.to_zoned(zone.clone()).date();
        let due = (0..=8).find_map(|days: i64| {
            let day = today.checked_add(days.days()).ok()?;
            if self.day.is_some_and(|wanted| wanted != day.weekday()) {
                return None;
            }
            let due = day.at(self.hour, 0, 0, 0).to_zoned(zone.clone()).ok()?.timestamp();
            (due > now).then_some(due)
        });
        due.unwrap_or(now).as_millisecond()
    }
}

/// The weekday with this name; Monday where there is none.
pub(super) fn weekday(name: &str) -> Weekday {
    match name {
        "sunday" => Weekday::Sunday,
        "saturday" => Weekday::Saturday,
        "friday" => Weekday::Friday,
        _ => Weekday::Monday,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> i64 {
        text.parse::<Timestamp>().unwrap().as_millisecond()
    }

    fn next(zone: &str, day: Option<Weekday>, hour: i8, now: &str) -> i64 {
        Period { day, hour, zone }.next(at(now))
    }

    #[test]
    fn a_daily_one_comes_at_its_hour_of_the_store() {
        let madrid = |now| next("Europe/Madrid", None, 8, now);
        assert_eq!(madrid("2026-01-10T06:59:59Z"), at("2026-01-10T07:00:00Z"));
        assert_eq!(madrid("2026-01-10T07:00:00Z"), at("2026-01-11T07:00:00Z"));
        assert_eq!(madrid("2026-07-10T07:00:00Z"), at("2026-07-11T06:00:00Z"));
        assert_eq!(next("nowhere", None, 0, "2026-01-10T00:00:00Z"), at("2026-01-11T00:00:00Z"));
    }

    #[test]
    fn a_weekly_one_comes_on_the_first_day_of_the_week() {
        // 10 January 2026 is a Saturday.
        let weekly = |day, now| next("UTC", Some(day), 8, now);
        assert_eq!(weekly(Weekday::Monday, "2026-01-10T12:00:00Z"), at("2026-01-12T08:00:00Z"));
        assert_eq!(weekly(Weekday::Sunday, "2026-01-10T12:00:00Z"), at("2026-01-11T08:00:00Z"));
        assert_eq!(weekly(Weekday::Saturday, "2026-01-10T12:00:00Z"), at("2026-01-17T08:00:00Z"));
    }

    #[test]
    fn an_hour_that_the_clocks_leave_out_is_the_one_after_it() {
        let due = next("Europe/Madrid", None, 2, "2026-03-28T12:00:00Z");
        assert_eq!(due, at("2026-03-29T01:00:00Z"));
    }
}
