//! The cookie of a sign-in that waits for its second factor.
use crate::answer::{context, set_cookie};
use axum::http::{header, request::Parts};
use domain::{Error, Result, crypto::Token, session::step};
use leptos::prelude::use_context;
use model::Refusal;

/// As the session's: on https no other host can set it.
const fn name(secure: bool) -> &'static str {
    if secure { "__Host-step" } else { "step" }
}

/// Gives the browser the token of a step.
pub fn begin_step(token: &Token) -> Result<()> {
    let request = context().map_err(|_| Error::SignedOut)?;
    set_cookie(&request, name(request.secure), token.expose(), step::STEP / 1_000);
    Ok(())
}

/// Takes it back.
pub fn end_step() {
    if let Ok(request) = context() {
        set_cookie(&request, name(request.secure), "", 0);
    }
}

/// The token of this browser's step.
///
/// # Errors
/// [`Refusal::StepExpired`] where there is none.
pub fn step_token() -> Result<String> {
    let parts = use_context::<Parts>().ok_or(Refusal::StepExpired)?;
    let secure = context().is_ok_and(|request| request.secure);
    let lines = parts.headers.get_all(header::COOKIE).into_iter();
    let found = lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name(secure)).then(|| value.to_owned()));
    Ok(found.ok_or(Refusal::StepExpired)?)
}
