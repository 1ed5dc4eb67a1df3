use crate::{
    access::Permission,
    settings::{Field, Group, Kind, Scope, Source, section},
    text::Key,
};

const fn social(key: &'static str, label: Key, hosts: &'static [&'static str]) -> Field {
    Field::new(key, Kind::Url { hosts }, label).half()
}

section! {
    /// What a store is called, where it is and how to reach it (C-12, C-13, O-33 to O-36).
    pub struct StoreDetails {
        key: "store-details", group: Group::General, icon: "store",
        scope: Scope::Store { view: Permission::ViewSettings, edit: Permission::EditSettings },
        title: Key::StoreDetailsTitle, intro: Key::StoreDetailsIntro, help: Key::HelpStoreDetails,
    }
    Key::StoreDetailsIdentity => {
        /// The name that people know it by.
        name: String = Field::new("name", Kind::Text, Key::StoreDetailsName).required().max(80).autofill("organization");
        /// The name of the company behind it.
        legal_name: String = Field::new("legal_name", Kind::Text, Key::StoreDetailsLegalName).max(160)
            .help(Key::StoreDetailsLegalNameHelp);
        /// The address of its shop (O-36).
        store_url: String = Field::new("store_url", Kind::Url { hosts: &[] }, Key::StoreDetailsStoreUrl).required().danger()
            .help(Key::StoreDetailsStoreUrlHelp).autofill("url");
        /// Its logo (O-34).
        logo: String = Field::new("logo", Kind::Image, Key::StoreDetailsLogo).help(Key::StoreDetailsLogoHelp);
    }
    Key::StoreDetailsContact => {
        /// Where customers and we write to.
        contact_email: String = Field::new("contact_email", Kind::Email, Key::StoreDetailsContactEmail).required().half()
            .autofill("email");
        /// Where customers call.
        contact_phone: String = Field::new("contact_phone", Kind::Phone, Key::StoreDetailsContactPhone).half()
            .help(Key::StoreDetailsContactPhoneHelp).autofill("tel");
    }
    Key::StoreDetailsAddress => {
        /// Street and number, further lines.
        street: String = Field::new("street", Kind::Lines, Key::StoreDetailsStreet).max(300).autofill("street-address");
        /// Postal code.
        postal_code: String = Field::new("postal_code", Kind::Text, Key::StoreDetailsPostalCode).max(16).half()
            .autofill("postal-code");
        /// City.
        city: String = Field::new("city", Kind::Text, Key::StoreDetailsCity).max(100).half().autofill("address-level2");
        /// Region, state or province.
        region: String = Field::new("region", Kind::Text, Key::StoreDetailsRegion).max(100).half().autofill("address-level1");
        /// Country, by its ISO 3166-1 code.
        country: String = Field::new("country", Kind::Select(Source::Countries), Key::StoreDetailsCountry).half()
            .autofill("country");
    }
    Key::StoreDetailsSocial => {
        /// Social links (O-35).
        facebook: String = social("facebook", Key::StoreDetailsFacebook, &["facebook.com", "fb.com"]);
        /// Instagram.
        instagram: String = social("instagram", Key::StoreDetailsInstagram, &["instagram.com"]);
        /// X.
        x: String = social("x", Key::StoreDetailsX, &["x.com", "twitter.com"]);
        /// TikTok.
        tiktok: String = social("tiktok", Key::StoreDetailsTiktok, &["tiktok.com"]);
        /// YouTube.
        youtube: String = social("youtube", Key::StoreDetailsYoutube, &["youtube.com", "youtu.be"]);
        /// LinkedIn.
        linkedin: String = social("linkedin", Key::StoreDetailsLinkedin, &["linkedin.com"]);
        /// Pinterest.
        pinterest: String = social("pinterest", Key::StoreDetailsPinterest, &["pinterest.com", "pinterest.co.uk", "pinterest.es", "pinterest.fr", "pinterest.pl"]);
    }
}
