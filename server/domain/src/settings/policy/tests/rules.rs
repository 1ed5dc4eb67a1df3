use super::*;
use model::{
    settings::{Field, Item, Kind, Section},
    text::{Key, Texts},
};

const NUMBER: Field =
    Field::new("days", Kind::Number { min: 1, max: 90 }, Key::StoreDetailsName).default("30");

fn input(pairs: &[(&str, &str)]) -> Input {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn of(field: &str) -> (&'static Section, &'static Field) {
    let section = StoreDetails::SECTION;
    (section, section.field(field).unwrap())
}

fn made(field: &str, pairs: &[(&str, &str)], ticked: &[&str]) -> Result<Draft> {
    let (section, field) = of(field);
    let ticked: Vec<String> = ticked.iter().map(|text| (*text).to_owned()).collect();
    draft(section, field, &RuleForm { input: &input(pairs), ticked: &ticked, version: 0 })
}

#[test]
fn a_range_allows_numbers_and_moves_others_to_its_nearest_end() {
    let rule = Rule::Range { min: 10, max: 20 };
    for (value, becomes) in
        [("10", "10"), ("20", "20"), ("9", "10"), ("90", "20"), ("", "10"), ("x", "10")]
    {
        let value = Value::from(value);
        assert_eq!(rule.adjusted(&value, None), Value::from(becomes), "{value:?}");
        assert!(rule.allows(&rule.adjusted(&value, None)));
    }
    assert!(!rule.allows(&Value::Flag(true)) && !rule.allows(&Value::List(Vec::new())));
    let t = Texts::of(model::text::Lang::En);
    assert_eq!(rule.shown(t, &NUMBER, 0), "from 10 to 20");
    assert_eq!(RuleKind::of(&NUMBER), [RuleKind::Value, RuleKind::Range]);
}

#[test]
fn values_are_compared_whole() {
    let list = |texts: &[&str]| {
        let entry = |text: &&str| model::settings::Entry::Text((*text).to_owned());
        Value::List(texts.iter().map(entry).collect())
    };
    let rule = Rule::Value(list(&["a", "b"]));
    assert!(rule.allows(&list(&["a", "b"])) && !rule.allows(&list(&["b", "a"])));
    assert_eq!(rule.adjusted(&list(&[]), None), list(&["a", "b"]));
    let rule = Rule::OneOf(vec!["a".into(), "b".into()]);
    assert_eq!(rule.adjusted(&"c".into(), Some(&"b".into())), "b".into());
    assert_eq!(rule.adjusted(&"c".into(), Some(&"c".into())), "a".into());
    let stored = serde_json::to_string(&[rule.clone(), Rule::Value(Value::Flag(false))]).unwrap();
    assert_eq!(stored, r#"[{"one_of":["a","b"]},{"value":false}]"#);
    assert_eq!(serde_json::from_str::<Vec<Rule>>(&stored).unwrap()[0], rule);
}

#[test]
fn what_nobody_may_know_or_share_cannot_be_locked() {
    for kind in [Kind::Secret, Kind::Image] {
        assert!(RuleKind::of(&Field::new("x", kind, Key::StoreDetailsName)).is_empty());
    }
    for kind in
        [Kind::Toggle, Kind::Lines, Kind::Rich, Kind::Tags(Item::Text), Kind::Rows(&[NUMBER])]
    {
        let kinds = RuleKind::of(&Field::new("x", kind, Key::StoreDetailsName));
        assert_eq!(kinds, [RuleKind::Value]);
    }
    assert!(lockable().all(|(section, field)| section.key != "information" && !field.is_image()));
    assert!(matches!(made("logo", &[("lock.rule", "value")], &[]), Err(crate::Error::NotFound)));
}

#[test]
fn all_faults_of_a_lock_are_told_at_once() {
    assert_eq!(faults(made("country", &[], &[])), ["lock.rule", "lock.reason"]);
    assert_eq!(
        faults(made("country", &[("lock.rule", "range"), ("lock.reason", "x")], &[])),
        ["lock.rule"]
    );
    let value = [("lock.rule", "value"), ("country", "XXXX")];
    assert_eq!(faults(made("country", &value, &[])), ["country", "lock.reason"]);
    let some = [("lock.rule", "one_of"), ("lock.reason", "x")];
    assert_eq!(faults(made("country", &some, &[])), ["lock.one_of"]);
    assert_eq!(faults(made("country", &some, &["PL", "nothing"])), ["lock.one_of"]);
    let made_ = made("country", &some, &["PL", "US", "PL"]).unwrap();
    assert_eq!(made_.rule, Rule::OneOf(vec!["PL".into(), "US".into()]));
    let lines = [
        ("lock.rule", "one_of"),
        ("lock.reason", "x"),
        ("lock.one_of", "A@x.example\r\n b@x.example\n"),
    ];
    let made_ = made("contact_email", &lines, &[]).unwrap();
    assert_eq!(made_.rule, Rule::OneOf(vec!["a@x.example".into(), "b@x.example".into()]));
    let required = [("lock.rule", "value"), ("lock.reason", "x"), ("name", " ")];
    assert_eq!(faults(made("name", &required, &[])), ["name"]);
}

#[test]
fn the_ends_of_a_range_lie_within_the_fields_own() {
    let section = StoreDetails::SECTION;
    static FIELD: Field = NUMBER;
    let range = |min: &str, max: &str| {
        let input = input(&[
            ("lock.rule", "range"),
            ("lock.reason", "x"),
            ("lock.min", min),
            ("lock.max", max),
        ]);
        draft(section, &FIELD, &RuleForm { input: &input, ticked: &[], version: 0 })
    };
    assert_eq!(range("", "7").unwrap().rule, Rule::Range { min: 1, max: 7 });
    assert_eq!(range("5", "").unwrap().rule, Rule::Range { min: 5, max: 90 });
    assert_eq!(faults(range("0", "91")), ["lock.min", "lock.max"]);
    assert_eq!(faults(range("9", "8")), ["lock.max"]);
    assert_eq!(faults(range("x", "8")), ["lock.min"]);
}
