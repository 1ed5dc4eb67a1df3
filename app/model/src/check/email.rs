use super::Fault;

/// An address in the form in which it is compared and stored: trimmed and in lower case.
pub fn normalize_email(text: &str) -> String {
    text.trim().to_lowercase()
}

/// Checks that `text` is an address that mail can be sent to: the shape that browsers accept for
/// `type=email`, with a domain of at least two labels. The rest only a mail can prove.
pub fn email(text: &str) -> Result<(), Fault> {
    let text = text.trim();
    let Some((local, domain)) = text.rsplit_once('@') else { return Err(Fault::Email) };
    let local_char = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~.-".contains(&b);
    let local_ok = (1..=64).contains(&local.len())
        && local.bytes().all(local_char)
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..");
    if local_ok && text.len() <= 254 && domain.contains('.') && super::url::domain(domain) {
        Ok(())
    } else {
        Err(Fault::Email)
    }
}

#[cfg(test)]
mod tests {
    use super::email;

    #[test]
    fn addresses() {
        for good in ["a@b.example", "first.last+tag@sub.shop.example", " ana@shop.example "] {
            assert!(email(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "a",
            "a@b",
            "@b.example",
            "a@@b.example",
            ".a@b.example",
            "a..b@c.example",
            "a b@c.example",
            "a@-b.example",
            "a@b.example\nBcc: c@d.example",
            "<script>@b.example",
        ] {
            assert!(email(bad).is_err(), "{bad}");
        }
    }
}
