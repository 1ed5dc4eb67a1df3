use crate::{
    access::OrganizationPermission,
    settings::{Field, Group, Kind, Scope, Source, section},
    text::Key,
};

section! {
    /// What an organization is called, where it is and how to reach it (O-02).
    pub struct Information {
        key: "information", group: Group::Organization, icon: "building-2",
        scope: Scope::Organization {
            view: OrganizationPermission::ViewOrganization,
            edit: OrganizationPermission::EditInformation,
        },
        title: Key::TabInformation, intro: Key::InformationIntro, help: Key::HelpInformation,
    }
    Key::StoreDetailsIdentity => {
        /// The name that people know it by.
        name: String = Field::new("name", Kind::Text, Key::InformationName).required().max(80).autofill("organization");
        /// The name in registers and on invoices.
        legal_name: String = Field::new("legal_name", Kind::Text, Key::StoreDetailsLegalName).max(160)
            .help(Key::InformationLegalNameHelp);
        /// Its number with the tax office.
        tax_id: String = Field::new("tax_id", Kind::Text, Key::InformationTaxId).max(40).half()
            .help(Key::InformationTaxIdHelp);
        /// Where we write to.
        contact_email: String = Field::new("contact_email", Kind::Email, Key::StoreDetailsContactEmail).half()
            .autofill("email");
        /// Its logo.
        logo: String = Field::new("logo", Kind::Image, Key::StoreDetailsLogo).help(Key::StoreDetailsLogoHelp);
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
}
