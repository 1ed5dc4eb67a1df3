use super::Markup;

/// The first letters of the first and last word of `name`, in capitals.
fn initials(name: &str) -> String {
    let mut words =
        name.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    let first = words.next();
    let last = words.next_back();
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

/// One of five tones, the same for the same name.
fn tone(name: &str) -> u32 {
    name.bytes().fold(0_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte))) % 5 + 1
}

/// Writes the initials of a person in a circle (class `avatar`) or of a store in a square (`avatar square`).
pub fn avatar(m: &mut Markup, class: &str, name: &str) {
    let class = format!("{class} tone-{}", tone(name));
    m.leaf("span", &[("class", &class), ("aria-hidden", "true")], &initials(name));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_of_any_script() {
        assert_eq!(initials("ana  maría nowak"), "AN");
        assert_eq!(initials("Łukasz"), "Ł");
        assert_eq!(initials("<script> x"), "SX");
        assert_eq!(initials(""), "");
    }
}
