use super::localization::{DATES, DAYS, NUMBERS};
use crate::{
    access::OrganizationPermission,
    settings::{Field, Group, Kind, Scope, Source, section},
    text::Key,
};

section! {
    /// What newly registered stores of an organization begin with: the fields of
    /// [`Localization`](super::Localization), by the same keys. Empty: as if there were none.
    pub struct StoreDefaults {
        key: "store-defaults", group: Group::Organization, icon: "store",
        scope: Scope::Organization {
            view: OrganizationPermission::ViewOrganization,
            edit: OrganizationPermission::EditInformation,
        },
        title: Key::TabStoreDefaults, intro: Key::StoreDefaultsIntro, help: Key::StoreDefaultsHelp,
    }
    Key::StoreDefaultsBegin => {
        /// The language it speaks to customers.
        language: String = Field::new("language", Kind::Select(Source::Spoken), Key::LocalizationLanguage).half()
            .help(Key::StoreDefaultsLanguageHelp);
        /// The language of its mails where the product does not speak that one.
        fallback_language: String = Field::new("fallback_language", Kind::Select(Source::Languages),
            Key::LocalizationFallbackLanguage).half().help(Key::LocalizationFallbackLanguageHelp);
        /// IANA time zone of its dates and times.
        time_zone: String = Field::new("time_zone", Kind::Select(Source::TimeZones), Key::LocalizationTimeZone).half();
        /// ISO 4217 code of the currency it sells in.
        currency: String = Field::new("currency", Kind::Select(Source::Currencies), Key::LocalizationCurrency).half();
    }
    Key::LocalizationFormats => {
        /// How dates are written.
        date_format: String = Field::new("date_format", Kind::Choice(DATES), Key::LocalizationDateFormat).half();
        /// How numbers are written.
        number_format: String = Field::new("number_format", Kind::Choice(NUMBERS), Key::LocalizationNumberFormat).half();
        /// The first day of the week.
        week_start: String = Field::new("week_start", Kind::Choice(DAYS), Key::LocalizationWeekStart).half();
    }
}
