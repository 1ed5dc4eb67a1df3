use crate::{
    answer::{actor, answer},
    error::AppError,
    path::Path,
    session::api::{arrived, start},
};
use domain::account::Proof;
use leptos::{prelude::*, server_fn::ServerFn};
use model::{Input, Outcome};

/// Proves who the person is by their password.
#[server(endpoint = "account/confirm")]
pub async fn confirm(
    password: String,
    #[server(default)] next: String,
) -> Result<Outcome, AppError> {
    prove(Confirm::PATH, Proof::Password(password), next).await
}

/// The same by a code.
#[server(endpoint = "account/confirm-code")]
pub async fn confirm_code(
    code: String,
    #[server(default)] next: String,
) -> Result<Outcome, AppError> {
    prove(ConfirmCode::PATH, Proof::Code(code), next).await
}

/// The same by a passkey.
#[server(endpoint = "account/confirm-passkey")]
pub async fn confirm_passkey(
    state: String,
    #[server(default)] credential: String,
    #[server(default)] next: String,
) -> Result<Outcome, AppError> {
    prove(ConfirmPasskey::PATH, Proof::Passkey { state, credential }, next).await
}

async fn prove(form: &'static str, proof: Proof, next: String) -> Result<Outcome, AppError> {
    let page = Path::ConfirmThen(next.clone());
    let result = async {
        let (domain, person) = actor()?;
        let token = domain::account::confirm(&domain, &person, proof).await?;
        start(&token)?;
        Ok(arrived(None, Path::Back(next)))
    };
    answer(form, &page, Input::new(), result.await).await
}
