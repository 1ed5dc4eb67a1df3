use super::*;

fn entry(kind: Kind, text: &str, english: &str, hint: &str, words: &str) -> Entry {
    let own = |text: &str| text.to_owned();
    let address = format!("/{}", fold(text).replace(' ', "-"));
    let (text, english, hint, words) = (own(text), own(english), own(hint), own(words));
    Entry { kind, text, english, hint, words, address, ..Entry::default() }
}

fn shop() -> Index {
    let details = "Store details";
    Index::new(vec![
        entry(Kind::Section, "Store details", "", "Casa Ana", "Name, address and contact"),
        entry(Kind::Field, "Store name", "", details, "Casa Ana"),
        entry(Kind::Field, "Postal code", "", details, "zip 28001"),
        entry(Kind::Field, "Contact email", "", details, "hello@casaana.example"),
        entry(Kind::Field, "Street", "", details, "Address line"),
        entry(Kind::Page, "Member management", "", "Casa Ana", "people team roles"),
        entry(Kind::Command, "Invite a member", "", "", "add person"),
        entry(Kind::Command, "Dark theme", "", "", "colours night"),
    ])
}

fn found<'a>(index: &'a Index, query: &str) -> Vec<&'a str> {
    index.find(query, 12).into_iter().map(|entry| entry.text.as_str()).collect()
}

#[test]
fn diacritics_do_not_matter() {
    assert_eq!(fold(" Łukasz ŻÓŁĆ "), "lukasz zolc");
    assert_eq!(fold("Ángel Muñoz"), "angel munoz");
    assert_eq!(fold("Françoise Œuvrard"), "francoise oeuvrard");
    assert_eq!(fold("Ольга"), "ольга");
    // The same letters, written as a letter and a mark.
    assert_eq!(fold("A\u{301}ngel Mun\u{303}oz"), "angel munoz");
}

#[test]
fn words_end_at_punctuation_of_any_kind() {
    let split = fold::words("E-mail: «ana@casa.example» · l’adresse… 50 €/mois");
    let words = ["e", "mail", "ana", "casa", "example", "l", "adresse", "50", "€", "mois"];
    assert_eq!(split, words);
    assert_eq!(fold::words(" — "), Vec::<String>::new());
    assert_eq!(fold::words("Ольга中文"), ["ольга中文"]);
}

#[test]
fn what_begins_with_it_comes_before_what_contains_it() {
    let index = shop();
    assert_eq!(found(&index, "store name"), ["Store name", "Store details"]);
    assert_eq!(found(&index, "sto")[..2], ["Store details", "Store name"]);
    // A name, then a further word.
    assert_eq!(found(&index, "address"), ["Store details", "Street"]);
    assert_eq!(found(&index, "28001"), ["Postal code"]);
    assert_eq!(found(&index, "zip"), ["Postal code"]);
    assert_eq!(found(&index, "hello@casaana.example"), ["Contact email"]);
    // In the middle of a word.
    assert_eq!(found(&index, "nage")[0], "Member management");
    assert_eq!(found(&index, "member")[..2], ["Member management", "Invite a member"]);
}

#[test]
fn every_word_must_fit() {
    let index = shop();
    assert_eq!(found(&index, "contact details"), ["Store details", "Contact email"]);
    assert!(found(&index, "postal theme").is_empty());
    assert!(found(&index, "").is_empty());
    assert!(found(&index, " - ").is_empty());
    assert!(index.find("store", 0).is_empty());
    assert_eq!(index.find("store", 1).len(), 1);
}

#[test]
fn slips_of_the_keys_are_forgiven() {
    let index = shop();
    for (typed, meant) in [
        ("stroe nmae", "Store name"),
        ("psotal", "Postal code"),
        ("postl", "Postal code"),
        ("postaal", "Postal code"),
        ("mebmer managment", "Member management"),
        ("managemnet", "Member management"),
        ("invte", "Invite a member"),
        ("colurs", "Dark theme"),
        // Not even typed to the end.
        ("contatc em", "Contact email"),
    ] {
        assert_eq!(found(&index, typed).first(), Some(&meant), "{typed}");
    }
    for typed in ["xyz", "qqqqqq", "zap", "stxxx"] {
        assert!(found(&index, typed).is_empty(), "{typed}");
    }
}

