//! Addresses of web pages. A full URL parser would be a tenth of the browser half; what people type
//! here is a plain http or https address.
use super::Fault;

/// The host of an http or https address, in lower case and without its port.
pub fn host(text: &str) -> Option<String> {
    let text = text.trim();
    let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
    let rest = if lower.starts_with("https://") {
        text.get(8..)?
    } else if lower.starts_with("http://") {
        text.get(7..)?
    } else {
        return None;
    };
    let authority = rest.split(['/', '?', '#']).next()?;
    let (name, port) = authority.split_once(':').map_or((authority, None), |(n, p)| (n, Some(p)));
    let port_ok = port.is_none_or(|p| p.parse::<u16>().is_ok_and(|n| n > 0));
    (port_ok && domain(name)).then(|| name.to_lowercase())
}

/// Whether `name` is a domain name: labels of letters, digits and inner hyphens. Letters of any
/// script are allowed, as browsers show them.
pub(super) fn domain(name: &str) -> bool {
    let label = |l: &str| {
        (1..=63).contains(&l.len())
            && l.chars().all(|c| c.is_alphanumeric() || c == '-')
            && !l.starts_with('-')
            && !l.ends_with('-')
    };
    name.len() <= 253 && !name.is_empty() && name.split('.').all(label)
}

/// Checks that `text` is an http or https address of a named host, on one of `hosts` or a
/// subdomain of one unless that is empty.
pub fn url(text: &str, hosts: &[&str]) -> Result<(), Fault> {
    let text = text.trim();
    let host = host(text).filter(|h| h.contains('.') || h == "localhost").ok_or(Fault::Url)?;
    if text
        .chars()
        .any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '\\'))
    {
        return Err(Fault::Url);
    }
    let under = |h: &str| host == h || host.strip_suffix(h).is_some_and(|sub| sub.ends_with('.'));
    if hosts.is_empty() || hosts.iter().any(|h| under(h)) { Ok(()) } else { Err(Fault::UrlHost) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for good in [
            "https://shop.example",
            "HTTP://Shop.Example:8080/a?b=c#d",
            "https://sklep-łódź.example/pl",
            "http://localhost:3000",
        ] {
            assert_eq!(url(good, &[]), Ok(()), "{good}");
        }
        for bad in [
            "",
            "shop.example",
            "javascript:alert(1)",
            "ftp://shop.example",
            "https://",
            "https://a b.example",
            "https://user@shop.example",
            "https://shop.example:0",
            "https://shop.example/<script>",
            "https://intranet",
            "data:text/html,x",
            "https://-a.example",
        ] {
            assert_eq!(url(bad, &[]), Err(Fault::Url), "{bad}");
        }
    }

    #[test]
    fn addresses_of_one_site() {
        let hosts = ["x.com", "twitter.com"];
        assert_eq!(url("https://x.com/shop", &hosts), Ok(()));
        assert_eq!(url("https://mobile.twitter.com/shop", &hosts), Ok(()));
        assert_eq!(url("https://notx.com/shop", &hosts), Err(Fault::UrlHost));
    }
}
