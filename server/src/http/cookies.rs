//! Cookies of ours: their names and how they are read and taken back.
use http::{HeaderMap, HeaderValue, header};

/// The language that an anonymous person chose.
pub(super) const LANG: &str = "lang";
/// The theme that an anonymous person chose.
pub(super) const THEME: &str = "theme";
/// Finds what the last form left for this page.
pub(super) const FLASH: &str = "flash";

/// Binds a sign-in at a provider of single sign-on to the browser.
pub(super) const SIGN_ON: &str = "sso";

/// The name of the session's cookie. `__Host-` forbids other hosts of the domain to set it; browsers
/// allow that prefix by https only.
pub(super) const fn session(secure: bool) -> &'static str {
    if secure { "__Host-session" } else { "session" }
}

/// The value of the first cookie with this name.
pub(super) fn get<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    lines
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name && !value.is_empty()).then_some(value))
}

/// Whether an answer sets a cookie with this name.
pub(super) fn sets(headers: &HeaderMap, name: &str) -> bool {
    let lines = headers.get_all(header::SET_COOKIE).iter().filter_map(|line| line.to_str().ok());
    lines.filter_map(|line| line.split_once('=')).any(|(key, _)| key == name)
}

/// The header that makes a browser forget the flash cookie.
pub(super) const FORGET_FLASH: HeaderValue =
    HeaderValue::from_static("flash=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
