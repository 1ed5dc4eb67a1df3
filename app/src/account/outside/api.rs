//! Server functions of the steps around signing in.
use crate::{
    account::cookie::{end_step, step_token},
    answer::{answer, context},
    error::AppError,
    path::Path,
    session::api::{arrived, fields, start},
};
use leptos::{prelude::*, server_fn::ServerFn};
use model::{Input, Notice, Outcome};

/// Gives the second factor of a sign-in: a code of the app, or a recovery code.
#[server(endpoint = "account/verify")]
pub async fn verify(code: String, #[server(default)] next: String) -> Result<Outcome, AppError> {
    let request = context()?;
    let page = Path::AccountThen("verify", next.clone());
    let result = async {
        let step = step_token()?;
        let (domain, origin) = (&request.domain, &request.origin);
        let (_, token) = domain::session::step::verify(domain, origin, &step, &code).await?;
        end_step();
        start(&token)?;
        Ok(arrived(None, Path::Back(next)))
    };
    answer(Verify::PATH, &page, Input::new(), result.await).await
}

/// Gives the second factor of a sign-in by a passkey.
#[server(endpoint = "account/verify-passkey")]
pub async fn verify_passkey(
    state: String,
    #[server(default)] credential: String,
    #[server(default)] next: String,
) -> Result<Outcome, AppError> {
    let request = context()?;
    let page = Path::AccountThen("verify", next.clone());
    let result = async {
        let step = step_token()?;
        let (domain, origin) = (&request.domain, &request.origin);
        let entered =
            domain::session::step::verify_passkey(domain, origin, &step, &state, &credential);
        let (_, token) = entered.await?;
        end_step();
        start(&token)?;
        Ok(arrived(None, Path::Back(next)))
    };
    answer(VerifyPasskey::PATH, &page, Input::new(), result.await).await
}

/// Signs in with a passkey, without a password.
#[server(endpoint = "account/passkey")]
pub async fn sign_in_passkey(
    state: String,
    #[server(default)] credential: String,
    #[server(default)] next: String,
) -> Result<Outcome, AppError> {
    let request = context()?;
    let page = Path::AccountThen("passkey", next.clone());
    let result = async {
        let (domain, origin) = (&request.domain, &request.origin);
        let (_, token) = domain::passkey::sign_in(domain, origin, &state, &credential).await?;
        start(&token)?;
        Ok(arrived(None, Path::Back(next)))
    };
    answer(SignInPasskey::PATH, &page, Input::new(), result.await).await
}

/// Sends a link with which to set a new password.
#[server(endpoint = "account/forgot")]
pub async fn forgot(email: String) -> Result<Outcome, AppError> {
    let request = context()?;
    let input = fields(&[("email", &email)]);
    let result = domain::password_reset::ask(&request.domain, &request.origin, &email).await;
    let done = result.map(|()| arrived(None, Path::Account("forgot/sent")));
    answer(Forgot::PATH, &Path::Account("forgot"), input, done).await
}

/// Sets a new password by a mail's link.
#[server(endpoint = "account/reset")]
pub async fn reset(token: String, password: String) -> Result<Outcome, AppError> {
    let request = context()?;
    let page = Path::AccountLink("reset", token.clone());
    let (domain, origin) = (&request.domain, &request.origin);
    let result = domain::password_reset::set(domain, origin, &token, &password).await;
    let done = result.map(|()| arrived(Some(Notice::PasswordReset), Path::SignIn));
    answer(Reset::PATH, &page, Input::new(), done).await
}

/// Confirms a new e-mail address by a mail's link.
#[server(endpoint = "account/email")]
pub async fn confirm_email(token: String) -> Result<Outcome, AppError> {
    let request = context()?;
    let page = Path::AccountLink("email", token.clone());
    let result = domain::account::confirm_email(&request.domain, &request.origin, &token).await;
    let next = if request.signed_in.is_some() { Path::Me("/email") } else { Path::SignIn };
    let done = result.map(|()| arrived(Some(Notice::EmailChanged), next));
    answer(ConfirmEmail::PATH, &page, Input::new(), done).await
}
