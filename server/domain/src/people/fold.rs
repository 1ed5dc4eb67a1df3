/// A text as search and sorting see it: in lower case and without the diacritics of Latin script,
/// so that `lukasz` finds Łukasz. SQLite's own `lower` knows ASCII alone.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.trim().chars().flat_map(char::to_lowercase) {
        match plain(c) {
            "" => folded.push(c),
            letters => folded.push_str(letters),
        }
    }
    folded
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

/// A LIKE pattern (`ESCAPE '\'`) that finds `text` anywhere; empty for an empty text. Characters
/// that cannot be shown are left out (PostgreSQL refuses U+0000), and so is what nobody types.
pub(crate) fn pattern(text: &str) -> String {
    let shown: String = text.trim().chars().filter(|c| !c.is_control()).take(100).collect();
    if shown.is_empty() {
        return String::new();
    }
    let mut pattern = String::from("%");
    for c in shown.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn diacritics_do_not_matter() {
        assert_eq!(fold(" Łukasz ŻÓŁĆ "), "lukasz zolc");
        assert_eq!(fold("Ángel Muñoz"), "angel munoz");
        assert_eq!(fold("Françoise Œuvrard"), "francoise oeuvrard");
        assert_eq!(fold("Ольга"), "ольга");
    }

    #[test]
    fn patterns_are_literal() {
        assert_eq!(pattern("  "), "");
        assert_eq!(pattern("50%_\\"), "%50\\%\\_\\\\%");
        assert_eq!(pattern("a\0b"), "%ab%");
    }
}
