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
    fn patterns_are_literal() {
        assert_eq!(pattern("  "), "");
        assert_eq!(pattern("50%_\\"), "%50\\%\\_\\\\%");
        assert_eq!(pattern("a\0b"), "%ab%");
    }
}
