use crate::mail::{LOGO, Mail};
use lettre::{
    AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor,
    message::{
        Attachment, Mailbox, MultiPart, SinglePart,
        header::{ContentType, ContentTypeErr, HeaderName, HeaderValue},
    },
    transport::smtp::{
        self,
        client::{Certificate, Tls, TlsParameters},
    },
};
use std::{
    str::FromStr as _,
    time::{Duration, UNIX_EPOCH},
};

/// An attempt takes no longer than this, whatever the mail server does.
const TIMEOUT: Duration = Duration::from_secs(30);

/// How mails leave.
#[derive(Clone)]
pub enum Mailer {
    /// By a mail server.
    Smtp {
        /// The way to it.
        transport: AsyncSmtpTransport<Tokio1Executor>,
        /// The sender of all mails.
        from: Mailbox,
        /// How long an attempt may take, whatever the mail server does.
        patience: Duration,
    },
    /// Not at all: they are shown on the mailbox page (demonstration).
    Mailbox,
    /// Not at all: no mail server is configured, and every attempt fails saying so.
    None,
}

/// Why a mail did not leave.
#[derive(Debug, thiserror::Error)]
pub enum MailerError {
    /// No mail server is configured.
    #[error("no mail server is configured")]
    NotConfigured,
    /// The address of the mail server or of the sender is wrong.
    #[error("{0}")]
    Configuration(String),
    /// The mail cannot be written down.
    #[error("the mail could not be written: {0}")]
    Message(String),
    /// The server refused this mail for good.
    #[error("{0}")]
    Refused(String),
    /// It may work later.
    #[error("{0}")]
    Transient(String),
}

impl MailerError {
    /// Whether trying again is pointless.
    pub(super) fn is_final(&self) -> bool {
        matches!(self, MailerError::Message(_) | MailerError::Refused(_))
    }
}

impl Mailer {
    /// A mailer for the server at `url` (`smtp://`, `smtps://`, with user and password where
    /// needed) that writes as `from` (`Name <address>`). Certificates are trusted if a public
    /// authority, or one of those in `authorities` (PEM), vouches for them. To be called inside a
    /// Tokio runtime, for it keeps connections open.
    ///
    /// # Errors
    /// [`MailerError::Configuration`] where either cannot be read. The URL, which may hold a
    /// password, is not repeated.
    pub fn smtp(url: &str, from: &str, authorities: Option<&[u8]>) -> Result<Mailer, MailerError> {
        let wrong = |what: &str, error: String| {
            MailerError::Configuration(format!("the {what} cannot be read: {error}"))
        };
        let from = Mailbox::from_str(from).map_err(|e| wrong("sender's address", e.to_string()))?;
        let mut transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|e| wrong("mail server's address", e.to_string()))?
            .timeout(Some(TIMEOUT));
        if let Some(pem) = authorities {
            let what = "mail server's certificate authority";
            if !String::from_utf8_lossy(pem).contains("-----BEGIN CERTIFICATE-----") {
                return Err(wrong(what, "there is no certificate".to_owned()));
            }
            transport = transport.tls(tls(url, pem).map_err(|e| wrong(what, e.to_string()))?);
        }
        Ok(Mailer::Smtp { transport: transport.build(), from, patience: TIMEOUT })
    }

    /// Whether mails leave at all: then they need all their parts.
    pub(super) fn delivers(&self) -> bool {
        matches!(self, Mailer::Smtp { .. })
    }

    /// Hands over one mail, with the store's logo (a PNG) if it has one; `id` makes its Message-ID, by which receivers drop repeats.
    pub(super) async fn send(
        &self,
        mail: &Mail,
        logo: Option<Vec<u8>>,
        id: &str,
        now: i64,
    ) -> Result<(), MailerError> {
        match self {
            Mailer::None => Err(MailerError::NotConfigured),
            Mailer::Mailbox => Ok(()),
            Mailer::Smtp { transport, from, patience } => {
                let message = message(mail, logo, from, id, now)?;
                match tokio::time::timeout(*patience, transport.send(message)).await {
                    Ok(Ok(_)) => Ok(()),
                    Ok(Err(error)) => Err(fault(&error)),
                    Err(_) => Err(MailerError::Transient("the mail server did not answer".into())),
                }
            }
        }
    }
}