#[test]
fn every_language_is_found_in_its_own_words_and_in_english() {
    let index = Index::new(vec![
        entry(Kind::Field, "Código postal", "Postal code", "Detalles de la tienda", ""),
        entry(Kind::Field, "Région", "Region", "Détails de la boutique", ""),
        entry(Kind::Field, "Strefa czasowa", "Time zone", "Dane sklepu", "Łódź"),
        entry(Kind::Field, "Właściciel", "Owner", "Dane sklepu", ""),
    ]);
    for (typed, meant) in [
        ("codigo", "Código postal"),
        ("CÓDIGO", "Código postal"),
        ("postal code", "Código postal"),
        ("codgio", "Código postal"),
        ("region", "Région"),
        ("regoin", "Région"),
        ("czasowa", "Strefa czasowa"),
        ("time zone", "Strefa czasowa"),
        ("tiem zone", "Strefa czasowa"),
        ("lodz", "Strefa czasowa"),
        ("wlasciciel", "Właściciel"),
        ("wlascicel", "Właściciel"),
        ("owner", "Właściciel"),
    ] {
        assert_eq!(found(&index, typed).first(), Some(&meant), "{typed}");
    }
}

#[test]
fn equals_stay_in_order_and_what_one_may_not_open_comes_after() {
    let same = |address: &str, needs: &str| {
        let address = address.to_owned();
        Entry { address, needs: needs.into(), ..entry(Kind::Field, "Name", "", "", "") }
    };
    let index = Index::new(vec![same("/1", "Administrator"), same("/2", ""), same("/3", "")]);
    let addresses: Vec<_> = index.find("name", 3).iter().map(|e| e.address.as_str()).collect();
    assert_eq!(addresses, ["/2", "/3", "/1"]);
}

#[test]
fn slips_are_counted_like_anybody_counts_them() {
    for (typed, word) in [
        ("address", "adress"),
        ("adress", "address"),
        ("ab", "ba"),
        ("kitten", "sitting"),
        ("password", "passwrod"),
        ("managemetn", "management"),
        ("storename", "store"),
        ("abcdef", "badcfe"),
        ("contact", "contract"),
        ("organisation", "organization"),
        ("paswd", "password"),
    ] {
        let prefixes = (0..=word.len()).map(|end| strsim::osa_distance(typed, &word[..end]));
        let exact = prefixes.min().unwrap_or_default();
        for most in 1..=2 {
            let slips = typo::slips(typed, word, most).map(usize::from);
            let first = typed.len() < 6 && typed[..1] != word[..1] && typed != "ab";
            let expected = Some(exact).filter(|exact| *exact <= usize::from(most) && !first);
            assert_eq!(slips, expected, "{typed} {word} {most}");
        }
    }
    assert_eq!(typo::slips("", "", 1), Some(0));
    assert_eq!(typo::slips(&"a".repeat(200), &"a".repeat(300), 2), Some(0));
}

#[test]
fn what_was_typed_is_marked() {
    let marked = |text: &str, query: &str| -> String {
        let pieces = pieces(text, query);
        pieces
            .iter()
            .map(|(on, piece)| if *on { format!("[{piece}]") } else { (*piece).to_owned() })
            .collect()
    };
    assert_eq!(marked("Store name", "sto na"), "[Sto]re [na]me");
    assert_eq!(marked("Código postal", "codigo"), "[Código] postal");
    assert_eq!(marked("Co\u{301}digo", "cod"), "[Co\u{301}d]igo");
    assert_eq!(marked("Œuvre", "oeu"), "[Œu]vre");
    assert_eq!(marked("Œuvre", "o"), "[Œ]uvre");
    assert_eq!(marked("Właściciel", "scic"), "Wła[ścic]iel");
    assert_eq!(marked("Postal code", "psotal"), "[Postal] code");
    assert_eq!(marked("<b>", "b"), "<[b]>");
    assert_eq!(marked("Anything", "zzz"), "Anything");
    assert_eq!(marked("", "x"), "");
}

#[test]
fn entries_survive_the_way_to_the_browser() {
    let entries: Vec<Entry> = shop().entries().to_vec();
    assert_eq!(unpack(pack(entries.clone())), entries);
    assert_eq!(unpack(vec!["f".into(), "icon".into()]).len(), 1);
    assert!(unpack(Vec::new()).is_empty());
}
