use crate::{
    access::Permission,
    settings::{Field, Group, Kind, Opt, Scope, Source, section},
    text::Key,
};

const fn opt(value: &'static str, label: Key) -> Opt {
    Opt { value, label }
}

/// How dates are written.
pub(super) const DATES: &[Opt] = &[
    opt("auto", Key::LocalizationAuto),
    opt("yyyy-mm-dd", Key::LocalizationDateYmd),
    opt("dd/mm/yyyy", Key::LocalizationDateDmySlash),
    opt("mm/dd/yyyy", Key::LocalizationDateMdySlash),
    opt("dd.mm.yyyy", Key::LocalizationDateDmyDot),
    opt("dd-mm-yyyy", Key::LocalizationDateDmyDash),
];

/// How numbers are written.
pub(super) const NUMBERS: &[Opt] = &[
    opt("auto", Key::LocalizationAuto),
    opt("1,234.56", Key::LocalizationNumberComma),
    opt("1.234,56", Key::LocalizationNumberDot),
    opt("1 234,56", Key::LocalizationNumberSpace),
    opt("1'234.56", Key::LocalizationNumberApostrophe),
];

/// The days with which a week begins somewhere.
pub(super) const DAYS: &[Opt] = &[
    opt("monday", Key::LocalizationMonday),
    opt("sunday", Key::LocalizationSunday),
    opt("saturday", Key::LocalizationSaturday),
];

section! {
    /// A store's language, and how it writes dates, times, numbers and money.
    pub struct Localization {
        key: "localization", group: Group::General, icon: "globe",
        scope: Scope::Store { view: Permission::ViewSettings, edit: Permission::EditSettings },
        title: Key::TabLocalization, intro: Key::LocalizationIntro, help: Key::LocalizationHelp,
    }
    Key::LocalizationPlace => {
        /// The language it speaks to customers: an ISO 639-1 code, also of a language that the product does not speak.
        language: String = Field::new("language", Kind::Select(Source::Spoken), Key::LocalizationLanguage).required()
            .default("en").half().help(Key::LocalizationLanguageHelp).words(Key::LocalizationWords);
        /// The language of its mails where the product does not speak that one.
        fallback_language: String = Field::new("fallback_language", Kind::Select(Source::Languages),
            Key::LocalizationFallbackLanguage).required().default("en").half().help(Key::LocalizationFallbackLanguageHelp);
        /// IANA time zone of its dates and times.
        time_zone: String = Field::new("time_zone", Kind::Select(Source::TimeZones), Key::LocalizationTimeZone).required()
            .default("UTC").half().help(Key::LocalizationTimeZoneHelp);
        /// ISO 4217 code of the currency it sells in.
        currency: String = Field::new("currency", Kind::Select(Source::Currencies), Key::LocalizationCurrency).required()
            .default("EUR").half();
    }
    Key::LocalizationFormats => {
        /// How dates are written.
        date_format: String = Field::new("date_format", Kind::Choice(DATES), Key::LocalizationDateFormat).required()
            .default("auto").half();
        /// How numbers are written.
        number_format: String = Field::new("number_format", Kind::Choice(NUMBERS), Key::LocalizationNumberFormat).required()
            .default("auto").half();
        /// The first day of the week.
        week_start: String = Field::new("week_start", Kind::Choice(DAYS), Key::LocalizationWeekStart).required()
            .default("monday").half();
    }
}
