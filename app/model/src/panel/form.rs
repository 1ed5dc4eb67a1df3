use super::{Link, Look, is_default};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A form. A browser can post it by itself; once hydrated it is checked in place and sent in the
/// background.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Form {
    /// The path of its server function.
    pub action: String,
    /// Its accessible name, where no heading gives one.
    pub label: Option<String>,
    /// Values that travel along.
    pub hidden: Vec<(String, String)>,
    /// The fields, in order.
    pub fields: Vec<Field>,
    /// The buttons, the main one first. None: it is sent when its control changes.
    pub buttons: Vec<Button>,
    /// The way out.
    pub cancel: Option<Link>,
    /// It holds files.
    pub multipart: bool,
    /// It warns before its unsaved changes are lost, and saves on Ctrl/Cmd+S.
    pub guarded: bool,
    /// Each group of fields stands in a card of its own.
    pub cards: bool,
    /// Fields and buttons stand in one line where there is room.
    pub inline: bool,
    /// What the browser must do before it is sent, which plain HTML cannot.
    pub assist: Option<Assist>,
}

/// What the browser does before a form is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Assist {
    /// Makes a passkey with the options in the hidden value `options` and puts the answer into the
    /// hidden value `credential`.
    CreatePasskey,
    /// Asks for a passkey, likewise.
    UsePasskey,
}

/// A button that sends the form.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Button {
    /// Its text.
    pub label: String,
    /// How it looks.
    pub look: Look,
    /// Name and value it adds to the form.
    pub value: Option<(String, String)>,
    /// Its accessible name, where the visible text needs its surroundings.
    pub name: Option<String>,
}

/// A field.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Field {
    /// Its name in the form; also the control's `id`, so unique on the page.
    pub name: String,
    /// Its kind.
    pub kind: Kind,
    /// Its visible name.
    pub label: String,
    /// A sentence that helps to fill it in.
    pub help: String,
    /// What it holds; of a box `on` or nothing; of boxes their values with commas between them.
    pub value: String,
    /// Whether something must be entered.
    pub required: bool,
    /// It can be seen and not changed.
    pub fixed: bool,
    /// The longest text, in characters; 0: as its kind has it.
    pub max: u32,
    /// What browsers may fill it with (`autocomplete`); empty: nothing.
    pub autofill: String,
    /// It takes half of the width where there is room.
    pub half: bool,
    /// The heading of a group of fields that begins here.
    pub group: Option<String>,
    /// What stands small below it besides its help.
    pub note: Option<Note>,
}

/// What stands small at a field: how it differs from its default, who changed it last.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Note {
    /// It holds something else than its default.
    pub modified: bool,
    /// The default, as people read it, where that is worth telling.
    pub default: Option<String>,
    /// Who changed it last, leading to that change.
    pub changed: Option<Link>,
    /// By whom it is locked, and why.
    pub locked: Option<String>,
    /// It can be set back to its default.
    pub reset: Option<Reset>,
}

/// A button that sets a field back to its default: it sends the form with the field's name as
/// `_reset`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reset {
    /// What a browser gives the control by itself instead, where it can.
    pub default: Option<String>,
}

/// The kind of a field.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Kind {
    /// One line of text.
    #[default]
    Text,
    /// No control: the name of, and a sentence about, the fields that follow.
    Heading,
    /// Several lines of text, this many shown.
    Lines(u32),
    /// An e-mail address.
    Email,
    /// An http or https address, on one of these hosts unless there are none.
    Url(Vec<String>),
    /// A telephone number.
    Phone,
    /// A password. A new one must be long enough.
    Password {
        /// It is chosen here, not checked.
        new: bool,
    },
    /// A code of digits or letters from an app, a mail or a list.
    Code,
    /// A colour (`#rrggbb`).
    Color,
    /// What is never shown again; with the name of the box that forgets the stored one, if one is.
    /// The box is sent as `name.forget`.
    Secret(Option<String>),
    /// A whole number.
    Number,
    /// A day (`2026-11-21`).
    Date,
    /// One of many, from a list that opens. The first entry stands for nothing unless required. A
    /// table's rows share theirs.
    Select(Arc<[Choice]>),
    /// One of few, all seen with what they mean.
    Radio(Vec<Choice>),
    /// A box to tick.
    Check,
    /// A switch.
    Toggle,
    /// Boxes to tick, in groups; they are sent as `name[]`.
    Checks(Vec<ChoiceGroup>),
    /// A file of these types (`accept`).
    File(String),
    /// An image: shows the chosen or stored one, whose address this is.
    Image(String),
}

/// One entry of a list of choices.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Choice {
    /// What the form carries.
    #[serde(skip_serializing_if = "is_default")]
    pub value: String,
    /// What people read.
    #[serde(skip_serializing_if = "is_default")]
    pub label: String,
    /// What it means.
    #[serde(skip_serializing_if = "is_default")]
    pub help: String,
    /// It cannot be chosen; `help` says why.
    #[serde(skip_serializing_if = "is_default")]
    pub disabled: bool,
}

/// Boxes under a heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChoiceGroup {
    /// The heading.
    pub label: String,
    /// The boxes.
    pub choices: Vec<Choice>,
}
