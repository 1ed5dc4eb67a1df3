//! Server functions of signing in and of the person's own choices.
use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::{
    answer::{actor, answer, context, load, session_cookie, set_cookie},
    path::Path,
};
#[cfg(feature = "ssr")]
use domain::session;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use leptos::server_fn::ServerFn;
use model::Outcome;
#[cfg(feature = "ssr")]
use model::{Input, Notice, Refusal, text::Lang, view::Theme};

/// A year: how long a browser remembers language and theme, in seconds.
#[cfg(feature = "ssr")]
const YEAR: i64 = 31_536_000;

/// The fields of a form by name; never give it a secret.
#[cfg(feature = "ssr")]
pub fn fields(pairs: &[(&str, &str)]) -> Input {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// Gives the browser a session.
#[cfg(feature = "ssr")]
pub fn start(token: &domain::crypto::Token) -> domain::Result<()> {
    let request = context().map_err(|_| domain::Error::SignedOut)?;
    set_cookie(&request, session_cookie(request.secure), token.expose(), session::ABSOLUTE / 1_000);
    Ok(())
}

/// Done; the next page is loaded anew.
#[cfg(feature = "ssr")]
pub fn arrived(notice: Option<Notice>, location: impl ToString) -> Outcome {
    Outcome::Done { notice, location: location.to_string(), reload: true }
}

/// Signs in and goes on to `next`, by way of the second factor where the person has one.
#[server(endpoint = "session/sign-in")]
pub async fn sign_in(
    email: String,
    password: String,
    #[server(default)] next: String,
) -> Result<Outcome, AppError> {
    let request = context()?;
    let page = if next.is_empty() { Path::SignIn } else { Path::SignInThen(next.clone()) };
    let input = fields(&[("email", &email)]);
    let result = async {
        Ok(match session::sign_in(&request.domain, &request.origin, &email, &password).await? {
            session::Entered::In(_, token) => {
                start(&token)?;
                arrived(None, Path::Back(next))
            }
            session::Entered::Step(token) => {
                crate::account::begin_step(&token)?;
                arrived(None, Path::AccountThen("verify", next))
            }
        })
    };
    answer(SignIn::PATH, &page, input, result.await).await
}

/// Ends the session of this browser.
#[server(endpoint = "session/sign-out")]
pub async fn sign_out() -> Result<Outcome, AppError> {
    let request = context()?;
    let result = async {
        if let Ok((domain, person)) = actor() {
            session::sign_out(&domain, &person).await?;
        }
        set_cookie(&request, session_cookie(request.secure), "", 0);
        Ok(arrived(Some(Notice::SignedOut), Path::SignIn))
    };
    answer(SignOut::PATH, &Path::SignIn, Input::new(), result.await).await
}

/// Creates an account that waits for its confirmation by mail (M-05 to M-08).
#[server(endpoint = "session/sign-up")]
pub async fn sign_up(
    first_name: String,
    last_name: String,
    email: String,
    password: String,
    phone: String,
    language: String,
    organization: String,
    store: String,
    #[server(default)] consent_data: String,
    #[server(default)] consent_marketing: String,
) -> Result<Outcome, AppError> {
    let request = context()?;
    let input = fields(&[
        ("first_name", &first_name),
        ("last_name", &last_name),
        ("email", &email),
        ("phone", &phone),
        ("language", &language),
        ("organization", &organization),
        ("store", &store),
        ("consent_data", &consent_data),
        ("consent_marketing", &consent_marketing),
    ]);
    let form = domain::registration::SignUp {
        first_name,
        last_name,
        email,
        password,
        phone,
        language,
        organization,
        store,
        consent_data: !consent_data.is_empty(),
        consent_marketing: !consent_marketing.is_empty(),
    };
    let result = domain::registration::sign_up(&request.domain, &request.origin, form).await;
    answer(SignUp::PATH, &Path::SignUp, input, result.map(|()| arrived(None, Path::SignUpSent)))
        .await
}

/// Confirms a sign-up with the password chosen then: creates the person, the organization and its
/// first store, and signs in.
#[server(endpoint = "session/confirm")]
pub async fn confirm(
    token: String,
    #[server(default)] password: String,
) -> Result<Outcome, AppError> {
    let request = context()?;
    let page = Path::Confirm(token.clone());
    let result = async {
        let (_, session, store) =
            domain::registration::confirm(&request.domain, &request.origin, &token, &password)
                .await?;
        start(&session)?;
        Ok(arrived(Some(Notice::Joined), Path::Settings(store)))
    };
    answer(Confirm::PATH, &page, Input::new(), result.await).await
}

/// Where somebody arrives who joined: the store, if it is one.
#[cfg(feature = "ssr")]
fn joined(place: domain::invitation::Place) -> Path {
    match <[model::StoreId; 1]>::try_from(place.stores) {
        Ok([store]) => Path::Store(store),
        Err(_) => Path::Stores,
    }
}

/// Accepts an invitation (C-23, C-24). A person who is known already gives no name or password.
#[server(endpoint = "session/accept")]
pub async fn accept(
    token: String,
    #[server(default)] first_name: String,
    #[server(default)] last_name: String,
    #[server(default)] password: String,
) -> Result<Outcome, AppError> {
    use domain::invitation::{Acceptance, Accepted};
    let request = context()?;
    let page = Path::Invitation(token.clone());
    let input = fields(&[("first_name", &first_name), ("last_name", &last_name)]);
    let acceptance = Acceptance { first_name, last_name, password };
    let result = async {
        let person = request.signed_in.as_ref();
        let accepted = domain::invitation::accept(
            &request.domain,
            &request.origin,
            person,
            &token,
            acceptance,
        )
        .await?;
        Ok(match accepted {
            Accepted::SignedIn(_, session, place) => {
                start(&session)?;
                arrived(Some(Notice::Joined), joined(place))
            }
            Accepted::JoinedAs(place) => arrived(Some(Notice::Joined), joined(place)),
            Accepted::PleaseSignIn(_) => arrived(Some(Notice::JoinedPleaseSignIn), Path::SignIn),
        })
    };
    answer(Accept::PATH, &page, input, result.await).await
}

/// Changes the language of the interface, and of the person's mails if one is signed in.
#[server(endpoint = "session/language")]
pub async fn set_language(
    language: String,
    #[server(default)] back: String,
) -> Result<Outcome, AppError> {
    let request = context()?;
    let page = Path::Back(back);
    let result = async {
        let lang = Lang::from_code(&language).ok_or(Refusal::Malformed)?;
        if let Ok((domain, person)) = actor() {
            session::set_language(&domain, &person, lang).await?;
        }
        set_cookie(&request, "lang", lang.code(), YEAR);
        Ok(arrived(None, &page))
    };
    answer(SetLanguage::PATH, &page, Input::new(), result.await).await
}

/// Changes the colours of the interface.
#[server(endpoint = "session/theme")]
pub async fn set_theme(
    theme: String,
    #[server(default)] back: String,
) -> Result<Outcome, AppError> {
    let request = context()?;
    let page = Path::Back(back);
    let result = async {
        let theme = Theme::from_code(&theme).ok_or(Refusal::Malformed)?;
        if let Ok((domain, person)) = actor() {
            session::set_theme(&domain, &person, theme).await?;
        }
        set_cookie(&request, "theme", theme.code(), YEAR);
        Ok(arrived(None, &page))
    };
    answer(SetTheme::PATH, &page, Input::new(), result.await).await
}

/// The frame of the signed-in person, after something that it shows has changed.
#[server(endpoint = "session/viewer", input = leptos::server_fn::codec::GetUrl)]
pub async fn load_viewer() -> Result<model::view::Viewer, AppError> {
    let result = async {
        let (domain, person) = actor()?;
        session::viewer(&domain, &person).await
    };
    load(result.await)
}
