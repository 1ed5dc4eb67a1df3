use crate::{Error, Result};
use minijinja::{Environment, context};
use model::text::{Key, Texts};
use std::sync::LazyLock;

/// A mail, ready to be handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// The recipient's address.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// The text part.
    pub text: String,
    /// The HTML part.
    pub html: String,
    /// The address its button leads to; empty where it has none.
    pub link: String,
    /// What the button says.
    pub button: String,
    /// Whom an answer goes to, if not to the sender.
    pub reply_to: Option<String>,
}

/// What one kind of mail says; greeting, footer and the like are the same for all.
pub(super) struct Content {
    pub(super) to: String,
    pub(super) subject: String,
    /// Whom to greet; empty where the name is not known.
    pub(super) name: String,
    /// Paragraphs, with an empty line between them.
    pub(super) paragraph: String,
    pub(super) button: Key,
    /// Where the button leads to; without one there is no button.
    pub(super) link: String,
    /// What stands below the button, such as how long it works.
    pub(super) note: Option<Key>,
}

static ENVIRONMENT: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut environment = Environment::new();
    // The name's ending makes it escape every value. The template is ours; a test renders it.
    environment.add_template("layout.html", include_str!("layout.html")).ok();
    environment
});

impl Content {
    /// The mail in the language of `t`.
    pub(super) fn mail(self, t: Texts) -> Result<Mail> {
        let greeting = match self.name.as_str() {
            "" => t.get(Key::MailGreeting).to_owned(),
            name => t.fill(Key::MailGreetingName, &[("name", name)]),
        };
        let button = t.get(self.button);
        let note = self.note.map(|key| t.get(key));
        let (hint, footer) = (t.get(Key::MailButtonHint), t.get(Key::MailFooter));
        let html = render(context! {
            lang => t.lang().code(),
            subject => &self.subject,
            product => t.get(Key::CommonProduct),
            greeting => &greeting,
            paragraphs => self.paragraph.split("\n\n").map(str::to_owned).collect::<Vec<_>>(),
            link => &self.link,
            button => button,
            note => note,
            hint => hint,
            footer => footer,
        })?;
        let mut parts = vec![greeting, self.paragraph];
        if !self.link.is_empty() {
            parts.push(format!("{button}:\n{}", self.link));
        }
        parts.extend(note.map(str::to_owned));
        parts.push(format!("-- \n{footer}"));
        let text = parts.join("\n\n") + "\n";
        let (to, subject, link) = (self.to, self.subject, self.link);
        let button = if link.is_empty() { "" } else { button };
        let button = button.to_owned();
        Ok(Mail { to, subject, text, html, link, button, reply_to: None })
    }
}

fn render(context: minijinja::Value) -> Result<String> {
    let layout = ENVIRONMENT.get_template("layout.html");
    layout
        .and_then(|layout| layout.render(context))
        .map_err(|error| Error::Corrupt(format!("mail layout: {error}")))
}
