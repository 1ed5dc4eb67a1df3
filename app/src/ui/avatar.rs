use leptos::prelude::*;

/// The first letters of the first and last word of `name`, in capitals.
pub fn initials(name: &str) -> String {
    let mut words =
        name.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    let first = words.next();
    let last = words.next_back();
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

/// One of five tones, the same for the same name.
pub fn tone(name: &str) -> u32 {
    name.bytes().fold(0_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte))) % 5 + 1
}

/// The initials of a person in a circle.
pub fn avatar(name: &str) -> impl IntoView + use<> {
    view! { <span class=format!("avatar tone-{}", tone(name)) aria-hidden="true">{initials(name)}</span> }
}

/// The initials of a store in a square.
pub fn square(name: &str, large: bool) -> impl IntoView + use<> {
    let size = if large { " large" } else { "" };
    view! {
        <span class=format!("avatar square{size} tone-{}", tone(name)) aria-hidden="true">{initials(name)}</span>
    }
}

/// A person with avatar, name and e-mail address.
pub fn person(name: &str, email: &str) -> impl IntoView + use<> {
    view! {
        <span class="person">
            {avatar(name)}
            <span><b>{name.to_owned()}</b><small>{email.to_owned()}</small></span>
        </span>
    }
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
