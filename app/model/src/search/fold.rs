/// A text as search and sorting see it: in lower case and without the diacritics of Latin script,
/// so that `lukasz` finds Łukasz.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    text.trim().chars().for_each(|c| push(&mut folded, c));
    folded
}

/// Adds `c` as [`fold`] sees it.
pub(super) fn push(folded: &mut String, c: char) {
    if c.is_ascii() {
        return folded.push(c.to_ascii_lowercase());
    }
    for c in c.to_lowercase() {
        match plain(c) {
            // A mark that combines with the letter before it.
            "" if ('\u{300}'..='\u{36f}').contains(&c) => {}
            "" => folded.push(c),
            letters => folded.push_str(letters),
        }
    }
}

/// Whether `c` is part of a word. Letters of other scripts count without a table of them: what is
/// not ASCII and no punctuation is one.
pub(super) fn in_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    !matches!(c, '\u{80}'..='\u{a9}' | '\u{ab}'..='\u{b4}' | '\u{b6}'..='\u{b9}' | '\u{bb}'..='\u{bf}')
        && !matches!(c, '×' | '÷' | '\u{2000}'..='\u{206f}' | '\u{2190}'..='\u{2bff}' | '\u{3000}'..='\u{3003}')
}

/// The folded words of a text.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for c in text.chars() {
        if in_word(c) {
            push(&mut word, c);
        } else if !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// The ASCII letters that stand for `c`; empty where it stands for itself.
fn plain(c: char) -> &'static str {
    match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => "a",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' | 'ħ' => "h",
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => "i",
        'ĵ' => "j",
        'ķ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => "o",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => "s",
        'ţ' | 'ť' | 'ŧ' | 'ț' => "t",
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'æ' => "ae",
        'œ' => "oe",
        'ß' => "ss",
        _ => "",
    }
}
