use crate::{
    access::Permission,
    settings::{Field, Group, Kind, Opt, Scope, section},
    text::Key,
};

const fn opt(value: &'static str, label: Key) -> Opt {
    Opt { value, label }
}

/// The colour schemes; `domain::branding` knows the colours of each.
const SCHEMES: &[Opt] = &[
    opt("indigo", Key::BrandingIndigo),
    opt("ocean", Key::BrandingOcean),
    opt("forest", Key::BrandingForest),
    opt("terracotta", Key::BrandingTerracotta),
    opt("berry", Key::BrandingBerry),
    opt("graphite", Key::BrandingGraphite),
    opt("night", Key::BrandingNight),
    opt("custom", Key::BrandingCustom),
];

const fn color(key: &'static str, on: Option<&'static str>, label: Key) -> Field {
    Field::new(key, Kind::Color { on }, label).required()
}

section! {
    /// How a store looks to the people it writes to (M-10 to M-14, O-34).
    pub struct Branding {
        key: "branding", group: Group::General, icon: "palette",
        scope: Scope::Store { view: Permission::ViewSettings, edit: Permission::EditSettings },
        title: Key::TabBranding, intro: Key::BrandingIntro, help: Key::BrandingHelp,
    }
    Key::BrandingLogo => {
        /// The logo of its mails; that of its details stands in where there is none (M-11).
        logo: String = Field::new("logo", Kind::Image, Key::BrandingLogo).help(Key::BrandingLogoHelp)
            .words(Key::BrandingWords);
    }
    Key::BrandingColors => {
        /// The colour scheme (M-12); with "custom" the three colours count.
        scheme: String = Field::new("scheme", Kind::Choice(SCHEMES), Key::BrandingScheme).required().default("indigo")
            .help(Key::BrandingSchemeHelp);
        /// The colour of buttons.
        primary: String = color("primary", None, Key::BrandingPrimary).default("#3d45c4").help(Key::BrandingPrimaryHelp);
        /// What text stands on.
        background: String = color("background", None, Key::BrandingBackground).half().default("#ffffff");
        /// The colour of text.
        text: String = color("text", Some("background"), Key::BrandingText).half().default("#1c2333").help(Key::BrandingTextHelp);
    }
}
