use jiff::{Timestamp, tz::TimeZone};
use model::panel::Choice;
use std::sync::LazyLock;

/// Names in order, each with its rules.
static ZONES: LazyLock<Vec<(&'static str, TimeZone)>> = LazyLock::new(|| {
    let names = include_str!("../../data/time-zones.txt").lines();
    let mut zones: Vec<_> =
        names.filter_map(|name| Some((name, TimeZone::get(name).ok()?))).collect();
    zones.sort_by_key(|(name, _)| *name);
    zones
});

/// The time zones of IANA with the offset they have at `now`, from west to east.
pub fn time_zones(now: i64) -> Vec<Choice> {
    let at = Timestamp::from_millisecond(now).unwrap_or_default();
    let mut zones: Vec<_> = ZONES.iter().map(|(name, zone)| (offset(zone, at), *name)).collect();
    zones.sort_unstable();
    zones.into_iter().map(|(offset, name)| choice(offset, name)).collect()
}

pub(super) fn known(name: &str) -> bool {
    ZONES.binary_search_by(|(known, _)| (*known).cmp(name)).is_ok()
}

/// Minutes east of UTC.
fn offset(zone: &TimeZone, at: Timestamp) -> i32 {
    zone.to_offset(at).seconds() / 60
}

fn choice(offset: i32, name: &str) -> Choice {
    let sign = if offset < 0 { '\u{2212}' } else { '+' };
    let (hours, minutes) = (offset.abs() / 60, offset.abs() % 60);
    let city = name.replace('_', " ");
    Choice::new(name, format!("(UTC{sign}{hours:02}:{minutes:02}) {city}"))
}
