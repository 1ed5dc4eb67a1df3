//! Checks of typed values, run by the browser before it submits and by the server always.
mod color;
mod email;
mod phone;
mod url;

pub use color::{READABLE, color, contrast};
pub use email::{email, normalize_email};
pub use phone::{normalize_phone, phone};
pub use url::{host, url};

use crate::text::{Key, Texts};
use serde::{Deserialize, Serialize};

/// Shortest password that is accepted, in characters (NIST SP 800-63B asks for 8 and more).
pub const PASSWORD_MIN: usize = 10;
/// Longest password that is accepted, in characters.
pub const PASSWORD_MAX: usize = 128;

/// What is wrong with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// Nothing was entered where something must be.
    Required,
    /// Longer than `max` characters.
    TooLong {
        /// The limit, in characters.
        max: u32,
    },
    /// Shorter than `min` characters.
    TooShort {
        /// The limit, in characters.
        min: u32,
    },
    /// Not an e-mail address.
    Email,
    /// Not an http or https address.
    Url,
    /// An address of another site than the one asked for.
    UrlHost,
    /// Not a telephone number with its country prefix.
    Phone,
    /// Not one of the choices.
    Choice,
    /// Contains characters that cannot be shown, such as control characters.
    Characters,
    /// The consent that this needs was not given.
    Consent,
    /// The file is not a PNG, JPEG, WebP or GIF image, or is damaged.
    Image,
    /// The file is larger than `megabytes`.
    FileTooLarge {
        /// The limit, in megabytes.
        megabytes: u32,
    },
    /// The image has more than `pixels` pixels a side.
    ImageTooLarge {
        /// The limit, in pixels.
        pixels: u32,
    },
    /// The password is among those everybody tries first, or is the e-mail address.
    PasswordGuessable,
    /// Not what was asked to be typed.
    Mismatch,
    /// Something else has this name already.
    Taken,
    /// A day that has passed.
    Past,
    /// Not an internet address or network.
    Network,
    /// Not a domain name, or a list of them.
    Domain,
    /// Not a day, or one that has passed.
    Day,
    /// The password is not the one of this person.
    PasswordWrong,
    /// The code is wrong, too old or was used before.
    CodeWrong,
    /// It is the e-mail address that is used already.
    EmailSame,
    /// The organization does not invite people of this domain.
    InvitationDomain,
    /// Not a whole number from `min` to `max`.
    Number {
        /// The smallest.
        min: i64,
        /// The largest.
        max: i64,
    },
    /// Not a colour.
    Color,
    /// A colour that cannot be read on the one it stands on.
    Contrast,
    /// More than `max` entries.
    TooMany {
        /// The limit.
        max: u32,
    },
    /// The entry on this line is not an e-mail address.
    EmailLine {
        /// The line, counted from 1.
        line: u32,
    },
    /// The organization has locked it to another value.
    Locked,
}

impl Fault {
    /// A sentence that says what is wrong and what would be right.
    pub fn text(self, t: Texts) -> String {
        let number = |key, name, n: u32| t.fill(key, &[(name, &n.to_string())]);
        match self {
            Fault::Required => t.get(Key::FaultRequired).into(),
            Fault::TooLong { max } => number(Key::FaultTooLong, "max", max),
            Fault::TooShort { min } => number(Key::FaultTooShort, "min", min),
            Fault::Email => t.get(Key::FaultEmail).into(),
            Fault::Url => t.get(Key::FaultUrl).into(),
            Fault::UrlHost => t.get(Key::FaultUrlHost).into(),
            Fault::Phone => t.get(Key::FaultPhone).into(),
            Fault::Choice => t.get(Key::FaultChoice).into(),
            Fault::Characters => t.get(Key::FaultCharacters).into(),
            Fault::Consent => t.get(Key::FaultConsent).into(),
            Fault::Image => t.get(Key::FaultImage).into(),
            Fault::FileTooLarge { megabytes } => {
                number(Key::FaultFileTooLarge, "megabytes", megabytes)
            }
            Fault::ImageTooLarge { pixels } => number(Key::FaultImageTooLarge, "pixels", pixels),
            Fault::PasswordGuessable => t.get(Key::FaultPasswordGuessable).into(),
            Fault::PasswordWrong => t.get(Key::FaultPasswordWrong).into(),
            Fault::CodeWrong => t.get(Key::FaultCodeWrong).into(),
            Fault::EmailSame => t.get(Key::FaultEmailSame).into(),
            Fault::Mismatch => t.get(Key::FaultMismatch).into(),
            Fault::Taken => t.get(Key::FaultTaken).into(),
            Fault::Past => t.get(Key::FaultPast).into(),
            Fault::Network => t.get(Key::FaultNetwork).into(),
            Fault::Domain => t.get(Key::FaultDomain).into(),
            Fault::Day => t.get(Key::FaultDay).into(),
            Fault::InvitationDomain => t.get(Key::FaultInvitationDomain).into(),
            Fault::Number { min, max } => {
                let values = [("min", &*min.to_string()), ("max", &*max.to_string())];
                t.fill(Key::FaultNumber, &values)
            }
            Fault::Color => t.get(Key::FaultColor).into(),
            Fault::Contrast => t.get(Key::FaultContrast).into(),
            Fault::TooMany { max } => number(Key::FaultTooMany, "max", max),
            Fault::EmailLine { line } => number(Key::FaultEmailLine, "line", line),
            Fault::Locked => t.get(Key::FaultLocked).into(),
        }
    }
}

