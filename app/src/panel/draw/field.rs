//! The markup of form fields.
use super::{note, upload};
use crate::ui::{Markup, flag, html, options, select, use_texts};
use model::{
    FieldError, Input,
    panel::{
        Choice, ChoiceGroup, Field, Kind,
        drawn::{self, Html, Rule, Shape},
    },
    text::Key,
};

/// What a form's fields hold and how they were refused, as far as it differs from what is stored.
pub struct Filled<'a> {
    /// Which form of its page it is.
    pub nth: usize,
    /// What had been typed when it was refused.
    pub typed: Option<&'a Input>,
    /// What was wrong.
    pub faults: &'a [FieldError],
    /// The element of a group's heading.
    pub heading: &'static str,
}

impl Filled<'_> {
    /// The `id` of this field's control.
    pub fn id(&self, field: &str) -> String {
        if self.nth == 0 { field.to_owned() } else { format!("{field}-{}", self.nth) }
    }

    fn value(&self, field: &Field) -> String {
        let typed = self.typed.and_then(|input| input.get(&field.name));
        typed.unwrap_or(&field.value).clone()
    }

    /// A box that is not ticked is not sent.
    fn checked(&self, field: &Field) -> bool {
        match self.typed {
            Some(input) => input.get(&field.name).is_some_and(|value| !value.is_empty()),
            None => !field.value.is_empty(),
        }
    }
}

/// Writes a field's markup.
pub fn draw(field: &Field, filled: &Filled<'_>) -> drawn::Field {
    let id = filled.id(&field.name);
    let wrong = filled.faults.iter().any(|error| error.field == field.name);
    let parts = Parts { id: &id, wrong, filled };
    drawn::Field {
        name: field.name.clone(),
        label: field.label.clone(),
        class: if field.half { "field" } else { "field full" }.to_owned(),
        heading: field
            .group
            .as_ref()
            .map(|text| html(filled.heading, &[("class", "full")], |m| m.text(text))),
        control: parts.content(field),
        help: note::below(field, &id),
        rule: rule(field),
    }
}

fn rule(field: &Field) -> Rule {
    let form = match field.kind {
        _ if field.fixed => return Rule::default(),
        Kind::Check if field.required => Shape::Consent,
        // What a file or another box needs is told by the server.
        Kind::Check
        | Kind::Toggle
        | Kind::Checks(_)
        | Kind::File(_)
        | Kind::Image(_)
        | Kind::Heading => return Rule::default(),
        Kind::Email => Shape::Email,
        Kind::Url(_) => Shape::Url,
        Kind::Phone => Shape::Phone,
        Kind::Password { new: true } => Shape::Password,
        Kind::Lines(_) => Shape::Lines,
        _ => Shape::Any,
    };
    let hosts = if let Kind::Url(hosts) = &field.kind { hosts.clone() } else { Vec::new() };
    Rule { required: field.required, max: field.max, form, hosts }
}

/// What the markup of a field is made from besides its description.
pub(super) struct Parts<'a> {
    pub(super) id: &'a str,
    wrong: bool,
    filled: &'a Filled<'a>,
}

