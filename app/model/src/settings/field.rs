use super::{Entry, Row, Value};
use crate::{Input, check, text::Key};

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
    /// Languages that a store may speak to its customers, by ISO 639-1 code.
    Spoken,
}

/// One of few fixed choices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opt {
    /// What is stored; never changed once shipped.
    pub value: &'static str,
    /// Its visible name.
    pub label: Key,
}

/// What each entry of a list of texts is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// A word or a line.
    Text,
    /// An e-mail address.
    Email,
}

/// The kind of a field: its control, its check and its stored form.
#[derive(Clone, Copy, Debug)]
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
    /// One of few choices.
    Choice(&'static [Opt]),
    /// A whole number from `min` to `max`.
    Number {
        /// The smallest.
        min: i64,
        /// The largest.
        max: i64,
    },
    /// A colour, `#rrggbb`.
    Color {
        /// The field with the colour that it must be readable on (WCAG 2.2, 1.4.3: 4.5 to 1).
        on: Option<&'static str>,
    },
    /// Several lines with headings, lists and links in a small Markdown.
    Rich,
    /// What nobody may read again, such as the key of a service. The document holds the identifier
    /// of a sealed row.
    Secret,
    /// A list of texts, entered one a line.
    Tags(Item),
    /// A list of objects with these columns, each of one line.
    Rows(&'static [Field]),
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
    /// What people may look for when they mean it, besides its name and help.
    pub words: Option<Key>,
    /// The most entries of a list.
    pub most: u32,
    /// Whether others rely on it: a change shows whom it affects before it is saved.
    pub danger: bool,
}

impl Field {
    /// A field of `kind`, optional, at most 200 characters long (2,000 for lines and addresses);
    /// a list of at most 20 entries.
    pub const fn new(key: &'static str, kind: Kind, label: Key) -> Field {
        let max = match kind {
            Kind::Lines | Kind::Url { .. } => 2_000,
            Kind::Email => 254,
            Kind::Phone => 32,
            Kind::Rich => 10_000,
            Kind::Secret => 1_000,
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
            words: None,
            most: 20,
            danger: false,
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

    /// What people may look for when they mean it.
    pub const fn words(mut self, words: Key) -> Field {
        self.words = Some(words);
        self
    }

    /// At most `most` entries.
    pub const fn most(mut self, most: u32) -> Field {
        self.most = most;
        self
    }

    /// Others rely on it: a change shows whom it affects before it is saved.
    pub const fn danger(mut self) -> Field {
        self.danger = true;
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
            Kind::Email => Value::Text(check::normalize_email(text)),
            Kind::Phone => Value::Text(check::normalize_phone(text)),
            Kind::Lines | Kind::Rich => Value::Text(text.replace("\r\n", "\n")),
            Kind::Color { .. } => Value::Text(text.to_ascii_lowercase()),
            Kind::Number { .. } => {
                let number = text.parse::<i64>().map(|number| number.to_string());
                Value::Text(number.unwrap_or_else(|_| text.to_owned()))
            }
            Kind::Tags(item) => Value::List(tags(text, item)),
            Kind::Rows(_) => Value::List(Vec::new()),
            _ => Value::Text(text.to_owned()),
        }
    }

    /// The value in a form's input; `None` where the form lacks the field. Of a secret it is what
    /// was typed: sealing it is up to who stores it.
    pub fn read(&self, input: &Input) -> Option<Value> {
        match (self.kind, input.get(self.key)) {
            (Kind::Rows(columns), _) => self.read_rows(columns, input),
            (_, Some(text)) => Some(self.parse(text)),
            // A switch that is off is not sent.
            (Kind::Toggle, None) => Some(Value::Flag(false)),
            (_, None) => None,
        }
    }

    /// A row of which nothing is filled in stays in its place until [`super::compact`], so that a
    /// fault names the row that people see.
    fn read_rows(&self, columns: &'static [Field], input: &Input) -> Option<Value> {
        let prefix = format!("{}.", self.key);
        let numbers = input
            .keys()
            .filter_map(|name| name.strip_prefix(&prefix)?.split_once('.')?.0.parse::<u32>().ok());
        // One more than allowed is enough to be told so.
        let last = numbers.max()?.min(self.most);
        let row = |number: u32| {
            let cell = |column: &Field| {
                let name = self.cell(number, column);
                let text = input.get(&name).map_or("", String::as_str);
                (column.key.to_owned(), column.parse(text).text().to_owned())
            };
            columns.iter().map(cell).collect::<Row>()
        };
        Some(Value::List((0..=last).map(|number| Entry::Row(row(number))).collect()))
    }

    /// The name of the form field for a cell of a list of objects, rows counted from 0.
    pub fn cell(&self, number: u32, column: &Field) -> String {
        format!("{}.{number}.{}", self.key, column.key)
    }

    /// Whether it holds what nobody may read again.
    pub fn is_secret(&self) -> bool {
        matches!(self.kind, Kind::Secret)
    }

    /// Whether it is on or off.
    pub fn is_toggle(&self) -> bool {
        matches!(self.kind, Kind::Toggle)
    }

    /// Whether it holds an image.
    pub fn is_image(&self) -> bool {
        matches!(self.kind, Kind::Image)
    }
}

/// The entries of a list, each once, in the order in which they were typed.
fn tags(text: &str, item: Item) -> Vec<Entry> {
    let mut tags: Vec<Entry> = Vec::new();
    let split = |c: char| c == '\n' || (item == Item::Email && (c == ',' || c == ';'));
    for tag in text.split(split).map(str::trim).filter(|tag| !tag.is_empty()) {
        let tag = match item {
            Item::Text => tag.to_owned(),
            Item::Email => check::normalize_email(tag),
        };
        if !tags.contains(&Entry::Text(tag.clone())) {
            tags.push(Entry::Text(tag));
        }
    }
    tags
}
