use super::Fault;

/// A telephone number as E.164 writes it (`+34915550100`): a plus sign and digits only.
pub fn normalize_phone(text: &str) -> String {
    let digits =
        text.trim().chars().filter(|c| !matches!(c, ' ' | '-' | '.' | '(' | ')' | '/' | '\u{a0}'));
    let joined: String = digits.collect();
    joined.strip_prefix("00").map_or_else(|| joined.clone(), |rest| format!("+{rest}"))
}

/// Checks that `text` is a number with its country prefix, 7 to 15 digits (E.164).
pub fn phone(text: &str) -> Result<(), Fault> {
    let normal = normalize_phone(text);
    let Some(digits) = normal.strip_prefix('+') else { return Err(Fault::Phone) };
    let shape = (7..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    if shape && !digits.starts_with('0') { Ok(()) } else { Err(Fault::Phone) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        assert_eq!(normalize_phone(" 0034 (91) 555-01.00 "), "+34915550100");
        for good in ["+34 915 550 100", "0048 22 555 01 00", "+1 (202) 555-0100"] {
            assert!(phone(good).is_ok(), "{good}");
        }
        for bad in ["915550100", "+12", "+0123456789", "+1234567890123456", "+34 call me"] {
            assert!(phone(bad).is_err(), "{bad}");
        }
    }
}
