//! Colours and the style sheets that bring them to a page.
//!
//! Pages allow no style but that of files of this site. So colours come in a file whose address is
//! the colours: it tells nothing of any store, needs no query, and never changes.
use model::check;

const BLACK: &str = "#000000";
const WHITE: &str = "#ffffff";
/// What is wrong, on light and on dark ground.
const WRONG: [&str; 2] = ["#ab1f1f", "#ff9d97"];

/// The colours of a store, each as `#rrggbb`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colors {
    primary: String,
    background: String,
    text: String,
}

/// A colour scheme that somebody can choose (M-12).
#[derive(Clone, Copy, Debug)]
pub struct Scheme {
    /// Its name in the settings.
    pub key: &'static str,
    colors: [&'static str; 3],
}

const fn scheme(key: &'static str, colors: [&'static str; 3]) -> Scheme {
    Scheme { key, colors }
}

/// Every scheme, that of new stores first: main colour, background, text.
pub const SCHEMES: [Scheme; 7] = [
    scheme("indigo", ["#3d45c4", "#ffffff", "#1c2333"]),
    scheme("ocean", ["#0b6e99", "#f2fafd", "#10303f"]),
    scheme("forest", ["#2f6b3a", "#f5faf3", "#1d3322"]),
    scheme("terracotta", ["#b4472a", "#fdf7f3", "#3d241b"]),
    scheme("berry", ["#a3275f", "#fdf5f9", "#3b1628"]),
    scheme("graphite", ["#2b2f38", "#f5f5f6", "#1b1d22"]),
    scheme("night", ["#8ea2ff", "#14171f", "#e8eaf2"]),
];

impl Scheme {
    /// Its colours.
    pub fn colors(&self) -> Colors {
        let [primary, background, text] = self.colors.map(str::to_owned);
        Colors { primary, background, text }
    }
}

impl Default for Colors {
    fn default() -> Colors {
        SCHEMES[0].colors()
    }
}

impl Colors {
    /// These colours; the first scheme's where one of them is no colour.
    pub fn new(primary: &str, background: &str, text: &str) -> Colors {
        let lower = |color: &str| color.to_ascii_lowercase();
        if [primary, background, text].iter().any(|color| check::color(color).is_err()) {
            return Colors::default();
        }
        Colors { primary: lower(primary), background: lower(background), text: lower(text) }
    }

    /// The colour of buttons.
    pub fn primary(&self) -> &str {
        &self.primary
    }

    /// What text stands on.
    pub fn background(&self) -> &str {
        &self.background
    }

    /// The colour of text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The colour of a button's text: black or white, whichever reads better.
    pub fn on_primary(&self) -> &'static str {
        better(&self.primary, [BLACK, WHITE])
    }

    /// The colour of links: the main colour where it can be read on the background.
    pub fn link(&self) -> &str {
        if contrast(&self.primary, &self.background) < check::READABLE {
            &self.text
        } else {
            &self.primary
        }
    }

    /// The contrast of text and background, from 1 to 21.
    pub fn contrast(&self) -> f32 {
        contrast(&self.text, &self.background)
    }

    /// What a fault is written in, if anything red can be read on the background.
    fn wrong(&self) -> &str {
        let red = better(&self.background, WRONG);
        if contrast(red, &self.background) < check::READABLE { &self.text } else { red }
    }

    /// The address of the style sheet with these colours.
    pub fn address(&self) -> String {
        let digits = [&self.primary, &self.background, &self.text];
        let digits = digits.map(|color| color.trim_start_matches('#'));
        format!("/brand/{}.css", digits.join("-"))
    }

    /// What a preview shows.
    fn shown(&self) -> String {
        format!(
            "--shown-primary:{};--shown-on-primary:{};--shown-background:{};--shown-text:{}",
            self.primary,
            self.on_primary(),
            self.background,
            self.text,
        )
    }

    fn properties(&self) -> String {
        let dark = contrast(&self.text, BLACK) > contrast(&self.background, BLACK);
        format!(
            "--brand-primary:{};--brand-on-primary:{};--brand-background:{};--brand-text:{};\
             --brand-link:{};--brand-wrong:{};--brand-scheme:{}",
            self.primary,
            self.on_primary(),
            self.background,
            self.text,
            self.link(),
            self.wrong(),
            if dark { "dark" } else { "light" },
        )
    }
}

/// The one of two colours that stands out more.
fn better(ground: &str, [one, other]: [&'static str; 2]) -> &'static str {
    if contrast(ground, one) >= contrast(ground, other) { one } else { other }
}

fn contrast(one: &str, other: &str) -> f32 {
    check::contrast(one, other).unwrap_or(1.0)
}

/// The style sheet at `/brand/{name}.css`, where `name` is the digits of three colours; `None` for
/// anything else.
pub fn styles(name: &str) -> Option<String> {
    let colors: Vec<String> = name.split('-').map(|digits| format!("#{digits}")).collect();
    let [primary, background, text] = colors.as_slice() else { return None };
    if colors.iter().any(|color| check::color(color).is_err()) {
        return None;
    }
    Some(format!(":root{{{}}}\n", Colors::new(primary, background, text).properties()))
}

/// The address of the style sheet with all schemes.
pub const SCHEMES_ADDRESS: &str = "/brand/schemes.css";

/// The style sheet with which a preview follows the scheme that is chosen in its form, without any
/// script.
pub fn scheme_styles() -> String {
    let rule = |scheme: &Scheme| {
        let key = scheme.key;
        format!(
            ":root:has([name=scheme] [value={key}]:checked,[name=scheme][value={key}]:checked) \
             [data-preview]{{{}}}\n",
            scheme.colors().shown()
        )
    };
    SCHEMES.iter().map(rule).collect()
}
