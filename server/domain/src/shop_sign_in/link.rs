use hmac::{Hmac, KeyInit as _, Mac as _};
use model::{Refusal, StoreId, check};
use sha2::Sha256;
use std::fmt::Write as _;

/// How long a link works, in seconds; also how far ahead the shop's clock may be.
pub const VALID: i64 = 60;

/// A link as it arrives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// The store.
    pub store: String,
    /// Whom it signs in.
    pub email: String,
    /// When it was made: Unix seconds.
    pub at: String,
    /// What makes it differ from all others of that store: 16 to 64 letters, digits, `-` or `_`.
    pub nonce: String,
    /// HMAC-SHA256 of the others, in hexadecimal digits.
    pub signature: String,
}

impl Link {
    /// What is signed: the four values, a line each, without a line break at the end.
    fn message(&self) -> String {
        [&self.store, &self.email, &self.at, &self.nonce].map(String::as_str).join("\n")
    }

    /// The signature of this link with a secret.
    pub fn sign(&self, secret: &str) -> String {
        let code = mac(secret, &self.message()).finalize().into_bytes();
        code.iter().fold(String::new(), |mut text, byte| {
            write!(text, "{byte:02x}").ok();
            text
        })
    }

    /// The store, if it can be one.
    pub(super) fn store(&self) -> Result<StoreId, Refusal> {
        self.store.parse().map_err(|_| Refusal::LinkUnknown)
    }

    /// Whom it signs in, as addresses are stored.
    pub(super) fn person(&self) -> String {
        check::normalize_email(&self.email)
    }

    /// Checks signature and time.
    pub(super) fn check(&self, secret: &str, now: i64) -> Result<(), Refusal> {
        let signature = bytes(&self.signature).ok_or(Refusal::LinkUnknown)?;
        let right = mac(secret, &self.message()).verify_slice(&signature);
        right.map_err(|_| Refusal::LinkUnknown)?;
        let odd = |c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
        if !(16..=64).contains(&self.nonce.len()) || self.nonce.contains(odd) {
            return Err(Refusal::LinkUnknown);
        }
        let at: i64 = self.at.parse().map_err(|_| Refusal::LinkUnknown)?;
        let age = (now / 1000).checked_sub(at).ok_or(Refusal::LinkUnknown)?;
        if (-VALID..=VALID).contains(&age) { Ok(()) } else { Err(Refusal::LinkExpired) }
    }
}

#[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
fn mac(secret: &str, message: &str) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("any length");
    mac.update(message.as_bytes());
    mac
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u32>> = hex.chars().map(|c| c.to_digit(16)).collect();
    let digits = digits.filter(|digits| digits.len() == 64)?;
    let byte = |pair: &[u32]| u8::try_from(pair.iter().fold(0, |n, digit| n * 16 + digit)).ok();
    digits.chunks(2).map(byte).collect()
}
