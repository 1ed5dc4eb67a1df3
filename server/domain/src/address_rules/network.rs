//! Networks as people type them, and addresses as requests come from them.
use ipnet::{IpNet, Ipv4Net};
use model::check::Fault;
use std::net::IpAddr;

/// The network in a typed text: one address, or a network such as `192.0.2.0/24`. Both versions,
/// in brackets or not; IPv4 written as IPv6 (`::ffff:192.0.2.1`) is the IPv4 that it means, for so
/// requests are seen. What stands behind the prefix does not matter: `192.0.2.77/24` is
/// `192.0.2.0/24`.
///
/// # Errors
/// [`Fault::Required`] and [`Fault::Network`].
pub fn parse(text: &str) -> Result<IpNet, Fault> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Fault::Required);
    }
    if let Some(address) = address(text) {
        return Ok(IpNet::from(address));
    }
    let (base, prefix) = text.split_once('/').ok_or(Fault::Network)?;
    let base: IpAddr = base.trim_matches(['[', ']']).parse().map_err(|_| Fault::Network)?;
    let digits = !prefix.is_empty() && prefix.bytes().all(|b| b.is_ascii_digit());
    let prefix: u8 = prefix.parse().ok().filter(|_| digits).ok_or(Fault::Network)?;
    let net = IpNet::new(base, prefix).map_err(|_| Fault::Network)?;
    Ok(mapped(net).unwrap_or(net).trunc())
}

/// The IPv4 network that an IPv6 one of mapped addresses means.
fn mapped(net: IpNet) -> Option<IpNet> {
    let IpAddr::V6(base) = net.addr() else { return None };
    let prefix = net.prefix_len().checked_sub(96)?;
    Ipv4Net::new(base.to_ipv4_mapped()?, prefix).ok().map(IpNet::from)
}

/// The address in a text; IPv4 written as IPv6 is IPv4.
pub fn address(text: &str) -> Option<IpAddr> {
    let address: IpAddr = text.trim().trim_matches(['[', ']']).parse().ok()?;
    Some(address.to_canonical())
}

/// How a network is stored and shown: a single address without its prefix.
pub fn show(net: IpNet) -> String {
    if net.prefix_len() == net.max_prefix_len() { net.addr().to_string() } else { net.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Result<String, Fault> {
        parse(text).map(show)
    }

    #[test]
    fn what_people_type() {
        for (typed, meant) in [
            ("192.0.2.1", "192.0.2.1"),
            (" 192.0.2.77/24 ", "192.0.2.0/24"),
            ("192.0.2.1/32", "192.0.2.1"),
            ("::ffff:192.0.2.1", "192.0.2.1"),
            ("::ffff:c000:0201", "192.0.2.1"),
            ("::ffff:192.0.2.77/120", "192.0.2.0/24"),
            ("2001:DB8::1", "2001:db8::1"),
            ("[2001:db8::1]", "2001:db8::1"),
            ("2001:db8:0:0::/32", "2001:db8::/32"),
            ("0.0.0.0/0", "0.0.0.0/0"),
        ] {
            assert_eq!(shown(typed).as_deref(), Ok(meant), "{typed}");
        }
        assert_eq!(parse("  "), Err(Fault::Required));
        for bad in [
            "192.0.2",
            "192.0.2.256",
            "192.0.2.0/33",
            "2001:db8::/129",
            "192.0.2.0/",
            "192.0.2.0/+8",
            "192.0.2.0/24/8",
            "shop.example",
            "192.0.2.1-192.0.2.9",
            "192.0.2.*",
            "fe80::1%eth0",
        ] {
            assert_eq!(parse(bad), Err(Fault::Network), "{bad}");
        }
    }

    #[test]
    fn mapped_addresses_are_in_the_network_that_they_mean() {
        let net = parse("192.0.2.0/24").unwrap();
        assert!(net.contains(&address("::ffff:192.0.2.9").unwrap()));
        assert!(!net.contains(&address("2001:db8::1").unwrap()));
        // Networks wider than the mapped addresses are of IPv6 and hold no IPv4.
        let wide = parse("::/0").unwrap();
        assert!(wide.contains(&address("2001:db8::1").unwrap()));
        assert!(!wide.contains(&address("192.0.2.9").unwrap()));
    }
}
