//! Shorthands with which pages are written down.
use super::{
    Action, Banner, Block, Brand, Button, Card, Choice, Column, Empty, Field, Form, Inline, Kind,
    Link, Look, Panel, Tone, Who,
};

impl Panel {
    /// A panel with this heading and sentence.
    pub fn new(title: impl Into<String>, intro: impl Into<String>) -> Panel {
        Panel { title: title.into(), intro: intro.into(), ..Panel::default() }
    }

    /// A page that has nothing but this to say.
    pub fn message(message: Empty) -> Panel {
        Panel { title: message.title.clone(), message: Some(message), ..Panel::default() }
    }

    /// Nothing is shown: the page is at this address.
    pub fn redirect(to: impl ToString) -> Panel {
        Panel { redirect: Some(to.to_string()), ..Panel::default() }
    }

    /// With one more part.
    pub fn with(mut self, block: impl Into<Block>) -> Panel {
        self.blocks.push(block.into());
        self
    }
}

impl Card {
    /// An empty card with this heading and sentence.
    pub fn new(id: impl Into<String>, title: impl Into<String>, intro: impl Into<String>) -> Card {
        Card { id: id.into(), title: title.into(), intro: intro.into(), ..Card::default() }
    }

    /// With one more part.
    pub fn with(mut self, block: impl Into<Block>) -> Card {
        self.blocks.push(block.into());
        self
    }
}

impl Link {
    /// A link that looks like text.
    pub fn new(label: impl Into<String>, href: impl ToString) -> Link {
        Link { label: label.into(), href: href.to_string(), ..Link::default() }
    }

    /// A link that looks like a button.
    pub fn button(label: impl Into<String>, href: impl ToString) -> Link {
        Link::new(label, href).look(Look::Button)
    }

    /// With this look.
    pub fn look(mut self, look: Look) -> Link {
        self.look = look;
        self
    }

    /// With this icon.
    pub fn icon(mut self, icon: &str) -> Link {
        self.icon = Some(icon.to_owned());
        self
    }

    /// With this accessible name.
    pub fn named(mut self, name: impl Into<String>) -> Link {
        self.name = Some(name.into());
        self
    }

    /// Loads the page anew.
    pub fn external(mut self) -> Link {
        self.external = true;
        self
    }
}

impl Form {
    /// A form of the server function at `action` with one button of this text.
    pub fn new(action: impl Into<String>, submit: impl Into<String>) -> Form {
        Form {
            action: action.into(),
            buttons: vec![Button {
                label: submit.into(),
                look: Look::Primary,
                ..Button::default()
            }],
            ..Form::default()
        }
    }

    /// A value travels along.
    pub fn hidden(mut self, name: &str, value: impl ToString) -> Form {
        self.hidden.push((name.to_owned(), value.to_string()));
        self
    }

    /// One more field.
    pub fn field(mut self, field: Field) -> Form {
        self.fields.push(field);
        self
    }

    /// The look of its button.
    pub fn look(mut self, look: Look) -> Form {
        if let Some(button) = self.buttons.first_mut() {
            button.look = look;
        }
        self
    }

    /// The accessible name of its button.
    pub fn named(mut self, name: impl Into<String>) -> Form {
        if let Some(button) = self.buttons.first_mut() {
            button.name = Some(name.into());
        }
        self
    }

    /// The way out.
    pub fn cancel(mut self, cancel: Link) -> Form {
        self.cancel = Some(cancel);
        self
    }
}

impl Field {
    /// A field of `kind`, optional and empty.
    pub fn new(name: &str, kind: Kind, label: impl Into<String>) -> Field {
        Field { name: name.to_owned(), kind, label: label.into(), ..Field::default() }
    }

    /// Something must be entered.
    pub fn required(mut self) -> Field {
        self.required = true;
        self
    }

    /// It holds this.
    pub fn value(mut self, value: impl Into<String>) -> Field {
        self.value = value.into();
        self
    }

    /// A box or switch that is on or off.
    pub fn on(mut self, on: bool) -> Field {
        self.value = if on { "on".to_owned() } else { String::new() };
        self
    }

    /// A sentence that helps to fill it in.
    pub fn help(mut self, help: impl Into<String>) -> Field {
        self.help = help.into();
        self
    }

    /// What browsers may fill it with.
    pub fn autofill(mut self, autofill: &str) -> Field {
        self.autofill = autofill.to_owned();
        self
    }

    /// At most `max` characters.
    pub fn max(mut self, max: u32) -> Field {
        self.max = max;
        self
    }

    /// Half of the width.
    pub fn half(mut self) -> Field {
        self.half = true;
        self
    }

    /// Begins a group of fields with this heading.
    pub fn group(mut self, heading: impl Into<String>) -> Field {
        self.group = Some(heading.into());
        self
    }
}

impl Choice {
    /// An entry that means what it says.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Choice {
        Choice { value: value.into(), label: label.into(), ..Choice::default() }
    }

    /// With what it means.
    pub fn help(mut self, help: impl Into<String>) -> Choice {
        self.help = help.into();
        self
    }
}

impl Column {
    /// A column with this head.
    pub fn new(label: impl Into<String>) -> Column {
        Column { label: label.into(), ..Column::default() }
    }

    /// The column of what can be done with each row.
    pub fn actions(label: impl Into<String>) -> Column {
        Column { label: label.into(), actions: true, ..Column::default() }
    }

    /// Cells stay on one line.
    pub fn nowrap(mut self) -> Column {
        self.nowrap = true;
        self
    }
}

impl Inline {
    /// Text.
    pub fn text(text: impl Into<String>) -> Inline {
        Inline::Text(text.into())
    }

    /// A word in a coloured box.
    pub fn badge(tone: Tone, text: impl Into<String>) -> Inline {
        Inline::Badge(tone, text.into())
    }
}

impl From<Who> for Inline {
    fn from(who: Who) -> Inline {
        Inline::Who(Box::new(who))
    }
}

impl Banner {
    /// A banner that leads nowhere.
    pub fn new(tone: Tone, text: impl Into<String>) -> Banner {
        Banner { tone, text: text.into(), link: None }
    }
}

macro_rules! into_block {
    ($($type:ident),+) => { $(
        impl From<$type> for Block {
            fn from(part: $type) -> Block {
                Block::$type(part)
            }
        }
    )+ };
}
use super::Editors;
use super::Table;
into_block!(Card, Banner, Form, Table, Empty, Editors, Brand);

impl From<Link> for Action {
    fn from(link: Link) -> Action {
        Action::Link(link)
    }
}

impl From<Form> for Action {
    fn from(form: Form) -> Action {
        Action::Form(Box::new(form))
    }
}
