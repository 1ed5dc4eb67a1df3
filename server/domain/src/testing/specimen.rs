//! A section with a field of every kind, as a stranger would add one: what the engine gives to
//! every section is proven on it and on all registered ones.
use model::{
    access::Permission,
    settings::{Field, Group, Item, Kind, Opt, Row, Scope, Settings as _, Source, section},
    text::Key,
};

const SIZES: &[Opt] = &[
    Opt { value: "small", label: Key::StoreDetailsCity },
    Opt { value: "large", label: Key::StoreDetailsRegion },
];
const LINKS: &[Field] = &[
    Field::new("title", Kind::Text, Key::StoreDetailsName).required().max(40),
    Field::new("url", Kind::Url { hosts: &[] }, Key::StoreDetailsStoreUrl),
];

section! {
    /// One of each kind.
    pub struct Specimen {
        key: "specimen", group: Group::General, icon: "store",
        scope: Scope::Store { view: Permission::ViewSettings, edit: Permission::EditSettings },
        title: Key::StoreDetailsTitle, intro: Key::StoreDetailsIntro, help: Key::HelpStoreDetails,
    }
    Key::StoreDetailsIdentity => {
        /// Text.
        text: String = Field::new("text", Kind::Text, Key::StoreDetailsName).required().max(200);
        /// Lines.
        lines: String = Field::new("lines", Kind::Lines, Key::StoreDetailsStreet);
        /// An e-mail address.
        email: String = Field::new("email", Kind::Email, Key::StoreDetailsContactEmail);
        /// An address.
        url: String = Field::new("url", Kind::Url { hosts: &["x.com"] }, Key::StoreDetailsX);
        /// A telephone number.
        phone: String = Field::new("phone", Kind::Phone, Key::StoreDetailsContactPhone);
        /// One of many.
        select: String = Field::new("select", Kind::Select(Source::Countries), Key::StoreDetailsCountry);
        /// One of few.
        choice: String = Field::new("choice", Kind::Choice(SIZES), Key::StoreDetailsRegion).required().default("small");
        /// On or off.
        toggle: bool = Field::new("toggle", Kind::Toggle, Key::StoreDetailsIdentity).default("on");
        /// A number.
        number: i64 = Field::new("number", Kind::Number { min: -5, max: 120 }, Key::StoreDetailsPostalCode)
            .required().default("7");
    }
    Key::StoreDetailsContact => {
        /// A colour.
        ground: String = Field::new("ground", Kind::Color { on: None }, Key::StoreDetailsCity).required().default("#ffffff");
        /// A colour on it.
        ink: String = Field::new("ink", Kind::Color { on: Some("ground") }, Key::StoreDetailsCity).required()
            .default("#112233");
        /// Small Markdown.
        rich: String = Field::new("rich", Kind::Rich, Key::StoreDetailsStreet);
        /// A secret.
        secret: String = Field::new("secret", Kind::Secret, Key::StoreDetailsLegalName).max(100);
        /// Words.
        tags: Vec<String> = Field::new("tags", Kind::Tags(Item::Text), Key::StoreDetailsName).max(30).most(5);
        /// Addresses.
        emails: Vec<String> = Field::new("emails", Kind::Tags(Item::Email), Key::StoreDetailsContactEmail).most(3);
        /// Objects.
        links: Vec<Row> = Field::new("links", Kind::Rows(LINKS), Key::StoreDetailsSocial).most(3);
        /// An image.
        image: String = Field::new("image", Kind::Image, Key::StoreDetailsLogo);
    }
}

/// Puts it beside the registered sections, for the whole test program.
pub fn install() {
    model::settings::install(&[Specimen::SECTION]);
}