/// Checks the length of `text` in characters and that all of them can be shown; `lines` allows
/// line breaks.
pub fn plain(text: &str, max: u32, lines: bool) -> Result<(), Fault> {
    if text.chars().nth(max as usize).is_some() {
        return Err(Fault::TooLong { max });
    }
    let odd = |c: char| c.is_control() && !(lines && matches!(c, '\n' | '\r' | '\t'));
    // Direction overrides let one text pass for another.
    let spoof = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if text.chars().any(|c| odd(c) || spoof(c)) { Err(Fault::Characters) } else { Ok(()) }
}

/// Checks that `text` is a whole number from `min` to `max`.
pub fn number(text: &str, min: i64, max: i64) -> Result<(), Fault> {
    let number = text.parse::<i64>().ok().filter(|number| (min..=max).contains(number));
    number.map(|_| ()).ok_or(Fault::Number { min, max })
}

/// Checks a text that must be there.
pub fn required(text: &str, max: u32) -> Result<(), Fault> {
    if text.trim().is_empty() { Err(Fault::Required) } else { plain(text, max, false) }
}

/// Checks a new password of the person with this e-mail address.
pub fn password(password: &str, email: &str) -> Result<(), Fault> {
    let length = password.chars().count();
    if length == 0 {
        return Err(Fault::Required);
    }
    if length < PASSWORD_MIN {
        return Err(Fault::TooShort { min: PASSWORD_MIN as u32 });
    }
    if length > PASSWORD_MAX {
        return Err(Fault::TooLong { max: PASSWORD_MAX as u32 });
    }
    let lower = password.to_lowercase();
    let mut letters = lower.chars();
    let first = letters.next();
    let monotone = letters.all(|c| Some(c) == first);
    const COMMON: [&str; 6] =
        ["password", "1234567890", "qwertyuiop", "0123456789", "abcdefghij", "letmein"];
    if monotone
        || lower == normalize_email(email)
        || COMMON.iter().any(|c| lower.starts_with(c) && length < c.len() + 5)
    {
        return Err(Fault::PasswordGuessable);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords() {
        assert_eq!(password("", "a@b.example"), Err(Fault::Required));
        assert_eq!(password("short", "a@b.example"), Err(Fault::TooShort { min: 10 }));
        assert_eq!(password(&"é".repeat(129), "a@b.example"), Err(Fault::TooLong { max: 128 }));
        assert_eq!(password("aaaaaaaaaaaa", "a@b.example"), Err(Fault::PasswordGuessable));
        assert_eq!(password("Password123", "a@b.example"), Err(Fault::PasswordGuessable));
        assert_eq!(password("Ana@shop.example", "ana@shop.example"), Err(Fault::PasswordGuessable));
        assert_eq!(password("store-manager-demo", "admin@demo.example"), Ok(()));
    }

    #[test]
    fn texts_that_cannot_be_shown_are_refused() {
        assert_eq!(plain("a\u{0}b", 10, false), Err(Fault::Characters));
        assert_eq!(plain("a\nb", 10, false), Err(Fault::Characters));
        assert_eq!(plain("a\nb", 10, true), Ok(()));
        assert_eq!(plain("\u{202e}evil", 10, false), Err(Fault::Characters));
        assert_eq!(plain("żółw", 4, false), Ok(()));
        assert_eq!(plain("żółwi", 4, false), Err(Fault::TooLong { max: 4 }));
    }
}
