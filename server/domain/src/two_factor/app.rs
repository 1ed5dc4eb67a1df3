//! The app's side: secret, codes, and the QR code that carries the secret into the app.
use crate::{Error, Result};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use fast_qr::{
    convert::{Builder as _, Shape, svg::SvgBuilder},
    qr::QRBuilder,
};
use totp_rs::{Algorithm, Builder, Totp};

/// Bytes of a secret: what RFC 4226 recommends.
pub(super) const SECRET: usize = 20;
/// Digits of a code.
pub(super) const DIGITS: usize = 6;
/// What apps call the account by.
const ISSUER: &str = "Store Manager";

/// The scheme that every app knows: SHA-1, six digits, 30 seconds, one step of leeway.
fn totp(secret: &[u8], email: &str) -> Result<Totp> {
    Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(6)
        .with_step_duration(30)
        .with_skew(1)
        .with_secret(secret.to_vec())
        .with_issuer(Some(ISSUER))
        .with_account_name(email)
        .build()
        .map_err(|error| Error::Corrupt(format!("two-factor secret: {error}")))
}

/// The step that `code` belongs to, if it is right at `now` (Unix milliseconds).
pub(super) fn step(secret: &[u8], code: &str, now: i64) -> Result<Option<i64>> {
    let found = totp(secret, "-")?.check(code, seconds(now));
    Ok(found.and_then(|step| i64::try_from(step).ok()))
}

/// The secret as people type it: base32 in groups of four.
pub(super) fn typed(secret: &[u8]) -> Result<String> {
    let text = totp(secret, "-")?.secret().to_base32();
    let letters: Vec<char> = text.chars().collect();
    Ok(letters.chunks(4).map(String::from_iter).collect::<Vec<_>>().join(" "))
}

/// A QR code of the secret as `data:` address of an SVG image.
pub(super) fn picture(secret: &[u8], email: &str) -> Result<String> {
    let broken = |error: String| Error::Corrupt(format!("QR code: {error}"));
    let url = totp(secret, email)?.to_url().map_err(|error| broken(error.to_string()))?;
    let code = QRBuilder::new(url).build().map_err(|error| broken(format!("{error:?}")))?;
    let svg = SvgBuilder::default().shape(Shape::Square).to_str(&code);
    Ok(format!("data:image/svg+xml;base64,{}", STANDARD.encode(svg)))
}

fn seconds(now: i64) -> u64 {
    u64::try_from(now / 1_000).unwrap_or_default()
}

/// The code at a time, for tests.
#[cfg(any(test, feature = "testing"))]
pub(crate) fn code_at(secret: &[u8], now: i64) -> Result<String> {
    Ok(totp(secret, "-")?.generate(seconds(now)).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_rfc_6238() {
        let secret = b"12345678901234567890";
        for (at, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            assert_eq!(code_at(secret, at * 1_000).unwrap(), code);
            assert_eq!(step(secret, code, at * 1_000).unwrap(), Some(at / 30));
            // One step of leeway to either side, and no more.
            assert_eq!(step(secret, code, (at + 30) * 1_000).unwrap(), Some(at / 30));
            assert_eq!(step(secret, code, (at + 60) * 1_000).unwrap(), None);
        }
        assert_eq!(step(secret, "12345", 59_000).unwrap(), None);
        assert_eq!(step(secret, "", 59_000).unwrap(), None);
    }

    #[test]
    fn the_secret_can_be_typed_and_scanned() {
        let secret = b"12345678901234567890";
        assert_eq!(typed(secret).unwrap(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        let picture = picture(secret, "ana@shop.example").unwrap();
        let svg = STANDARD.decode(picture.strip_prefix("data:image/svg+xml;base64,").unwrap());
        assert!(String::from_utf8(svg.unwrap()).unwrap().starts_with("<svg"));
    }
}
