use crate::{
    answer::{actor, answer},
    error::AppError,
    path::{Path, encode},
    session::api::fields,
};
use domain::{passkey, two_factor};
use leptos::{prelude::*, server_fn::ServerFn};
use model::{Input, Notice, Outcome, PasskeyId, Refusal};

const SECURITY: Path = Path::Me("/security");
const SET_UP: Path = Path::Me("/security/two-factor");

/// Recovery codes are shown by a page that opens them once; it must be loaded anew.
fn codes(sealed: &str) -> Outcome {
    let location = format!("{}?codes={}", Path::Me("/security/codes"), encode(sealed));
    Outcome::Done { notice: None, location, reload: true }
}

/// Begins to set up two-factor sign-in.
#[server(endpoint = "me/two-factor/begin")]
pub async fn begin_two_factor() -> Result<Outcome, AppError> {
    let result = async {
        let (domain, person) = actor()?;
        two_factor::begin(&domain, &person).await?;
        Ok(Outcome::Done { notice: None, location: SET_UP.to_string(), reload: false })
    };
    answer(BeginTwoFactor::PATH, &SECURITY, Input::new(), result.await).await
}

/// Gives up setting it up.
#[server(endpoint = "me/two-factor/cancel")]
pub async fn cancel_two_factor() -> Result<Outcome, AppError> {
    let result = async {
        let (domain, person) = actor()?;
        two_factor::cancel(&domain, &person).await?;
        Ok(Outcome::Done { notice: None, location: SECURITY.to_string(), reload: false })
    };
    answer(CancelTwoFactor::PATH, &SECURITY, Input::new(), result.await).await
}

/// Turns two-factor sign-in on with a first code of the app.
#[server(endpoint = "me/two-factor/confirm")]
pub async fn confirm_two_factor(code: String) -> Result<Outcome, AppError> {
    let result = async {
        let (domain, person) = actor()?;
        Ok(codes(&two_factor::confirm(&domain, &person, &code).await?))
    };
    answer(ConfirmTwoFactor::PATH, &SET_UP, Input::new(), result.await).await
}

/// Turns it off.
#[server(endpoint = "me/two-factor/off")]
pub async fn turn_off_two_factor() -> Result<Outcome, AppError> {
    let page = Path::Me("/security/two-factor/off");
    let result = async {
        let (domain, person) = actor()?;
        two_factor::turn_off(&domain, &person).await?;
        Ok(Outcome::done(Notice::TwoFactorOff, SECURITY.to_string()))
    };
    answer(TurnOffTwoFactor::PATH, &page, Input::new(), result.await).await
}

/// Replaces the recovery codes.
#[server(endpoint = "me/codes/new")]
pub async fn new_codes() -> Result<Outcome, AppError> {
    let page = Path::Me("/security/codes/new");
    let result = async {
        let (domain, person) = actor()?;
        Ok(codes(&two_factor::new_codes(&domain, &person).await?))
    };
    answer(NewCodes::PATH, &page, Input::new(), result.await).await
}

/// Adds the passkey that the browser made.
#[server(endpoint = "me/passkeys/add")]
pub async fn add_passkey(
    name: String,
    state: String,
    #[server(default)] credential: String,
) -> Result<Outcome, AppError> {
    let page = Path::Me("/security/passkeys/new");
    let result = async {
        let (domain, person) = actor()?;
        passkey::add(&domain, &person, &name, &state, &credential).await?;
        Ok(Outcome::done(Notice::PasskeyAdded, SECURITY.to_string()))
    };
    answer(AddPasskey::PATH, &page, fields(&[("name", &name)]), result.await).await
}

/// Gives a passkey another name.
#[server(endpoint = "me/passkeys/rename")]
pub async fn rename_passkey(passkey: String, name: String) -> Result<Outcome, AppError> {
    let page = Path::Passkey(passkey.clone(), "rename");
    let result = async {
        let (domain, person) = actor()?;
        let id: PasskeyId = passkey.parse().map_err(|_| Refusal::Malformed)?;
        domain::passkey::rename(&domain, &person, &id, &name).await?;
        Ok(Outcome::done(Notice::Saved, SECURITY.to_string()))
    };
    answer(RenamePasskey::PATH, &page, fields(&[("name", &name)]), result.await).await
}

/// Removes a passkey.
#[server(endpoint = "me/passkeys/remove")]
pub async fn remove_passkey(passkey: String) -> Result<Outcome, AppError> {
    let page = Path::Passkey(passkey.clone(), "remove");
    let result = async {
        let (domain, person) = actor()?;
        let id: PasskeyId = passkey.parse().map_err(|_| Refusal::Malformed)?;
        domain::passkey::remove(&domain, &person, &id).await?;
        Ok(Outcome::done(Notice::PasskeyRemoved, SECURITY.to_string()))
    };
    answer(RemovePasskey::PATH, &page, Input::new(), result.await).await
}
