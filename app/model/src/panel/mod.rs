//! A page of the console as data: what the main panel shows (C-04). The server makes it and draws
//! it as [`drawn`]; one set of shared components shows that on both sides.
//!
//! A page costs a browser no code: its texts, its rules and its permissions stay on the server,
//! which also decides which buttons there are.
mod build;
pub mod drawn;
mod form;
mod table;

pub use form::{Assist, Button, Choice, ChoiceGroup, Field, Form, Kind, Note, Reset};
pub use table::{Action, Column, Order, Pager, Row, Select, Table, Toolbar};

/// What the main panel shows. All texts are in the reader's language.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Panel {
    /// The heading, also the document's title.
    pub title: String,
    /// A sentence below it.
    pub intro: String,
    /// What stands small beside it, such as who changed it last.
    pub meta: String,
    /// The main things to do here.
    pub actions: Vec<Link>,
    /// The content.
    pub blocks: Vec<Block>,
    /// Whose page it is, with a picture; stands in place of the heading.
    pub who: Option<Who>,
    /// All that it has to say, also why a form was refused; stands in place of the heading.
    pub message: Option<Empty>,
    /// There is nothing to show here: the page is at this address.
    pub redirect: Option<String>,
    /// The pop-up over it, if the address names one.
    pub dialog: Option<Box<Dialog>>,
    /// Something is under way: it is asked for again after a moment.
    pub again: bool,
}

/// A part of a panel.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// Parts that belong together under a heading.
    Card(Card),
    /// A sentence in a coloured box.
    Banner(Banner),
    /// A paragraph.
    Text(Vec<Inline>),
    /// Pairs of a name and what it is.
    Facts(Vec<(String, Vec<Inline>)>),
    /// A list of people or things, each with what belongs to it at its end.
    Rows(Vec<Vec<Inline>>),
    /// A list with a bullet each.
    List(Vec<Vec<Inline>>),
    /// A form.
    Form(Form),
    /// A table.
    Table(Table),
    /// Search and filters of what follows.
    Toolbar(Toolbar),
    /// Where something would be if there were anything.
    Empty(Empty),
    /// Codes to write down, shown once.
    Codes(Vec<String>),
    /// A picture, such as a QR code: a `data:` or site address, and what it shows.
    Picture {
        /// Its address.
        src: String,
        /// What it shows, for who cannot see it.
        alt: String,
        /// Width and height on the page, in CSS pixels.
        size: u32,
    },
    /// A text in small Markdown: paragraphs, lists, emphasis and links. Markup in it is text.
    Rich(String),
    /// How far something is.
    Progress {
        /// How much is done.
        done: i64,
        /// Of how much.
        of: i64,
        /// The same in words.
        text: String,
    },
    /// Links and one-button forms side by side.
    Actions(Vec<Action>),
    /// Who else has the page open to change it.
    Editors(Editors),
    /// How a store looks to people outside of the console.
    Brand(Brand),
    /// A form that leads to an address with whole numbers in it.
    Numbers(Numbers),
}

/// A form that leads to an address with whole numbers in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Numbers {
    /// The address.
    pub path: String,
    /// The name of each, its visible name, and what it holds.
    pub numbers: Vec<(&'static str, String, String)>,
    /// The smallest that can be asked for.
    pub least: i64,
    /// The largest.
    pub most: i64,
    /// What the button says.
    pub submit: String,
}

/// Who else has the page open to change it; a browser keeps it up to date.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Editors {
    /// What the page is, as a browser says it when it asks again: a form's values, encoded.
    pub spot: String,
    /// Their names.
    pub who: String,
    /// What is said of each.
    pub lines: Vec<String>,
}

/// Parts that belong together under a heading.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Card {
    /// The `id` of the heading, for links to it; unique on the page.
    pub id: String,
    /// The heading.
    pub title: String,
    /// A sentence below it.
    pub intro: String,
    /// A word beside the heading, such as "on".
    pub badge: Option<(Tone, String)>,
    /// What it does cannot be taken back.
    pub danger: bool,
    /// Its content takes the whole width, below the heading instead of beside it.
    pub wide: bool,
    /// The content.
    pub blocks: Vec<Block>,
}

