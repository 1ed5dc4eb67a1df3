use super::Fault;

/// The contrast from which on text can be read (WCAG 2.2, 1.4.3).
pub const READABLE: f32 = 4.5;

/// Checks that `text` is a colour: `#rrggbb`.
pub fn color(text: &str) -> Result<(), Fault> {
    channels(text).map(|_| ()).ok_or(Fault::Color)
}

/// How much two colours differ in light, from 1 to 21 (WCAG 2.2, contrast ratio); `None` where one
/// of them is no colour.
pub fn contrast(one: &str, other: &str) -> Option<f32> {
    let (one, other) = (luminance(channels(one)?), luminance(channels(other)?));
    Some((one.max(other) + 0.05) / (one.min(other) + 0.05))
}

fn channels(text: &str) -> Option<[u8; 3]> {
    let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    // A sign before a digit would be read as well.
    if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let channel = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    Some([channel(0)?, channel(2)?, channel(4)?])
}

/// The relative luminance, from 0 to 1.
fn luminance(channels: [u8; 3]) -> f32 {
    let [red, green, blue] = channels.map(|channel| {
        let share = f32::from(channel) / 255.0;
        if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrasts_are_those_of_the_standard() {
        let near = |one, other, ratio: f32| {
            assert!((contrast(one, other).unwrap() - ratio).abs() < 0.01, "{one} on {other}");
        };
        near("#000000", "#ffffff", 21.0);
        near("#ffffff", "#ffffff", 1.0);
        near("#767676", "#ffffff", 4.54);
        near("#777777", "#FFFFFF", 4.48);
        assert_eq!(contrast("#fff", "#000000"), None);
    }

    #[test]
    fn only_six_digits_are_a_colour() {
        assert_eq!(color("#0a1B2c"), Ok(()));
        for wrong in ["", "red", "#12345", "#1234567", "#+1+1+1", "#12345é"] {
            assert_eq!(color(wrong), Err(Fault::Color), "{wrong}");
        }
    }
}
