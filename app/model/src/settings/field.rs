use super::Value;
use crate::text::Key;

/// Where the choices of a select come from; the server resolves them for the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// ISO 3166-1 countries, by two-letter code.
    Countries,
    /// ISO 4217 currencies in use, by code.
    Currencies,
    /// IANA time zones, by name.
    TimeZones,
    /// The languages of the interface, by code.
    Languages,
}

/// The kind of a field: its control, its check and its stored form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One line of text.
    Text,
    /// Several lines of text.
    Lines,
    /// An e-mail address.
    Email,
    /// An http or https address, on one of `hosts` unless that is empty.
    Url {
        /// Domain names that count, with their subdomains.
        hosts: &'static [&'static str],
    },
    /// A telephone number; stored as E.164.
    Phone,
    /// One of many choices.
    Select(Source),
    /// On or off.
    Toggle,
    /// An uploaded image; stored as its [`crate::ImageId`].
    Image,
}

/// What a browser may fill a field with (the `autocomplete` attribute).
pub type Autofill = &'static str;

/// The description of one setting.
#[derive(Debug)]
pub struct Field {
    /// Its name in forms, addresses and the database; never changed once shipped.
    pub key: &'static str,
    /// Its kind.
    pub kind: Kind,
    /// Its visible name.
    pub label: Key,
    /// A sentence that helps to fill it in.
    pub help: Option<Key>,
    /// Whether something must be entered.
    pub required: bool,
    /// The longest text, in characters.
    pub max: u32,
    /// What it is before anybody entered anything.
    pub default: &'static str,
    /// What browsers may fill it with.
    pub autofill: Autofill,
    /// Whether it takes half of the form's width where there is room.
    pub half: bool,
}

impl Field {
    /// A field of `kind`, optional, at most 200 characters long (2,000 for lines and addresses).
    pub const fn new(key: &'static str, kind: Kind, label: Key) -> Field {
        let max = match kind {
            Kind::Lines | Kind::Url { .. } => 2_000,
            Kind::Email => 254,
            Kind::Phone => 32,
            _ => 200,
        };
        Field {
            key,
            kind,
            label,
            help: None,
            required: false,
            max,
            default: "",
            autofill: "off",
            half: false,
        }
    }

    /// Something must be entered.
    pub const fn required(mut self) -> Field {
        self.required = true;
        self
    }

    /// At most `max` characters.
    pub const fn max(mut self, max: u32) -> Field {
        self.max = max;
        self
    }

    /// A sentence that helps to fill it in.
    pub const fn help(mut self, help: Key) -> Field {
        self.help = Some(help);
        self
    }

    /// What it is before anybody entered anything, as a form field carries it.
    pub const fn default(mut self, default: &'static str) -> Field {
        self.default = default;
        self
    }

    /// What browsers may fill it with.
    pub const fn autofill(mut self, autofill: Autofill) -> Field {
        self.autofill = autofill;
        self
    }

    /// Takes half of the width.
    pub const fn half(mut self) -> Field {
        self.half = true;
        self
    }

    /// The default as a value.
    pub fn default_value(&self) -> Value {
        self.parse(self.default)
    }

    /// The value that a form field with this content stands for, trimmed and in its stored form.
    pub fn parse(&self, input: &str) -> Value {
        let text = input.trim();
        match self.kind {
            Kind::Toggle => Value::Flag(!text.is_empty()),
            Kind::Email => Value::Text(crate::check::normalize_email(text)),
            Kind::Phone => Value::Text(crate::check::normalize_phone(text)),
            Kind::Lines => Value::Text(text.replace("\r\n", "\n")),
            _ => Value::Text(text.to_owned()),
        }
    }
}