/// A sentence in a coloured box.
#[derive(Clone, Debug, PartialEq)]
pub struct Banner {
    /// Its colour and icon.
    pub tone: Tone,
    /// The sentence.
    pub text: String,
    /// Where it leads to.
    pub link: Option<Link>,
}

/// What a colour says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing in particular.
    #[default]
    Neutral,
    /// Good to know.
    Info,
    /// As it should be.
    Success,
    /// Somebody should look.
    Warning,
    /// Something is wrong, or lost if done.
    Danger,
}

impl Tone {
    /// Its class in the style sheet.
    pub const fn class(self) -> &'static str {
        match self {
            Tone::Neutral => "neutral",
            Tone::Info => "info",
            Tone::Success => "success",
            Tone::Warning => "warning",
            Tone::Danger => "danger",
        }
    }
}

/// A link.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Link {
    /// Its visible text.
    pub label: String,
    /// Where it leads to.
    pub href: String,
    /// An icon of the sprite before the text.
    pub icon: Option<String>,
    /// How it looks; [`Look::Plain`] is text.
    pub look: Look,
    /// Its accessible name, where the visible text needs its surroundings.
    pub name: Option<String>,
    /// Loads the page anew: a download, or another site.
    pub external: bool,
}

/// How a link or button looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// Text.
    #[default]
    Plain,
    /// A button.
    Button,
    /// The button that people come for.
    Primary,
    /// A button that does not stand out.
    Quiet,
    /// A button that takes something away.
    Danger,
    /// The same, one of many.
    QuietDanger,
}

impl Look {
    /// Its class in the style sheet.
    pub const fn class(self) -> &'static str {
        match self {
            Look::Plain => "",
            Look::Button => "button",
            Look::Primary => "button primary",
            Look::Quiet => "button quiet small",
            Look::Danger => "button danger",
            Look::QuietDanger => "button quiet small danger",
        }
    }
}

/// A piece of a line: in a paragraph, a fact or a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Inline {
    /// Text.
    Text(String),
    /// Text that matters.
    Strong(String),
    /// Text that matters less.
    Muted(String),
    /// What a machine wrote or reads.
    Code(String),
    /// A new line begins.
    Break,
    /// A link.
    Link(Link),
    /// A word in a coloured box.
    Badge(Tone, String),
    /// A person, store or thing with its picture.
    Who(Box<Who>),
    /// A form of one control that is sent as soon as it changes.
    Choose(Box<Form>),
}

/// A person, store or thing with its picture or initials.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Who {
    /// The name.
    pub name: String,
    /// What stands small below it.
    pub below: String,
    /// A word beside the name, such as "you".
    pub badge: Option<String>,
    /// The address of a picture, instead of initials.
    pub picture: Option<String>,
    /// An icon of the sprite, where there is no picture to have.
    pub icon: Option<&'static str>,
    /// A store or organization, not a person.
    pub square: bool,
    /// Where the name leads to.
    pub href: Option<String>,
}

/// Logo and colours of a store: what stands around it, or the sample in it, is in them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Brand {
    /// The addresses of style sheets with its colours.
    pub styles: Vec<String>,
    /// The address of its logo; its name stands there without one.
    pub logo: Option<String>,
    /// Its name.
    pub name: String,
    /// A mail to look at, where somebody chooses the colours.
    pub sample: Option<Sample>,
}

/// What a sample of a store's mails says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sample {
    /// Its lines.
    pub lines: Vec<String>,
    /// Its button, which does nothing.
    pub button: String,
    /// What comes before the contrast of text and background.
    pub contrast: String,
    /// That contrast, as it is stored: "12.6:1".
    pub ratio: String,
    /// What comes after it.
    pub least: String,
}

/// Where something would be if there were anything.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Empty {
    /// An icon of the sprite.
    pub icon: String,
    /// What is not there.
    pub title: String,
    /// Why, or what to do.
    pub text: String,
    /// What to do.
    pub actions: Vec<Link>,
}

/// A pop-up over the panel; without wasm it stands over the page as well.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dialog {
    /// The heading, also the document's title.
    pub title: String,
    /// Where closing leads to.
    pub back: String,
    /// The content: at most one form, whose buttons are the pop-up's.
    pub blocks: Vec<Block>,
    /// It needs room: a table or many fields.
    pub wide: bool,
}

/// Whether a value is what it would be if it were not sent.
fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
