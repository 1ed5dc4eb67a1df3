//! A panel as a browser gets it: the markup of what stays as it is, and what its scripts must know
//! of the forms. The server draws it ([`super::Panel`]); a browser only puts it together.
use super::{Assist, is_default};
use crate::{
    FieldError, Input,
    check::{self, Fault},
};
use serde::{Deserialize, Serialize};

/// One element of markup, escaped and complete. In the page that the server sends it stands in the
/// document already, and here only its [mark](Html::mark) stands for it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Html(pub String);

impl Html {
    /// What tells this markup from other markup, on both sides alike; nothing for none.
    ///
    /// It is made for each page and compared in a browser, so it must cost next to nothing; nobody
    /// gains anything by two pieces of markup with one mark, so it need not withstand that.
    pub fn mark(&self) -> Html {
        const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
        if self.0.is_empty() {
            return Html::default();
        }
        let mix = |mark: u64, word: u64| (mark ^ word).wrapping_mul(FACTOR).rotate_left(23);
        let (blocks, rest) = self.0.as_bytes().as_chunks::<32>();
        // Four at once, as none has to wait for its neighbour.
        let mut lanes = [self.0.len() as u64, 1, 2, 3];
        for block in blocks {
            for (lane, word) in lanes.iter_mut().zip(block.as_chunks().0) {
                *lane = mix(*lane, u64::from_le_bytes(*word));
            }
        }
        let mark = lanes.into_iter().fold(0, mix);
        Html(format!("{:x}", rest.iter().fold(mark, |mark, byte| mix(mark, u64::from(*byte)))))
    }
}

/// A panel.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Drawn {
    /// The document's title.
    pub title: String,
    /// The parts, in order.
    pub parts: Vec<Part>,
    /// It tells itself how a form was refused that is not part of it.
    #[serde(skip_serializing_if = "is_default")]
    pub told: bool,
    /// There is nothing to show: the page is at this address.
    #[serde(skip_serializing_if = "is_default")]
    pub redirect: Option<String>,
    /// The pop-up over it.
    #[serde(skip_serializing_if = "is_default")]
    pub dialog: Option<PopUp>,
    /// It is asked for again after a moment.
    #[serde(skip_serializing_if = "is_default")]
    pub again: bool,
}

/// A part of a panel.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// It stays as it is.
    Still(Html),
    /// Parts in an element of their own.
    Card {
        /// The element's classes.
        class: String,
        /// The `id` of its heading.
        heading: String,
        /// Its head.
        head: Html,
        /// Its content.
        parts: Vec<Part>,
    },
    /// A form.
    Form(Box<Form>),
}

/// A pop-up.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PopUp {
    /// Its classes.
    pub class: String,
    /// Where closing leads to.
    pub back: String,
    /// Its head.
    pub head: Html,
    /// Its content.
    pub parts: Vec<Part>,
}

/// A form.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Form {
    /// The path of its server function.
    pub action: String,
    /// Which form of its page it is.
    pub nth: usize,
    /// Its accessible name.
    #[serde(skip_serializing_if = "is_default")]
    pub label: Option<String>,
    /// Its classes.
    pub class: String,
    /// The classes of what holds its fields.
    pub body: String,
    /// Each group of fields stands in a card of its own.
    #[serde(skip_serializing_if = "is_default")]
    pub cards: bool,
    /// It holds files.
    #[serde(skip_serializing_if = "is_default")]
    pub multipart: bool,
    /// It warns before its unsaved changes are lost.
    #[serde(skip_serializing_if = "is_default")]
    pub guarded: bool,
    /// What the browser must do before it is sent.
    #[serde(skip_serializing_if = "is_default")]
    pub assist: Option<Assist>,
    /// The values that travel along.
    pub values: Html,
    /// The fields.
    pub fields: Vec<Field>,
    /// The buttons.
    pub foot: Html,
}

/// A field.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Field {
    /// Its name in the form.
    pub name: String,
    /// Its visible name.
    pub label: String,
    /// Its classes.
    pub class: String,
    /// The heading of the group that begins with it.
    #[serde(skip_serializing_if = "is_default")]
    pub heading: Option<Html>,
    /// Label and control.
    pub control: Html,
    /// The sentence that helps to fill it in.
    #[serde(skip_serializing_if = "is_default")]
    pub help: Option<Html>,
    /// What a browser checks before it sends the form.
    #[serde(skip_serializing_if = "is_default")]
    pub rule: Rule,
}

/// What a browser checks of a field; the server checks the same and the rest.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rule {
    /// Something must be entered.
    #[serde(skip_serializing_if = "is_default")]
    pub required: bool,
    /// The longest text, in characters; 0: not checked.
    #[serde(skip_serializing_if = "is_default")]
    pub max: u32,
    /// What it must look like.
    #[serde(skip_serializing_if = "is_default")]
    pub form: Shape,
    /// For an address: the hosts that count, if not all do.
    #[serde(skip_serializing_if = "is_default")]
    pub hosts: Vec<String>,
}

/// What a text must look like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// Anything.
    #[default]
    Any,
    /// Several lines.
    Lines,
    /// An e-mail address.
    Email,
    /// An http or https address.
    Url,
    /// A telephone number.
    Phone,
    /// A new password; it must not be the form's e-mail address.
    Password,
    /// A box that gives consent.
    Consent,
}

