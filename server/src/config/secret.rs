use std::fmt;

/// A URL that may hold a password. It can be used but not printed: `Debug` leaves out user,
/// password and query.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretUrl(String);

impl SecretUrl {
    /// Keeps `url`.
    pub fn new(url: impl Into<String>) -> SecretUrl {
        SecretUrl(url.into())
    }

    /// The whole URL, for the library that connects to it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SecretUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (scheme, rest) = self.0.split_once("://").unwrap_or(("", &self.0));
        // A password may hold any of the separators when it was not encoded: cut generously.
        let place = rest.rsplit('@').next().unwrap_or_default();
        let place = place.split(['?', '#']).next().unwrap_or_default();
        let secret = if rest.contains('@') { "***@" } else { "" };
        write!(f, "{scheme}://{secret}{place}")
    }
}

#[cfg(test)]
mod tests {
    use super::SecretUrl;

    #[test]
    fn debug_tells_the_place_and_not_the_password() {
        let debug = |url: &str| format!("{:?}", SecretUrl::new(url));
        assert_eq!(
            debug("smtp://ann:s3cret@mail.example:587?tls=required"),
            "smtp://***@mail.example:587"
        );
        assert_eq!(debug("postgres://u:p@ss@db/shop?password=s3cret"), "postgres://***@db/shop");
        assert_eq!(debug("smtp://localhost:25"), "smtp://localhost:25");
    }
}
