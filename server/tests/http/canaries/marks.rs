//! The words by which texts of one organization are known wherever they turn up.
use domain::testing::Dice;

/// What all marks begin with, so that one search finds texts of both organizations.
pub const BIRD: &str = "quokka";
/// Letters by which marks differ.
const LETTERS: usize = 8;

/// A new mark. It is lower-case letters only, which nothing on the way writes in another manner.
pub fn mark(dice: &mut Dice) -> String {
    let letters = (0..LETTERS).map(|_| (b'a' + u8::try_from(dice.below(26)).unwrap()) as char);
    BIRD.chars().chain(letters).collect()
}

/// A mark in a text, whole or cut short, that is not this one.
pub fn strange(text: &str, own: &str) -> Option<String> {
    // Mails keep programs from making links of what is none.
    let text = text.replace('\u{200b}', "").to_lowercase();
    text.match_indices(BIRD).find_map(|(at, _)| {
        let rest = text[at + BIRD.len()..].chars();
        let mark: String = rest.take_while(char::is_ascii_lowercase).take(LETTERS).collect();
        let around = text[..at].char_indices().rev().nth(80).map_or(0, |(start, _)| start);
        (!own[BIRD.len()..].starts_with(&mark)).then(|| text[around..at].to_owned() + BIRD + &mark)
    })
}

#[test]
fn a_strange_mark_is_found_whole_and_cut_short() {
    let own = "quokkaabcdefgh";
    for text in
        ["", "quokka", "Quokkaabcdefgh's", "quokkaabcdefghi", "QUOKKAABC…", "quokk\u{200b}aabc"]
    {
        assert_eq!(strange(text, own), None, "{text}");
    }
    for text in ["quokkaabcdefgx", "x Quokkab", "quokkaabcdefgh quokkaabd", "quok\u{200b}kab"] {
        assert!(strange(text, own).is_some(), "{text}");
    }
}
