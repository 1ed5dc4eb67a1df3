use serde::{Deserialize, Serialize};

/// A language of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// English, the language every text is first written in.
    #[default]
    En,
    /// Spanish.
    Es,
    /// French.
    Fr,
    /// Polish.
    Pl,
}

impl Lang {
    /// Every language, in the order in which people choose from them.
    pub const ALL: [Lang; 4] = [Lang::En, Lang::Es, Lang::Fr, Lang::Pl];

    /// Its BCP 47 code, fit for `<html lang>`.
    pub const fn code(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Es => "es",
            Lang::Fr => "fr",
            Lang::Pl => "pl",
        }
    }

    /// What its speakers call it.
    pub const fn endonym(self) -> &'static str {
        match self {
            Lang::En => "English",
            Lang::Es => "Español",
            Lang::Fr => "Français",
            Lang::Pl => "Polski",
        }
    }

    /// The language with this code; a region (`fr-CA`) is ignored.
    pub fn from_code(code: &str) -> Option<Lang> {
        let primary = code.split(['-', '_']).next()?;
        Lang::ALL.into_iter().find(|lang| lang.code().eq_ignore_ascii_case(primary))
    }

    /// The best language for an `Accept-Language` header, by its weights.
    pub fn from_accept_language(header: &str) -> Option<Lang> {
        let mut best: Option<(f32, Lang)> = None;
        for item in header.split(',') {
            let mut parts = item.trim().split(';');
            let Some(lang) = parts.next().and_then(Lang::from_code) else { continue };
            let weight =
                parts.find_map(|p| p.trim().strip_prefix("q=")?.parse::<f32>().ok()).unwrap_or(1.0);
            if weight > 0.0 && best.is_none_or(|(w, _)| weight > w) {
                best = Some((weight, lang));
            }
        }
        best.map(|(_, lang)| lang)
    }
}

#[cfg(test)]
mod tests {
    use super::Lang;

    #[test]
    fn the_heaviest_known_language_wins() {
        let of = Lang::from_accept_language;
        assert_eq!(of("de, pl;q=0.5, fr-CA;q=0.8"), Some(Lang::Fr));
        assert_eq!(of("es-MX,en;q=0.9"), Some(Lang::Es));
        assert_eq!(of("de, *;q=0.1"), None);
        assert_eq!(of("pl;q=0, en;q=0.1"), Some(Lang::En));
    }
}
