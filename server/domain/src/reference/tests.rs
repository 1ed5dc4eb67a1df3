use super::*;

/// 1 July 2026, noon UTC.
const SUMMER: i64 = 1_782_907_200_000;

#[test]
fn every_list_is_complete_in_every_language() {
    for lang in Lang::ALL {
        assert_eq!(countries(lang).len(), 249);
        assert!(currencies(lang).len() > 150);
        assert!(Lang::ALL.iter().all(|own| known(Source::Spoken, own.code())));
        let named = countries(lang).into_iter().chain(currencies(lang)).chain(spoken(lang));
        for choice in named {
            assert!(!choice.label.is_empty(), "{choice:?}");
        }
    }
    assert!(time_zones(SUMMER).len() > 400);
    assert_eq!(languages().len(), 4);
}

#[test]
fn names_are_in_the_readers_language_and_order() {
    let spain = |lang| countries(lang).into_iter().find(|c| c.value == "ES").unwrap().label;
    assert_eq!(Lang::ALL.map(spain), ["Spain", "España", "Espagne", "Hiszpania"]);
    let french: Vec<_> = countries(Lang::Fr).into_iter().map(|c| c.label).collect();
    let place = |name: &str| french.iter().position(|n| n == name).unwrap();
    assert!(place("Égypte") > place("Danemark") && place("Égypte") < place("Finlande"));
    assert_eq!(country(Lang::Pl, "DE"), Some("Niemcy"));
    assert_eq!(country(Lang::Pl, "XX"), None);
    let euro = currencies(Lang::En).into_iter().find(|c| c.value == "EUR").unwrap();
    assert_eq!(euro.label, "Euro (EUR)");
}

#[test]
fn time_zones_have_the_offset_of_the_day() {
    let label =
        |now, name: &str| time_zones(now).into_iter().find(|c| c.value == name).unwrap().label;
    assert_eq!(label(SUMMER, "Europe/Madrid"), "(UTC+02:00) Europe/Madrid");
    assert_eq!(label(SUMMER - 15_552_000_000, "Europe/Madrid"), "(UTC+01:00) Europe/Madrid");
    assert_eq!(label(SUMMER, "America/St_Johns"), "(UTC\u{2212}02:30) America/St Johns");
    assert_eq!(label(SUMMER, "UTC"), "(UTC+00:00) UTC");
}

#[test]
fn only_listed_values_are_known() {
    for (source, good, bad) in [
        (Source::Countries, "PL", "XX"),
        (Source::Countries, "PL", "code"),
        (Source::Currencies, "EUR", "XTS"),
        (Source::TimeZones, "Europe/Warsaw", "Europe/Nowhere"),
        (Source::TimeZones, "UTC", "../../etc/passwd"),
        (Source::Languages, "fr", "fr-CA"),
        (Source::Languages, "pl", "de"),
        (Source::Spoken, "de", "tlh"),
    ] {
        assert!(known(source, good), "{good}");
        assert!(!known(source, bad), "{bad}");
        assert!(choices(source, Lang::En, SUMMER).iter().any(|c| c.value == good));
    }
}

#[test]
fn currencies_have_the_minor_units_of_the_standard() {
    for (code, digits) in [("EUR", 2), ("JPY", 0), ("KWD", 3), ("PLN", 2), ("CLP", 0), ("XXQ", 2)] {
        assert_eq!(minor_digits(code), digits, "{code}");
    }
}
