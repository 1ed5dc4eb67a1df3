use crate::{
    answer::{actor, answer},
    error::AppError,
    path::Path,
    session::api::{arrived, fields, start},
};
use domain::{account, session};
use leptos::{prelude::*, server_fn::ServerFn};
use model::{Input, Notice, Outcome, Refusal};

/// Saves the person's profile.
#[server(endpoint = "me/profile")]
pub async fn save_profile(
    first_name: String,
    last_name: String,
    #[server(default)] phone: String,
    language: String,
    #[server(default)] time_zone: String,
    theme: String,
) -> Result<Outcome, AppError> {
    let input = fields(&[
        ("first_name", &first_name),
        ("last_name", &last_name),
        ("phone", &phone),
        ("language", &language),
        ("time_zone", &time_zone),
        ("theme", &theme),
    ]);
    let form = account::ProfileForm { first_name, last_name, phone, language, time_zone, theme };
    let result = async {
        let (domain, person) = actor()?;
        account::save_profile(&domain, &person, form).await?;
        Ok(arrived(Some(Notice::Saved), Path::Me("")))
    };
    answer(SaveProfile::PATH, &Path::Me(""), input, result.await).await
}

/// Asks for another e-mail address.
#[server(endpoint = "me/email")]
pub async fn change_email(
    email: String,
    #[server(default)] password: String,
) -> Result<Outcome, AppError> {
    let result = async {
        let (domain, person) = actor()?;
        account::ask_email(&domain, &person, &email, &password).await?;
        Ok(Outcome::done(Notice::EmailAsked, Path::Me("/email").to_string()))
    };
    let input = fields(&[("email", &email)]);
    answer(ChangeEmail::PATH, &Path::Me("/email"), input, result.await).await
}

/// Changes the password; all other sessions end.
#[server(endpoint = "me/password")]
pub async fn change_password(
    #[server(default)] current: String,
    password: String,
) -> Result<Outcome, AppError> {
    let result = async {
        let (domain, person) = actor()?;
        let token = account::change_password(&domain, &person, &current, &password).await?;
        start(&token)?;
        Ok(arrived(Some(Notice::PasswordChanged), Path::Me("/password")))
    };
    answer(ChangePassword::PATH, &Path::Me("/password"), Input::new(), result.await).await
}

/// Ends another session of the person.
#[server(endpoint = "me/sessions/end")]
pub async fn end_session(session: String) -> Result<Outcome, AppError> {
    let result = async {
        let (domain, person) = actor()?;
        let id = session.parse().map_err(|_| Refusal::Malformed)?;
        session::end_device(&domain, &person, &id).await?;
        Ok(Outcome::done(Notice::SessionsEnded, Path::Me("/sessions").to_string()))
    };
    answer(EndSession::PATH, &Path::Me("/sessions"), Input::new(), result.await).await
}

/// Ends all other sessions of the person.
#[server(endpoint = "me/sessions/end-others")]
pub async fn end_other_sessions() -> Result<Outcome, AppError> {
    let result = async {
        let (domain, person) = actor()?;
        session::end_others(&domain, &person).await?;
        Ok(Outcome::done(Notice::SessionsEnded, Path::Me("/sessions").to_string()))
    };
    answer(EndOtherSessions::PATH, &Path::Me("/sessions"), Input::new(), result.await).await
}
