//! Secrets at rest: XChaCha20-Poly1305 with the place of the value as additional data, so that a
//! sealed value that is moved elsewhere does not open.
//!
//! The nonce is derived from the value and its place instead of being random: sealing the same
//! value at the same place again gives the same text, and nothing else can repeat a nonce.
use super::Keys;
use crate::{Error, Result};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chacha20poly1305::{
    KeyInit as _, XChaCha20Poly1305, XNonce,
    aead::{Aead as _, Payload},
};
use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use zeroize::Zeroizing;

/// The version of this way to seal.
const VERSION: &str = "1";
const NONCE: usize = 24;

impl Keys {
    /// `secret` encrypted for `place`, which names where it is kept: table, column, row.
    pub fn seal(&self, place: &str, secret: &[u8]) -> String {
        let nonce = self.nonce(place, secret);
        let payload = Payload { msg: secret, aad: place.as_bytes() };
        // Fails for texts of 256 GB only; what is empty opens nowhere.
        let sealed = self.cipher().encrypt(&XNonce::from(nonce), payload).unwrap_or_default();
        let bytes = [&nonce[..], &sealed].concat();
        format!("{VERSION}.{}.{}", self.key_id(), URL_SAFE_NO_PAD.encode(bytes))
    }

    /// What was sealed for `place`.
    ///
    /// # Errors
    /// [`Error::Corrupt`] where it was sealed with another key or for another place, or was
    /// damaged. The text says which key it needs, and nothing of the value.
    pub fn open(&self, place: &str, sealed: &str) -> Result<Zeroizing<Vec<u8>>> {
        let broken = |why: &str| Error::Corrupt(format!("the secret of {place}: {why}"));
        let mut parts = sealed.splitn(3, '.');
        let (version, key) = (parts.next(), parts.next().unwrap_or_default());
        if version != Some(VERSION) {
            return Err(broken("unknown format"));
        }
        if key != self.key_id() {
            return Err(broken("sealed with another key"));
        }
        let bytes = URL_SAFE_NO_PAD.decode(parts.next().unwrap_or_default());
        let bytes = bytes.map_err(|_| broken("damaged"))?;
        let (nonce, text) = bytes.split_first_chunk::<NONCE>().ok_or_else(|| broken("damaged"))?;
        let payload = Payload { msg: text, aad: place.as_bytes() };
        let opened = self.cipher().decrypt(&XNonce::from(*nonce), payload);
        opened.map(Zeroizing::new).map_err(|_| broken("damaged, or of another place"))
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        let key = Zeroizing::new(self.derive("seal", ""));
        XChaCha20Poly1305::new(&(*key).into())
    }

    fn key_id(&self) -> String {
        self.fingerprint().chars().take(8).collect()
    }

    #[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
    fn nonce(&self, place: &str, secret: &[u8]) -> [u8; NONCE] {
        let key = Zeroizing::new(self.derive("seal nonce", ""));
        let mut mac = Hmac::<Sha256>::new_from_slice(key.as_slice()).expect("any length");
        mac.update(&(place.len() as u64).to_le_bytes());
        mac.update(place.as_bytes());
        mac.update(secret);
        let code = mac.finalize().into_bytes();
        let mut nonce = [0; NONCE];
        nonce.copy_from_slice(&code[..NONCE]);
        nonce
    }
}
