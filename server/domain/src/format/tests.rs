use super::*;
use model::{
    settings::{Document, Localization, Settings as _, Value},
    text::Lang,
};

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

fn locale(lang: Lang, values: &[(&str, &str)]) -> Locale {
    let values = values.iter().map(|(key, value)| ((*key).to_owned(), Value::from(*value)));
    Locale::of(Texts::of(lang), &Localization::read(&values.collect::<Document>()))
}

#[test]
fn a_date_is_of_the_stores_zone_and_format_in_the_readers_language() {
    let late = NOW + 11 * HOUR + 30 * MINUTE;
    let auto = Lang::ALL.map(|lang| locale(lang, &[("time_zone", "Europe/Madrid")]).date(late));
    assert_eq!(auto, ["Mar 2, 2026", "2 mar 2026", "2 mars 2026", "2 mar 2026"]);
    for (format, shown) in [
        ("yyyy-mm-dd", "2026-03-02"),
        ("dd/mm/yyyy", "02/03/2026"),
        ("mm/dd/yyyy", "03/02/2026"),
        ("dd.mm.yyyy", "02.03.2026"),
        ("dd-mm-yyyy", "02-03-2026"),
    ] {
        for lang in Lang::ALL {
            let locale = locale(lang, &[("time_zone", "Europe/Madrid"), ("date_format", format)]);
            assert_eq!(locale.date(late), shown);
            assert_eq!(locale.date_time(late), format!("{shown}, 00:30"));
            assert_eq!(locale.relative(late + 8 * DAY, late), shown);
            assert_ne!(locale.relative(late + DAY, late), shown);
        }
    }
    let plain = Locale::without_store(Texts::of(Lang::En), "No/Such");
    assert_eq!(plain.date_time(late), "Mar 1, 2026, 23:30");
}

#[test]
fn the_clock_goes_forward_and_back_with_the_zone() {
    let madrid = locale(Lang::En, &[("time_zone", "Europe/Madrid")]);
    // 29 March 2026, 01:00 UTC: two o'clock becomes three.
    let forward = 1_774_746_000_000;
    assert_eq!(madrid.date_time(forward - 1), "Mar 29, 2026, 01:59");
    assert_eq!(madrid.date_time(forward), "Mar 29, 2026, 03:00");
    // 25 October 2026, 01:00 UTC: three o'clock becomes two, which comes twice.
    let back = 1_792_890_000_000;
    assert_eq!(madrid.date_time(back - 1), "Oct 25, 2026, 02:59");
    assert_eq!(madrid.date_time(back), "Oct 25, 2026, 02:00");
    // A week in which the clock changes is as long as its days.
    let start = madrid.start_of_week(forward);
    assert_eq!(madrid.date_time(start), "Mar 23, 2026, 00:00");
    assert_eq!(madrid.start_of_week(start + 7 * DAY - HOUR) - start, 7 * DAY - HOUR);
    assert_eq!(madrid.start_of_week(start - 1), start - 7 * DAY);
    // Where midnight itself is left out, the day begins with its first moment.
    let beirut = locale(Lang::En, &[("time_zone", "Asia/Beirut"), ("week_start", "sunday")]);
    let sunday = beirut.start_of_week(forward);
    assert_eq!(beirut.date_time(sunday), "Mar 29, 2026, 01:00");
}

#[test]
fn a_week_begins_on_the_day_of_the_store() {
    // NOW is a Sunday.
    for (day, began) in [("monday", "Feb 23"), ("sunday", "Mar 1"), ("saturday", "Feb 28")] {
        let locale = locale(Lang::En, &[("week_start", day)]);
        let start = locale.start_of_week(NOW);
        assert_eq!(locale.date_time(start), format!("{began}, 2026, 00:00"));
        assert_eq!(locale.start_of_week(start), start);
    }
}

#[test]
fn numbers_and_money_have_the_marks_of_the_store_else_of_the_language() {
    let all = |units| Lang::ALL.map(|lang| locale(lang, &[("currency", "PLN")]).decimal(units, 2));
    assert_eq!(all(1_234_567), ["12,345.67", "12.345,67", "12\u{202f}345,67", "12\u{a0}345,67"]);
    assert_eq!(all(123_456), ["1,234.56", "1234,56", "1\u{202f}234,56", "1234,56"]);
    assert_eq!(all(-5), ["\u{2212}0.05", "\u{2212}0,05", "\u{2212}0,05", "\u{2212}0,05"]);
    let money = Lang::ALL
        .map(|lang| locale(lang, &[("currency", "PLN")]).money(99_999).replace('\u{a0}', " "));
    assert_eq!(money, ["PLN 999.99", "999,99 PLN", "999,99 PLN", "999,99 PLN"]);
    for (format, shown) in [
        ("1,234.56", "1,234.56"),
        ("1.234,56", "1.234,56"),
        ("1 234,56", "1\u{a0}234,56"),
        ("1'234.56", "1\u{2019}234.56"),
    ] {
        for lang in Lang::ALL {
            assert_eq!(locale(lang, &[("number_format", format)]).decimal(123_456, 2), shown);
        }
    }
    let yen = locale(Lang::En, &[("currency", "JPY")]);
    assert_eq!(yen.money(1_234_567), "JPY\u{a0}1,234,567");
    assert_eq!(locale(Lang::En, &[("currency", "KWD")]).money(1_234), "KWD\u{a0}1.234");
    assert_eq!(yen.number(i64::MIN), "\u{2212}9,223,372,036,854,775,808");
    assert_eq!(yen.number(0), "0");
}
