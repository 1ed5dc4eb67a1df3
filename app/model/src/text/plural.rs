//! CLDR's cardinal rules for whole numbers of our four languages. A plural library would bring the
//! rules of two hundred languages into the browser half.
use super::Lang;

const ONE: usize = 0;
const FEW: usize = 1;
const MANY: usize = 2;
const OTHER: usize = 3;

/// The index of the form for `count` among one, few, many, other.
pub(super) fn form(lang: Lang, count: i64) -> usize {
    let n = count.unsigned_abs();
    match lang {
        Lang::En if n == 1 => ONE,
        Lang::Es if n == 1 => ONE,
        Lang::Fr if n <= 1 => ONE,
        Lang::Es | Lang::Fr if n != 0 && n.is_multiple_of(1_000_000) => MANY,
        Lang::Pl if n == 1 => ONE,
        Lang::Pl if (2..=4).contains(&(n % 10)) && !(12..=14).contains(&(n % 100)) => FEW,
        Lang::Pl => MANY,
        _ => OTHER,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn polish_has_three_forms_for_whole_numbers() {
        for (n, expected) in [
            (0, MANY),
            (1, ONE),
            (2, FEW),
            (4, FEW),
            (5, MANY),
            (12, MANY),
            (14, MANY),
            (21, MANY),
            (22, FEW),
            (112, MANY),
            (1_004, FEW),
        ] {
            assert_eq!(form(Lang::Pl, n), expected, "{n}");
        }
    }

    #[test]
    fn zero_is_singular_in_french_only() {
        assert_eq!(Lang::ALL.map(|lang| form(lang, 0)), [OTHER, OTHER, ONE, MANY]);
        assert_eq!(Lang::ALL.map(|lang| form(lang, 1)), [ONE; 4]);
    }
}
