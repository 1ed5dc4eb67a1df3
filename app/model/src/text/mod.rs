//! The texts of the interface, of errors and of mails, in every language.
//!
//! On the server all catalogs are part of the program (feature `catalogs`). In the browser exactly
//! one is installed before the page hydrates; changing the language is a navigation.
mod language;
mod plural;
#[cfg(test)]
mod spanish;

pub use language::Lang;

#[allow(missing_docs, clippy::doc_markdown, reason = "generated from texts/*/*.toml")]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/texts.rs"));
}
pub use generated::{Key, Plural};

#[cfg(not(any(feature = "catalogs", test)))]
static INSTALLED: std::sync::OnceLock<(Lang, Vec<String>)> = std::sync::OnceLock::new();

/// Makes `catalog` the texts of this browser page. The first call wins.
#[cfg(not(any(feature = "catalogs", test)))]
pub fn install(lang: Lang, catalog: Vec<String>) {
    INSTALLED.set((lang, catalog)).ok();
}

/// The language whose catalog this browser page has.
#[cfg(not(any(feature = "catalogs", test)))]
pub fn installed() -> Lang {
    INSTALLED.get().map_or(Lang::En, |(lang, _)| *lang)
}

/// All texts of a language, in the order of [`Key`]'s and [`Plural`]'s discriminants.
#[cfg(any(feature = "catalogs", test))]
pub fn catalog(lang: Lang) -> &'static [&'static str] {
    match lang {
        Lang::En => &generated::EN,
        Lang::Es => &generated::ES,
        Lang::Fr => &generated::FR,
        Lang::Pl => &generated::PL,
    }
}

/// What a browser loads of a language: as [`catalog`], with nothing where only the server needs it.
#[cfg(any(feature = "catalogs", test))]
pub fn browser_catalog(lang: Lang) -> Vec<&'static str> {
    let texts = catalog(lang).iter().zip(&generated::SERVER_ONLY);
    texts.map(|(text, server_only)| if *server_only { "" } else { *text }).collect()
}

/// The texts of one language; cheap to copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Texts {
    lang: Lang,
}

impl Texts {
    /// The texts of `lang`. In the browser it must be the language of the page.
    pub const fn of(lang: Lang) -> Texts {
        Texts { lang }
    }

    /// The language these texts are in.
    pub const fn lang(self) -> Lang {
        self.lang
    }

    #[cfg(any(feature = "catalogs", test))]
    fn at(self, index: usize) -> &'static str {
        catalog(self.lang)[index]
    }

    #[cfg(not(any(feature = "catalogs", test)))]
    fn at(self, index: usize) -> &'static str {
        INSTALLED.get().and_then(|(_, texts)| texts.get(index)).map_or("", String::as_str)
    }

    /// The text of `key`.
    pub fn get(self, key: Key) -> &'static str {
        self.at(key as usize)
    }

    /// The text of `key` with `{name}` replaced by its value, for each pair.
    pub fn fill(self, key: Key, values: &[(&str, &str)]) -> String {
        fill(self.get(key), values)
    }

    /// The form of `key` that `count` asks for, with `{count}` replaced.
    pub fn count(self, key: Plural, count: i64) -> String {
        let forms = self.at(key as usize);
        let form = plural::form(self.lang, count);
        let text = forms.split('\u{1f}').nth(form).unwrap_or(forms);
        fill(text, &[("count", &count.to_string())])
    }
}

fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    let mut rest = text;
    // One pass, so that a value which looks like a placeholder stays as it is.
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            filled.push('{');
            rest = after;
            continue;
        };
        match values.iter().find(|(n, _)| *n == name) {
            Some((_, value)) => filled.push_str(value),
            None => {
                filled.push('{');
                filled.push_str(name);
                filled.push('}');
            }
        }
        rest = tail;
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn values_are_put_in_once() {
        assert_eq!(fill("{a} and {b}", &[("a", "{b}"), ("b", "x")]), "{b} and x");
        assert_eq!(fill("no {value} here {", &[]), "no {value} here {");
    }
}