impl Parts<'_> {
    fn content(&self, field: &Field) -> Html {
        match &field.kind {
            Kind::Check => self.tick(field, "check", ""),
            Kind::Toggle => self.tick(field, "switch", "switch"),
            Kind::Radio(choices) => self.group(field, |m| self.radio(m, field, choices)),
            Kind::Checks(groups) => self.group(field, |m| self.boxes(m, field, groups)),
            Kind::Image(shown) => upload::image(self, field, shown),
            Kind::Heading => html("p", &[("class", "heading")], |m| m.text(&field.label)),
            Kind::Secret(stored) => self.secret(field, stored.as_deref()),
            _ => self.labelled(field),
        }
    }

    /// What it holds.
    pub(super) fn value(&self, field: &Field) -> String {
        self.filled.value(field)
    }

    /// Who describes the control, and whether it is wrong.
    pub(super) fn described(&self, field: &Field) -> [(&'static str, String); 2] {
        let id = self.id;
        let by = match (self.wrong, !field.help.is_empty() || field.note.is_some()) {
            (true, true) => format!("{id}-error {id}-help"),
            (true, false) => format!("{id}-error"),
            (false, true) => format!("{id}-help"),
            (false, false) => String::new(),
        };
        [("aria-describedby", by), ("aria-invalid", flag(self.wrong).to_owned())]
    }

    /// What is never shown again, and the box that forgets what is stored.
    fn secret(&self, field: &Field, forget: Option<&str>) -> Html {
        let name = format!("{}.forget", field.name);
        let Html(control) = self.labelled(field);
        let Html(forget) = match forget.filter(|_| !field.fixed) {
            Some(label) => html("label", &[("class", "check")], |m| {
                m.void("input", &[("type", "checkbox"), ("name", &name)]);
                m.leaf("span", &[], label);
            }),
            None => Html::default(),
        };
        Html(format!("<div class=\"stack\">{control}{forget}</div>"))
    }

    /// A control with its name above it.
    fn labelled(&self, field: &Field) -> Html {
        let required = use_texts().get(Key::CommonRequired);
        html("div", &[("class", "control")], |m| {
            m.element("label", &[("for", self.id)], |m| {
                m.text(&field.label);
                if field.required {
                    m.text(" ");
                    m.leaf("span", &[("class", "mark")], required);
                }
            });
            match &field.kind {
                Kind::Select(choices) => self.select(m, field, choices),
                Kind::Lines(rows) => self.lines(m, field, *rows),
                Kind::Password { .. } => self.password(m, field),
                _ => self.input(m, field, "input"),
            }
        })
    }

    /// One line: text, a password, a day, a file.
    fn input(&self, m: &mut Markup, field: &Field, class: &'static str) {
        let (kind, keyboard, usual) = input_kind(&field.kind);
        let value = match field.kind {
            Kind::Password { .. } | Kind::Secret(_) | Kind::File(_) => String::new(),
            _ => self.value(field),
        };
        let accept = if let Kind::File(types) = &field.kind { types.as_str() } else { "" };
        let max = if field.max == 0 { usual } else { field.max }.to_string();
        let autofill = if field.autofill.is_empty() { "off" } else { &field.autofill };
        let described = self.described(field);
        let mut attributes = vec![
            ("class", class),
            ("type", kind),
            ("id", self.id),
            ("name", &field.name),
            ("autocomplete", autofill),
            ("maxlength", &max),
            ("inputmode", keyboard),
            ("accept", accept),
            ("required", flag(field.required)),
            ("readonly", flag(field.fixed)),
        ];
        if !value.is_empty() {
            attributes.push(("value", &value));
        }
        attributes.extend(described.iter().map(|(name, value)| (*name, value.as_str())));
        m.void("input", &attributes);
    }

    /// A password; a script can show it.
    fn password(&self, m: &mut Markup, field: &Field) {
        let show = use_texts().get(Key::CommonShow);
        m.element("div", &[("class", "affix")], |m| {
            self.input(m, field, "");
            let attributes = [
                ("class", "button quiet small js-only"),
                ("type", "button"),
                ("aria-controls", self.id),
                ("aria-pressed", "false"),
            ];
            m.leaf("button", &attributes, show);
        });
    }

    fn lines(&self, m: &mut Markup, field: &Field, rows: u32) {
        let max = if field.max == 0 { 2_000 } else { field.max }.to_string();
        let rows = rows.to_string();
        let described = self.described(field);
        let autofill = if field.autofill.is_empty() { "off" } else { &field.autofill };
        let mut attributes = vec![
            ("class", "input"),
            ("id", self.id),
            ("name", field.name.as_str()),
            ("rows", &rows),
            ("maxlength", &max),
            ("autocomplete", autofill),
            ("readonly", flag(field.fixed)),
        ];
        attributes.extend(described.iter().map(|(name, value)| (*name, value.as_str())));
        let text = self.value(field);
        m.element("textarea", &attributes, |m| {
            // A parser drops one line break right behind the tag.
            m.text(if text.starts_with('\n') { "\n" } else { "" });
            m.text(&text);
        });
    }

    fn select(&self, m: &mut Markup, field: &Field, choices: &[Choice]) {
        let chosen = self.value(field);
        let described = self.described(field);
        let autofill = if field.autofill.is_empty() { "off" } else { &field.autofill };
        let mut attributes = vec![
            ("id", self.id),
            ("name", field.name.as_str()),
            ("autocomplete", autofill),
            ("required", flag(field.required)),
            ("disabled", flag(field.fixed)),
        ];
        attributes.extend(described.iter().map(|(name, value)| (*name, value.as_str())));
        select(m, "select", &attributes, |m| {
            // Nothing is to be chosen once: by its own name where the list has one.
            if !field.required && choices.iter().all(|choice| !choice.value.is_empty()) {
                let nothing = Choice::new("", use_texts().get(Key::CommonChoose));
                options(m, &[nothing], &chosen);
            }
            options(m, choices, &chosen);
        });
    }

    /// A box to tick or a switch, with its text beside it.
    fn tick(&self, field: &Field, class: &'static str, role: &'static str) -> Html {
        let checked = self.filled.checked(field);
        let described = self.described(field);
        html("label", &[("class", class)], |m| {
            let mut attributes = vec![
                ("type", "checkbox"),
                ("role", role),
                ("id", self.id),
                ("name", &field.name),
                ("checked", flag(checked)),
                ("required", flag(field.required)),
                ("disabled", flag(field.fixed)),
            ];
            attributes.extend(described.iter().map(|(name, value)| (*name, value.as_str())));
            m.void("input", &attributes);
            m.leaf("span", &[], &field.label);
        })
    }

    fn group(&self, field: &Field, content: impl FnOnce(&mut Markup)) -> Html {
        let described = self.described(field);
        html("fieldset", &[(described[0].0, &described[0].1)], |m| {
            m.leaf("legend", &[], &field.label);
            content(m);
        })
    }

    /// Choices that are all seen, with what each means.
    fn radio(&self, m: &mut Markup, field: &Field, choices: &[Choice]) {
        let chosen = self.value(field);
        for (index, choice) in choices.iter().enumerate() {
            let id = self.nth(index);
            let attributes = [
                ("type", "radio"),
                ("id", id.as_str()),
                ("name", &field.name),
                ("value", &choice.value),
                ("checked", flag(choice.value == chosen)),
                ("required", flag(field.required)),
                ("disabled", flag(choice.disabled || field.fixed)),
            ];
            m.element("label", &[("class", "option")], |m| {
                m.void("input", &attributes);
                m.element("span", &[], |m| {
                    m.leaf("b", &[], &choice.label);
                    m.leaf("small", &[], &choice.help);
                });
            });
        }
    }

    /// Boxes in groups.
    fn boxes(&self, m: &mut Markup, field: &Field, groups: &[ChoiceGroup]) {
        let chosen = self.value(field);
        let chosen: Vec<&str> = chosen.split(',').collect();
        let name = format!("{}[]", field.name);
        let mut index = 0;
        for group in groups {
            m.element("div", &[("class", "boxes")], |m| {
                if !group.label.is_empty() {
                    m.leaf("p", &[], &group.label);
                }
                for choice in &group.choices {
                    let id = self.nth(index);
                    index += 1;
                    let attributes = [
                        ("type", "checkbox"),
                        ("id", id.as_str()),
                        ("name", &name),
                        ("value", &choice.value),
                        ("checked", flag(chosen.contains(&choice.value.as_str()))),
                        ("disabled", flag(choice.disabled || field.fixed)),
                    ];
                    m.element("label", &[("class", "check")], |m| {
                        m.void("input", &attributes);
                        m.element("span", &[], |m| {
                            m.text(&choice.label);
                            m.leaf("small", &[], &choice.help);
                        });
                    });
                }
            });
        }
    }

    /// The `id` of one of several controls: the first one is where an error leads to.
    fn nth(&self, index: usize) -> String {
        if index == 0 { self.id.to_owned() } else { format!("{}-{index}", self.id) }
    }
}

/// The `type` of an input, the keyboard it wants, and its longest text.
fn input_kind(kind: &Kind) -> (&'static str, &'static str, u32) {
    match kind {
        Kind::Email => ("email", "", 254),
        Kind::Url(_) => ("url", "", 2_000),
        Kind::Phone => ("tel", "", 32),
        Kind::Password { .. } => ("password", "", 512),
        Kind::Secret(_) => ("password", "", 1_000),
        Kind::Color => ("color", "", 7),
        Kind::Number => ("text", "numeric", 12),
        Kind::Date => ("date", "", 10),
        Kind::File(_) => ("file", "", 4_096),
        Kind::Code => ("text", "", 64),
        _ => ("text", "", 200),
    }
}