/// What `url` asks of TLS, as lettre reads it, with these authorities besides the public ones.
fn tls(url: &str, authorities: &[u8]) -> Result<Tls, smtp::Error> {
    let (scheme, rest) = url.split_once("://").unwrap_or_default();
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let place = place.rsplit('@').next().unwrap_or_default();
    let place = place.split('/').next().unwrap_or_default();
    let host = match place.strip_prefix('[') {
        Some(literal) => literal.split(']').next().unwrap_or_default(),
        None => place.split(':').next().unwrap_or_default(),
    };
    let certificate = Certificate::from_pem(authorities)?;
    let parameters =
        TlsParameters::builder(host.to_owned()).add_root_certificate(certificate).build()?;
    let asked = query.split('&').find_map(|pair| pair.strip_prefix("tls="));
    Ok(match (scheme, asked) {
        ("smtps", _) => Tls::Wrapper(parameters),
        (_, Some("required")) => Tls::Required(parameters),
        (_, Some("opportunistic")) => Tls::Opportunistic(parameters),
        _ => Tls::None,
    })
}

/// The mail as it goes over the wire. Headers are built from parsed values only: a line break in
/// a name or subject cannot begin another header.
pub(super) fn message(
    mail: &Mail,
    logo: Option<Vec<u8>>,
    from: &Mailbox,
    id: &str,
    now: i64,
) -> Result<Message, MailerError> {
    let broken = |error: &dyn std::fmt::Display| MailerError::Message(error.to_string());
    let to = mail.to.parse().map_err(|e: lettre::address::AddressError| broken(&e))?;
    let host = from.email.domain();
    let mut builder = Message::builder();
    if let Some(person) = &mail.reply_to {
        let address = person.parse().map_err(|e: lettre::address::AddressError| broken(&e))?;
        builder = builder.reply_to(Mailbox::new(None, address));
    }
    builder
        .from(from.clone())
        .to(Mailbox::new(None, to))
        .subject(one_line(&mail.subject))
        .date(UNIX_EPOCH + Duration::from_millis(now.unsigned_abs()))
        .message_id(Some(format!("<{id}@{host}>")))
        // What answers by itself (out of office) keeps quiet.
        .raw_header(HeaderValue::new(
            HeaderName::new_from_ascii_str("Auto-Submitted"),
            "auto-generated".to_owned(),
        ))
        .multipart(parts(mail, logo).map_err(|e| broken(&e))?)
        .map_err(|e| broken(&e))
}

/// Text and HTML; the HTML with the logo that it shows.
fn parts(mail: &Mail, logo: Option<Vec<u8>>) -> Result<MultiPart, ContentTypeErr> {
    let Some(bytes) = logo else {
        return Ok(MultiPart::alternative_plain_html(mail.text.clone(), mail.html.clone()));
    };
    let picture = Attachment::new_inline_with_name(LOGO.to_owned(), format!("{LOGO}.png"))
        .body(bytes, ContentType::parse("image/png")?);
    let shown = MultiPart::related().singlepart(SinglePart::html(mail.html.clone()));
    Ok(MultiPart::alternative()
        .singlepart(SinglePart::plain(mail.text.clone()))
        .multipart(shown.singlepart(picture)))
}

fn one_line(text: &str) -> String {
    text.split(char::is_control).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn fault(error: &smtp::Error) -> MailerError {
    let reason = reason(error);
    // 530 to 538 speak of our sign-in, which an operator can mend; other 5yz speak of this mail.
    let ours = error.status().is_some_and(|code| (530..=538).contains(&u16::from(code)));
    if error.is_permanent() && !ours {
        MailerError::Refused(reason)
    } else {
        MailerError::Transient(reason)
    }
}

/// The error and its causes in one line that fits a table.
fn reason(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        if !text.contains(&cause_text) {
            text = format!("{text}: {cause_text}");
        }
        source = cause.source();
    }
    one_line(&text).chars().take(300).collect()
}
