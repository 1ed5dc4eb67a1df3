//! Where a request really comes from, when there are proxies in front of us.
use http::{HeaderMap, HeaderName};
use ipnet::IpNet;
use std::net::{IpAddr, SocketAddr};

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

/// The client's address and, if a trusted proxy tells, the scheme it came by. `X-Forwarded-For` is
/// read from the right, for each trusted proxy has appended the address that it saw: the first
/// untrusted one is the client. What stands left of it is the client's own claim and never read.
pub(super) fn of(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> (IpAddr, Option<String>) {
    let trusts = |address: IpAddr| trusted.iter().any(|net| net.contains(&address));
    let mut client = peer.to_canonical();
    let mut hops = 0_usize;
    if !trusts(client) {
        return (client, None);
    }
    for entry in from_the_right(headers, &FORWARDED_FOR) {
        let Some(address) = parse(entry) else { break };
        client = address;
        if !trusts(address) {
            break;
        }
        hops += 1;
    }
    (client, scheme(headers, hops))
}

/// The scheme that the proxy nearest to the client noted. Some proxies append theirs, others hand
/// on what they got.
fn scheme(headers: &HeaderMap, hops: usize) -> Option<String> {
    let mut schemes = from_the_right(headers, &FORWARDED_PROTO).take(hops + 1);
    let nearest = schemes.by_ref().last()?;
    Some(nearest.to_ascii_lowercase())
}

fn from_the_right<'h>(
    headers: &'h HeaderMap,
    name: &HeaderName,
) -> impl Iterator<Item = &'h str> + use<'h> {
    let lines: Vec<&str> =
        headers.get_all(name).iter().map(|line| line.to_str().unwrap_or("?")).collect();
    lines.into_iter().rev().flat_map(|line| line.rsplit(',')).map(str::trim)
}

/// An address as proxies write it: bare, in brackets, with or without a port.
fn parse(text: &str) -> Option<IpAddr> {
    let bare = text.trim_matches(['[', ']']);
    let address = bare.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|a| a.ip()));
    address.map(|address: IpAddr| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn client(
        peer: &str,
        forwarded: &[&'static str],
        proto: &[&'static str],
    ) -> (String, Option<String>) {
        let trusted = ["10.0.0.0/8", "::1/128"].map(|net| net.parse().unwrap());
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append(FORWARDED_FOR, HeaderValue::from_static(line));
        }
        for line in proto {
            headers.append(FORWARDED_PROTO, HeaderValue::from_static(line));
        }
        let (address, scheme) = of(peer.parse().unwrap(), &headers, &trusted);
        (address.to_string(), scheme)
    }

    #[test]
    fn only_trusted_proxies_are_believed() {
        let address = |peer, forwarded| client(peer, forwarded, &[]).0;
        assert_eq!(address("192.0.2.1", &["198.51.100.7"]), "192.0.2.1");
        assert_eq!(address("10.0.0.1", &["198.51.100.7"]), "198.51.100.7");
        assert_eq!(address("::1", &["6.6.6.6, 198.51.100.7, 10.2.2.2"]), "198.51.100.7");
        assert_eq!(address("10.0.0.1", &["6.6.6.6", "198.51.100.7"]), "198.51.100.7");
        assert_eq!(address("10.0.0.1", &[]), "10.0.0.1");
        assert_eq!(address("10.0.0.1", &["10.0.0.9, 10.0.0.8"]), "10.0.0.9");
        assert_eq!(address("10.0.0.1", &["198.51.100.7, unknown, 10.0.0.8"]), "10.0.0.8");
        assert_eq!(address("::ffff:10.0.0.1", &["198.51.100.7:4711"]), "198.51.100.7");
        assert_eq!(address("10.0.0.1", &["[2001:db8::1]:443"]), "2001:db8::1");
        assert_eq!(address("10.0.0.1", &["[2001:db8::1]"]), "2001:db8::1");
    }

    #[test]
    fn the_scheme_is_the_one_the_client_used() {
        let scheme = |peer, forwarded, proto| client(peer, forwarded, proto).1;
        assert_eq!(scheme("192.0.2.1", &[], &["https"]), None);
        assert_eq!(scheme("10.0.0.1", &["198.51.100.7"], &["HTTPS"]), Some("https".into()));
        assert_eq!(scheme("10.0.0.1", &["198.51.100.7"], &["https, http"]), Some("http".into()));
        assert_eq!(
            scheme("10.0.0.1", &["198.51.100.7, 10.0.0.8"], &["https, http"]),
            Some("https".into())
        );
        assert_eq!(
            scheme("10.0.0.1", &["198.51.100.7, 10.0.0.8"], &["https"]),
            Some("https".into())
        );
    }
}
