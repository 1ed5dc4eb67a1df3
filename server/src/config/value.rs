//! One value at a time: from text to what the program uses. A fault's text follows the key:
//! "listen: is not ...". It never repeats a value that may be secret.
use super::SecretUrl;
use http::Uri;
use ipnet::IpNet;
use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
};

/// How the log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// A line an event, for people.
    Text,
    /// A JSON object an event.
    Json,
}

type Parsed<T> = Result<T, String>;

fn wrong<T>(text: &str, wanted: &str) -> Parsed<T> {
    Err(format!("{text:?} is not {wanted}"))
}

pub(super) fn address(text: &str) -> Parsed<SocketAddr> {
    text.parse().or_else(|_| wrong(text, "an address and port such as 127.0.0.1:3000"))
}

pub(super) fn public_url(text: &str) -> Parsed<String> {
    let wanted = "an address such as https://manager.shop.example, without a path";
    let Ok(uri) = text.parse::<Uri>() else { return wrong(text, wanted) };
    let scheme = matches!(uri.scheme_str(), Some("http" | "https"));
    let host = uri.authority().filter(|a| !a.host().is_empty() && !a.as_str().contains('@'));
    match (scheme, host, uri.path(), uri.query()) {
        (true, Some(_), "/", None) => Ok(text.trim_end_matches('/').to_lowercase()),
        _ => wrong(text, wanted),
    }
}

pub(super) fn path(text: &str) -> Parsed<PathBuf> {
    Ok(PathBuf::from(text))
}

pub(super) fn database_url(text: &str) -> Parsed<Option<SecretUrl>> {
    if ["postgres://", "postgresql://", "sqlite:"].iter().any(|scheme| text.starts_with(scheme)) {
        return Ok(Some(SecretUrl::new(text)));
    }
    Err("must begin with postgres:// or sqlite:".to_owned())
}

pub(super) fn traces_url(text: &str) -> Parsed<Option<SecretUrl>> {
    match text.parse::<Uri>() {
        Ok(uri) if matches!(uri.scheme_str(), Some("http" | "https")) && uri.path() != "/" => {
            Ok(Some(SecretUrl::new(text)))
        }
        _ => Err("must be an address such as http://127.0.0.1:4318/v1/traces".to_owned()),
    }
}

pub(super) fn connections(text: &str) -> Parsed<u32> {
    match text.parse() {
        Ok(number @ 1..=1000) => Ok(number),
        _ => wrong(text, "a number from 1 to 1000"),
    }
}

pub(super) fn megabytes(text: &str) -> Parsed<usize> {
    match text.parse() {
        Ok(number @ 0..=4096) => Ok(number),
        _ => wrong(text, "a number from 0 to 4096"),
    }
}

pub(super) fn smtp_url(text: &str) -> Parsed<Option<SecretUrl>> {
    let host = ["smtp://", "smtps://"].iter().find_map(|scheme| text.strip_prefix(scheme));
    match host.map(|rest| rest.rsplit('@').next().unwrap_or_default()) {
        Some(host) if !host.is_empty() => Ok(Some(SecretUrl::new(text))),
        _ => Err("must begin with smtp:// or smtps:// and name a host".to_owned()),
    }
}

pub(super) fn mail_sender(text: &str) -> Parsed<Option<String>> {
    let address = text.rsplit_once('<').map_or(text, |(_, rest)| rest.trim_end_matches('>'));
    match model::check::email(address) {
        Ok(_) => Ok(Some(text.to_owned())),
        Err(_) => wrong(text, "a sender such as Store Manager <no-reply@shop.example>"),
    }
}

pub(super) fn networks(text: &str) -> Parsed<Vec<IpNet>> {
    text.split(',').map(str::trim).filter(|item| !item.is_empty()).map(network).collect()
}

fn network(text: &str) -> Parsed<IpNet> {
    let single = || text.parse::<IpAddr>().map(IpNet::from);
    let net = text.parse().or_else(|_| single());
    net.or_else(|_| wrong(text, "a network or an address such as 10.0.0.0/8 or ::1"))
}

pub(super) fn log_format(text: &str) -> Parsed<LogFormat> {
    match text {
        "text" => Ok(LogFormat::Text),
        "json" => Ok(LogFormat::Json),
        _ => wrong(text, "one of text and json"),
    }
}

pub(super) fn log(text: &str) -> Parsed<String> {
    match tracing_subscriber::EnvFilter::try_new(text) {
        Ok(_) => Ok(text.to_owned()),
        Err(_) => wrong(text, "a level such as info, or parts such as info,domain=debug"),
    }
}
