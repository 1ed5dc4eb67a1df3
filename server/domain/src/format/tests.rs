use super::*;
use model::text::Lang;

/// 1 March 2026, 12:00 UTC.
const NOW: i64 = 1_772_366_400_000;

#[test]
fn how_long_ago_in_words() {
    let en = |ago| relative_time(Texts::of(Lang::En), NOW, NOW - ago);
    assert_eq!(en(-5_000), "just now", "the clocks of two processes may differ");
    assert_eq!(en(59_999), "just now");
    assert_eq!(en(MINUTE), "1 minute ago");
    assert_eq!(en(3 * MINUTE), "3 minutes ago");
    assert_eq!(en(HOUR), "1 hour ago");
    assert_eq!(en(DAY), "yesterday");
    assert_eq!(en(2 * DAY), "2 days ago");
    assert_eq!(en(7 * DAY), "Feb 22, 2026");
}

#[test]
fn every_language_says_it_its_own_way() {
    let all = |ago| Lang::ALL.map(|lang| relative_time(Texts::of(lang), NOW, NOW - ago));
    for ago in [0, MINUTE, 2 * MINUTE, 5 * MINUTE, HOUR, DAY, 5 * DAY, 30 * DAY] {
        for text in all(ago) {
            assert!(!text.is_empty() && !text.contains('{') && !text.contains('\u{1f}'), "{text}");
        }
    }
}

#[test]
fn dates_are_of_the_zone() {
    let midnight = NOW - 12 * HOUR - 1;
    let t = Texts::of(Lang::En);
    assert_eq!(date(t, "UTC", midnight), "Feb 28, 2026");
    assert_eq!(date(t, "Europe/Warsaw", midnight), "Mar 1, 2026");
    assert_eq!(date(t, "No/Such", midnight), "Feb 28, 2026");
    assert_eq!(date(t, "UTC", i64::MAX), "Jan 1, 1970", "what cannot be shown is not shown");
}

#[test]
fn times_of_day_are_of_the_zone() {
    let t = Texts::of(Lang::En);
    assert_eq!(date_time(t, "Europe/Warsaw", NOW + 5_000), "Mar 1, 2026, 13:00:05");
    assert_eq!(date_time(t, "No/Such", NOW), "Mar 1, 2026, 12:00:00");
    assert_eq!(iso_time("Europe/Warsaw", NOW), "2026-03-01T13:00:00+01:00");
    assert_eq!(day("UTC", "2026-03-01"), Some((NOW - 12 * HOUR, NOW + 12 * HOUR - 1)));
    let (start, end) = day("Europe/Warsaw", "2026-03-29").unwrap();
    assert_eq!(end - start + 1, 23 * HOUR, "the clocks go forward");
    for text in ["", "2026-02-30", "2026-3-1", "yesterday", "2026-03-01T12:00"] {
        assert_eq!(day("UTC", text), None, "{text}");
    }
}
