//! Why a server function or a page could not answer as asked, and the page that says so.
use crate::{
    path::Path,
    ui::{Markup, PageTitle, avatar, markup, use_texts},
};
use leptos::prelude::*;
use leptos::server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use model::text::{Key, Texts};
use serde::{Deserialize, Serialize};

/// Whom to ask when a role does not suffice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhomToAsk {
    /// The name of the person's own role.
    pub role: String,
    /// Where the person may go instead.
    pub home: String,
    /// Names and e-mails of Administrators.
    pub administrators: Vec<(String, String)>,
}

/// Why an organization does not let somebody in who belongs to it, in the reader's language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stopped {
    /// The heading.
    pub title: String,
    /// Why.
    pub text: String,
    /// What can be done about it: where that leads to, and its name.
    pub next: Option<(String, String)>,
    /// Whom to ask, after a sentence that says so.
    pub people: Vec<(String, String)>,
    /// That sentence.
    pub ask: String,
}

/// An answer other than the one asked for. Never carries text of the engine or of a library.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum AppError {
    /// Nobody is signed in.
    #[error("not signed in")]
    SignedOut,
    /// The person may know of it but not do it.
    #[error("forbidden")]
    Forbidden(Option<WhomToAsk>),
    /// A rule of the organization stops the person.
    #[error("stopped")]
    Stopped(Box<Stopped>),
    /// It does not exist, or the person may not know that it does.
    #[error("not found")]
    NotFound,
    /// The request could not be read.
    #[error("malformed")]
    Malformed,
    /// The server is overloaded or its database does not answer; nothing was changed.
    #[error("unavailable")]
    Unavailable,
    /// The server's storage takes no changes: it is full, or cannot be written; nothing was changed.
    #[error("not stored")]
    NotStored,
    /// A fault of ours, logged under this request id.
    #[error("internal, request {0}")]
    Internal(String),
    /// The browser could not reach the server.
    #[error("network")]
    Network,
}

impl AppError {
    /// The HTTP status it is sent with.
    pub const fn status(&self) -> u16 {
        match self {
            AppError::SignedOut => 401,
            AppError::Forbidden(_) | AppError::Stopped(_) => 403,
            AppError::NotFound => 404,
            AppError::Malformed => 400,
            AppError::Unavailable | AppError::NotStored => 503,
            AppError::Internal(_) | AppError::Network => 500,
        }
    }

    /// What a banner says of it.
    pub fn text(&self, t: Texts) -> String {
        match self {
            AppError::SignedOut => t.get(Key::ErrorSignedOut).into(),
            AppError::Forbidden(_) => t.get(Key::ErrorForbiddenTitle).into(),
            AppError::Stopped(stopped) => stopped.text.clone(),
            AppError::NotFound => t.get(Key::RefusalGone).into(),
            AppError::Malformed => t.get(Key::RefusalMalformed).into(),
            AppError::Unavailable => t.get(Key::ErrorUnavailableText).into(),
            AppError::NotStored => t.get(Key::ErrorStorageText).into(),
            AppError::Internal(request) => t.fill(Key::ErrorInternalText, &[("request", request)]),
            AppError::Network => t.get(Key::ErrorNetwork).into(),
        }
    }
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_) | ServerFnErrorErr::Response(_) => AppError::Network,
            ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_)
            | ServerFnErrorErr::Deserialization(_) => malformed(),
            _ => AppError::Internal(String::new()),
        }
    }
}

/// The request could not be read: answered with 400, or to a plain form by going back.
fn malformed() -> AppError {
    #[cfg(feature = "ssr")]
    crate::answer::set_status(&AppError::Malformed);
    AppError::Malformed
}

/// The page that takes the place of one that cannot be shown; sets the response's status.
pub fn error_page(error: AppError) -> AnyView {
    #[cfg(feature = "ssr")]
    crate::answer::set_status(&error);
    let t = use_texts();
    let (icon, title, text) = match &error {
        AppError::Forbidden(_) | AppError::Stopped(_) => {
            ("lock", Key::ErrorForbiddenTitle, String::new())
        }
        AppError::NotFound | AppError::Malformed => {
            ("compass", Key::ErrorNotFoundTitle, t.get(Key::ErrorNotFoundText).to_owned())
        }
        AppError::Unavailable | AppError::Network => {
            ("clock", Key::ErrorUnavailableTitle, error.text(t))
        }
        AppError::NotStored => ("server-crash", Key::ErrorStorageTitle, error.text(t)),
        AppError::SignedOut => ("lock", Key::SignInTitle, error.text(t)),
        AppError::Internal(_) => ("server-crash", Key::ErrorInternalTitle, error.text(t)),
    };
    let mut title = t.get(title).to_owned();
    let mut lines = vec![text];
    let mut home = (Path::Root.to_string(), t.get(Key::ErrorHome).to_owned());
    let mut asked = Vec::new();
    match error {
        AppError::SignedOut => home.0 = Path::SignIn.to_string(),
        AppError::Forbidden(Some(ask)) => {
            home.0 = ask.home;
            lines.push(t.fill(Key::ErrorForbiddenSettings, &[("role", &ask.role)]));
            lines.push(t.get(Key::ErrorForbiddenAsk).to_owned());
            asked = ask.administrators;
        }
        AppError::Stopped(stopped) => {
            title = stopped.title;
            lines.push(stopped.text);
            if !stopped.people.is_empty() {
                lines.push(stopped.ask);
            }
            asked = stopped.people;
            home = stopped.next.unwrap_or(home);
        }
        _ => {}
    }
    lines.retain(|line| !line.is_empty());
    let page = markup("div", &[("class", "fault")], |m| {
        m.icon(icon);
        m.element("div", &[], |m| {
            m.leaf("h1", &[], &title);
            lines.iter().for_each(|line| m.leaf("p", &[], line));
        });
        if !asked.is_empty() {
            m.element("ul", &[("class", "rows card")], |m| people(m, &asked, t));
        }
        m.element("div", &[("class", "row")], |m| {
            m.leaf("a", &[("class", "button primary"), ("href", &home.0)], &home.1);
        });
    });
    view! { <PageTitle text=title/>{page} }.into_any()
}

/// People to write to, a row each.
fn people(m: &mut Markup, people: &[(String, String)], t: Texts) {
    for (name, email) in people {
        let href = format!("mailto:{email}");
        let label = t.fill(Key::CommonWriteTo, &[("person", name)]);
        m.element("li", &[], |m| {
            m.element("span", &[("class", "person")], |m| {
                avatar(m, "avatar", name);
                m.element("span", &[], |m| {
                    m.leaf("b", &[], name);
                    m.leaf("small", &[], email);
                });
            });
            let attributes = [("class", "button small"), ("href", &*href), ("aria-label", &*label)];
            m.leaf("a", &attributes, t.get(Key::CommonWrite));
        });
    }
}
