//! Secret keys, tokens, passwords, and secrets that must be read again.
mod passwords;
mod seal;
#[cfg(test)]
mod tests;

pub use passwords::Passwords;
#[cfg(test)]
pub(crate) use passwords::ROOM;

use crate::Domain;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};
use std::fmt;
use zeroize::{Zeroize as _, Zeroizing};

/// The instance's secret key. Everything secret that must be made again is derived from it.
pub struct Keys {
    master: Zeroizing<[u8; 32]>,
}

impl Keys {
    /// The keys derived from these 32 secret bytes.
    pub fn from_bytes(mut bytes: [u8; 32]) -> Keys {
        let keys = Keys { master: Zeroizing::new(bytes) };
        bytes.zeroize();
        keys
    }

    /// A short text that tells this key from others without giving it away.
    pub fn fingerprint(&self) -> String {
        let mut text = URL_SAFE_NO_PAD.encode(self.derive("fingerprint", ""));
        text.truncate(16);
        text
    }

    /// The token of `id` for `purpose`. It is never stored: whoever has the key can make it again
    /// from the id, as the mail worker does.
    pub fn token(&self, purpose: &str, id: &str) -> Token {
        Token(Zeroizing::new(URL_SAFE_NO_PAD.encode(self.derive(purpose, id))))
    }

    /// A code of `bytes` that nobody without the key can make: base64url of an HMAC with a key of
    /// its own for each purpose.
    pub(crate) fn authenticate(&self, purpose: &str, bytes: &[u8]) -> String {
        let key = Zeroizing::new(self.derive(purpose, ""));
        URL_SAFE_NO_PAD.encode(hmac(key.as_slice(), &[bytes]))
    }

    fn derive(&self, purpose: &str, id: &str) -> [u8; 32] {
        // Neither holds a NUL, so no two pairs give the same bytes.
        hmac(self.master.as_slice(), &[purpose.as_bytes(), &[0], id.as_bytes()])
    }
}

#[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
fn hmac(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("any length");
    parts.iter().for_each(|part| mac.update(part));
    mac.finalize().into_bytes().into()
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Keys({})", self.fingerprint())
    }
}

/// A secret that its holder shows to prove something: 256 bits as 43 characters of base64url.
pub struct Token(Zeroizing<String>);

impl Token {
    /// The secret itself: for a cookie or a link, and nothing else.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// What is stored in its place.
    pub fn hash(&self) -> String {
        hash_token(&self.0)
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(..)")
    }
}

/// A new token from the context's randomness.
pub fn random_token(domain: &Domain) -> Token {
    Token(Zeroizing::new(URL_SAFE_NO_PAD.encode(domain.random_bytes::<32>())))
}

/// The hash under which a token is stored: SHA-256 in base64url. Tokens have 256 random bits, so
/// nothing slower is needed.
pub fn hash_token(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(text.as_bytes()))
}
