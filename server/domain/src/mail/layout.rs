use crate::{Error, Result, branding::Brand, format::Locale};
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
    /// How the store looks whose mail it is. Its logo goes with the mail as the part `LOGO`.
    pub brand: Option<Brand>,
}

/// By what name the HTML part refers to the logo that goes with it.
pub(crate) const LOGO: &str = "logo";

/// What a mail has of the store that it comes from.
pub(super) struct Dress {
    /// How the store looks.
    pub(super) brand: Brand,
    /// Width and height at which its logo is shown.
    pub(super) logo: Option<(u32, u32)>,
    /// How it writes dates, for a reader of the mail's language.
    pub(super) locale: Locale,
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
        let note = self.note.map(|key| t.get(key).to_owned());
        self.written(t, note, None)
    }

    /// The mail in a store's logo and colours, with this note in place of its own.
    pub(super) fn of_store(self, t: Texts, dress: &Dress, note: Option<String>) -> Result<Mail> {
        let note = note.or_else(|| self.note.map(|key| t.get(key).to_owned()));
        self.written(t, note, Some(dress))
    }

    fn written(self, t: Texts, note: Option<String>, dress: Option<&Dress>) -> Result<Mail> {
        let greeting = match self.name.as_str() {
            "" => t.get(Key::MailGreeting).to_owned(),
            name => t.fill(Key::MailGreetingName, &[("name", name)]),
        };
        let button = t.get(self.button);
        let (hint, footer) = (t.get(Key::MailButtonHint), t.get(Key::MailFooter));
        let colors = dress.map(|dress| dress.brand.colors.clone()).unwrap_or_default();
        let html = render(context! {
            lang => t.lang().code(),
            subject => &self.subject,
            sender => dress.map_or(t.get(Key::CommonProduct), |dress| &dress.brand.name),
            logo => dress.and_then(|dress| dress.logo).map(|(width, height)| context! {
                name => LOGO, width => width, height => height,
            }),
            primary => colors.primary(),
            on_primary => colors.on_primary(),
            background => colors.background(),
            color => colors.text(),
            anchor => colors.link(),
            // What is less important needs to be read all the same, on any background.
            muted => if dress.is_some() { colors.text() } else { "#5b6478" },
            greeting => &greeting,
            paragraphs => self.paragraph.split("\n\n").map(str::to_owned).collect::<Vec<_>>(),
            link => &self.link,
            button => button,
            note => &note,
            hint => hint,
            footer => footer,
        })?;
        let mut parts = vec![greeting, self.paragraph];
        if !self.link.is_empty() {
            parts.push(format!("{button}:\n{}", self.link));
        }
        parts.extend(note);
        parts.push(format!("-- \n{footer}"));
        let text = parts.join("\n\n") + "\n";
        let (to, subject, link) = (self.to, self.subject, self.link);
        let button = if link.is_empty() { "" } else { button }.to_owned();
        let brand = dress.map(|dress| dress.brand.clone());
        Ok(Mail { to, subject, text, html, link, button, reply_to: None, brand })
    }
}

fn render(context: minijinja::Value) -> Result<String> {
    let layout = ENVIRONMENT.get_template("layout.html");
    layout
        .and_then(|layout| layout.render(context))
        .map_err(|error| Error::Corrupt(format!("mail layout: {error}")))
}