impl Rule {
    fn check(&self, text: &str, email: &str) -> Result<(), Fault> {
        if text.is_empty() {
            return match (self.required, self.form) {
                (false, _) => Ok(()),
                (true, Shape::Consent) => Err(Fault::Consent),
                (true, _) => Err(Fault::Required),
            };
        }
        if self.max > 0 && self.form != Shape::Password {
            check::plain(text, self.max, self.form == Shape::Lines)?;
        }
        match self.form {
            Shape::Any | Shape::Lines | Shape::Consent => Ok(()),
            Shape::Email => check::email(&check::normalize_email(text)),
            Shape::Url => {
                check::url(text, &self.hosts.iter().map(String::as_str).collect::<Vec<_>>())
            }
            Shape::Phone => check::phone(&check::normalize_phone(text)),
            Shape::Password => check::password(text, email),
        }
    }
}

impl Form {
    /// The faults of typed values, in the form's order, as far as its rules tell them.
    pub fn check(&self, input: &Input) -> Vec<FieldError> {
        let typed = |name: &str| input.get(name).map_or("", |text| text.trim());
        let faults = self.fields.iter().filter_map(|field| {
            let fault = field.rule.check(typed(&field.name), typed("email")).err()?;
            Some(FieldError::new(field.name.clone(), fault))
        });
        faults.collect()
    }

    /// Without its markup.
    fn bare(&self) -> Form {
        let fields = self.fields.iter().map(|field| Field {
            heading: field.heading.as_ref().map(Html::mark),
            help: field.help.as_ref().map(Html::mark),
            control: field.control.mark(),
            name: field.name.clone(),
            label: field.label.clone(),
            class: field.class.clone(),
            rule: field.rule.clone(),
        });
        Form {
            action: self.action.clone(),
            label: self.label.clone(),
            class: self.class.clone(),
            body: self.body.clone(),
            values: self.values.mark(),
            foot: self.foot.mark(),
            fields: fields.collect(),
            ..*self
        }
    }
}

impl Drawn {
    /// What a browser must know of a panel whose markup it has in the document.
    pub fn bare(&self) -> Drawn {
        let dialog = self.dialog.as_ref().map(|dialog| PopUp {
            class: dialog.class.clone(),
            back: dialog.back.clone(),
            head: dialog.head.mark(),
            parts: bare(&dialog.parts),
        });
        Drawn {
            title: self.title.clone(),
            parts: bare(&self.parts),
            told: self.told,
            redirect: self.redirect.clone(),
            dialog,
            again: self.again,
        }
    }
}

fn bare(parts: &[Part]) -> Vec<Part> {
    let one = |part: &Part| match part {
        Part::Still(html) => Part::Still(html.mark()),
        Part::Card { class, heading, head, parts } => Part::Card {
            class: class.clone(),
            heading: heading.clone(),
            head: head.mark(),
            parts: bare(parts),
        },
        Part::Form(form) => Part::Form(Box::new(form.bare())),
    };
    parts.iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_checks_what_it_can() {
        let rule = |required, form| Rule { required, form, max: 5, hosts: Vec::new() };
        assert_eq!(rule(true, Shape::Any).check("", ""), Err(Fault::Required));
        assert_eq!(rule(false, Shape::Email).check("", ""), Ok(()));
        assert_eq!(rule(false, Shape::Any).check("123456", ""), Err(Fault::TooLong { max: 5 }));
        assert_eq!(rule(false, Shape::Email).check("a@b", ""), Err(Fault::Email));
        assert_eq!(rule(false, Shape::Lines).check("a\nb", ""), Ok(()));
        assert_eq!(rule(false, Shape::Any).check("a\nb", ""), Err(Fault::Characters));
        assert_eq!(
            rule(true, Shape::Password).check("short", ""),
            Err(Fault::TooShort { min: 10 })
        );
        assert_eq!(rule(true, Shape::Consent).check("", ""), Err(Fault::Consent));
        let guessed = rule(true, Shape::Password).check("ana@shop.example", "ana@shop.example");
        assert_eq!(guessed, Err(Fault::PasswordGuessable));
    }

    #[test]
    fn markup_is_told_by_its_mark() {
        let mark = |text: &str| Html(text.into()).mark().0;
        assert_eq!(mark(""), "");
        assert_eq!(mark("<p>12345678</p>"), mark("<p>12345678</p>"));
        let others = [
            "<p>12345678</p>",
            "<p>12345679</p>",
            "<b>12345678</b>",
            "<p>12345678</p>\0",
            "<p>1</p>",
        ];
        let marks: std::collections::BTreeSet<_> = others.map(mark).into();
        assert_eq!(marks.len(), others.len());
    }

    #[test]
    fn what_stands_in_the_document_is_not_sent_again() {
        let still = || Part::Still(Html("<p>x</p>".into()));
        let drawn = Drawn {
            title: "T".into(),
            parts: vec![
                still(),
                Part::Card {
                    class: "card".into(),
                    heading: "h".into(),
                    head: Html("<header></header>".into()),
                    parts: vec![still()],
                },
            ],
            ..Drawn::default()
        };
        let text = serde_json::to_string(&drawn.bare()).unwrap();
        assert!(!text.contains('<'), "{text}");
        let read: Drawn = serde_json::from_str(&text).unwrap();
        assert_eq!(read.parts.len(), 2);
    }
}
