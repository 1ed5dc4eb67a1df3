//! How a server function answers: the same [`Outcome`] for a script (as JSON) and for a plain form
//! (kept as a flash for the page that the browser is sent to).
use crate::{
    context::{Request, request},
    error::{AppError, Stopped, WhomToAsk},
    flash::Flash,
    path::{Path, encode},
};
use axum::http::{HeaderValue, StatusCode, header, request::Parts};
use domain::{
    Domain,
    access::SignedIn,
    gate::{Barrier, Stop},
};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use model::{
    Input, Outcome, StoreId,
    text::{Key, Texts},
};
use std::sync::Arc;

/// The request, or the error that a server function without one gives.
pub fn context() -> Result<Arc<Request>, AppError> {
    request().ok_or_else(|| AppError::Internal("no context".into()))
}

/// The rules and who is signed in; every use case begins with it.
pub fn actor() -> domain::Result<(Domain, SignedIn)> {
    let request = request().ok_or_else(|| domain::Error::Corrupt("no request".into()))?;
    let signed_in = request.signed_in.clone().ok_or(domain::Error::SignedOut)?;
    Ok((request.domain.clone(), signed_in))
}

/// Gives the response the status of `error`, unless it is already on its way elsewhere.
pub fn set_status(error: &AppError) {
    let Some(response) = use_context::<ResponseOptions>() else { return };
    // A plain form is sent back to its page: that answer's status must stay a redirect.
    let posted = use_context::<Parts>().is_some_and(|p| p.method == axum::http::Method::POST);
    if posted && request().is_some_and(|r| r.plain) {
        return;
    }
    if let Ok(status) = StatusCode::from_u16(error.status()) {
        response.set_status(status);
    }
}

/// A fault of the rules or the data as the interface knows it; logs what people must not see.
pub fn app_error(error: domain::Error) -> AppError {
    use domain::Error as E;
    let request_id = || request().map(|r| r.origin.request_id.clone()).unwrap_or_default();
    match error {
        E::SignedOut => AppError::SignedOut,
        E::NotFound => AppError::NotFound,
        E::Forbidden(_) | E::ForbiddenInOrganization(_) => AppError::Forbidden(None),
        E::Stopped(stop) => AppError::Stopped(Box::new(stopped(*stop))),
        E::Refused(model::Refusal::Gone) => AppError::NotFound,
        E::Refused(model::Refusal::ConfirmIdentity) => AppError::Forbidden(None),
        E::Busy => AppError::Unavailable,
        E::Db(error) if error.trouble().is_some() => {
            tracing::error!(request_id = request_id(), %error, "a change could not be stored");
            AppError::NotStored
        }
        E::Db(error) => {
            tracing::error!(request_id = request_id(), %error, "the database failed");
            AppError::Unavailable
        }
        E::Invalid(_) | E::Refused(_) | E::Stale(_) => AppError::Malformed,
        other => {
            tracing::error!(request_id = request_id(), error = %other, "a use case failed");
            AppError::Internal(request_id())
        }
    }
}

/// Why a rule of an organization stops somebody, and what to do about it.
fn stopped(stop: Stop) -> Stopped {
    let t = Texts::of(request().map(|request| request.lang).unwrap_or_default());
    let whence = whence();
    let sign_on =
        || format!("/account/sso?organization={}&next={}", stop.organization, encode(&whence));
    let (text, next) = match stop.barrier {
        Barrier::SingleSignOn => (Key::StopSingleSignOn, sign_on()),
        Barrier::OtherDoor => (Key::StopOtherDoor, Path::SignInThen(whence.clone()).to_string()),
        Barrier::TwoFactor => {
            (Key::StopTwoFactor, format!("/me/security?demanded={}", stop.organization))
        }
        Barrier::Age | Barrier::Idle if stop.single_sign_on => (Key::StopConfirm, sign_on()),
        Barrier::Age | Barrier::Idle => {
            (Key::StopConfirm, Path::ConfirmThen(whence.clone()).to_string())
        }
        _ if stop.address.is_empty() => (Key::StopAddressUnknown, String::new()),
        _ => (Key::StopAddress, String::new()),
    };
    let values = [("organization", stop.name.as_str()), ("address", stop.address.as_str())];
    Stopped {
        title: t.get(Key::StopTitle).to_owned(),
        text: t.fill(text, &values),
        next: (!next.is_empty()).then(|| (next, t.get(Key::StopGo).to_owned())),
        ask: t.get(Key::StopAsk).to_owned(),
        people: stop.people,
    }
}

/// The page that somebody wants to see, or that their script or form is on.
fn whence() -> String {
    let parts = use_context::<Parts>();
    let opened = parts.as_ref().is_some_and(|parts| parts.method == axum::http::Method::GET);
    match request() {
        Some(request) if request.plain && opened => request.path.clone(),
        _ => back_to_referer().unwrap_or_else(|| "/".to_owned()),
    }
}

/// Sends the browser to `location` (a path of this site).
pub fn redirect(location: &str) {
    leptos_axum::redirect(location);
}

/// Lets a browser that waits for the page load it again by itself after a moment: something is
/// under way. A script asks again on its own.
pub fn ask_again() {
    let plain = request().is_some_and(|request| request.plain);
    if let Some(response) = use_context::<ResponseOptions>().filter(|_| plain) {
        response.insert_header(header::REFRESH, HeaderValue::from_static("2"));
    }
}

/// What a loader answers: errors set the status, and somebody who is not signed in is sent to the
/// sign-in page and from there back; so is who must confirm who they are, to the page for that.
pub fn load<T>(result: domain::Result<T>) -> Result<T, AppError> {
    let confirm = matches!(result, Err(domain::Error::Refused(model::Refusal::ConfirmIdentity)));
    let loaded = result.map_err(|error| refuse(app_error(error)));
    if confirm && let Some(request) = request().filter(|request| request.plain) {
        redirect(&Path::ConfirmThen(request.path.clone()).to_string());
    }
    loaded
}

/// Answers a page or a script with `error`.
pub fn refuse(error: AppError) -> AppError {
    set_status(&error);
    if error == AppError::SignedOut
        && let Some(request) = request()
        && request.plain
    {
        redirect(&Path::SignInThen(request.path.clone()).to_string());
    }
    if let AppError::Stopped(stopped) = &error
        && let Some((location, _)) = &stopped.next
        && request().is_some_and(|request| request.plain)
    {
        redirect(location);
    }
    error
}

/// Like [`load`] for what belongs to a store: a refusal says whom to ask (C-20).
pub async fn load_in_store<T>(store: &StoreId, result: domain::Result<T>) -> Result<T, AppError> {
    let Err(domain::Error::Forbidden(_)) = result else { return load(result) };
    let whom = whom_to_ask(store).await.ok();
    Err(refuse(AppError::Forbidden(whom)))
}

async fn whom_to_ask(store: &StoreId) -> domain::Result<WhomToAsk> {
    let (domain, person) = actor()?;
    let access =
        domain::access::store::<domain::access::ViewStore>(&domain, &person, store).await?;
    let home = domain::store_home::home(&domain, &access).await?;
    Ok(WhomToAsk {
        role: home.role,
        home: Path::Store(store.clone()).to_string(),
        administrators: home.administrators,
    })
}

/// The answer to a form on `page`: a script gets the outcome; a plain form is sent to the next
/// page, with a flash of what was wrong and of the `input` (which must hold no secrets).
pub async fn answer(
    form: &'static str,
    page: &Path,
    input: Input,
    result: domain::Result<Outcome>,
) -> Result<Outcome, AppError> {
    let request = context()?;
    let outcome = match result {
        Ok(outcome) => Ok(outcome),
        Err(domain::Error::Invalid(errors)) => Ok(Outcome::Invalid { errors }),
        // Answered by the page that asks for it, which leads back to the form.
        Err(domain::Error::Refused(model::Refusal::ConfirmIdentity)) => {
            let location = Path::ConfirmThen(back_to(page)).to_string();
            Ok(Outcome::Done { notice: None, location, reload: true })
        }
        Err(domain::Error::Refused(refusal)) => Ok(Outcome::Refused { refusal }),
        Err(domain::Error::Stale(conflict)) => Ok(Outcome::Stale { conflict }),
        Err(error) => Err(app_error(error)),
    };
    if request.plain {
        return send_on(&request, form, page, input, outcome).await;
    }
    match &outcome {
        // The script loads that page anew: only there can it be told.
        Ok(Outcome::Done { notice: Some(notice), reload: true, .. }) => {
            leave_flash(&request, &Flash::notice(*notice)).await;
        }
        Ok(_) => {}
        Err(error) => set_status(error),
    }
    outcome
}

/// As [`answer`], for a form whose page shows what it was made from: a script, too, is sent to that
/// page when it is refused, for what it shows is no longer so.
pub async fn answer_anew(
    form: &'static str,
    page: &Path,
    input: Input,
    result: domain::Result<Outcome>,
) -> Result<Outcome, AppError> {
    let request = context()?;
    match result {
        Err(domain::Error::Refused(refusal))
            if refusal != model::Refusal::ConfirmIdentity && !request.plain =>
        {
            leave_flash(&request, &Flash::outcome(form, Outcome::refused(refusal), input)).await;
            Ok(Outcome::Done { notice: None, location: back_to(page), reload: true })
        }
        result => answer(form, page, input, result).await,
    }
}

/// Keeps `flash` for the next page of this browser; whether that worked.
async fn leave_flash(request: &Request, flash: &Flash) -> bool {
    let Ok(body) = serde_json::to_string(flash) else { return false };
    let Ok(token) = domain::flash::put(&request.domain, &body).await else { return false };
    set_cookie(request, "flash", token.expose(), 600);
    true
}

async fn send_on(
    request: &Request,
    form: &'static str,
    page: &Path,
    input: Input,
    outcome: Result<Outcome, AppError>,
) -> Result<Outcome, AppError> {
    let done = matches!(outcome, Ok(Outcome::Done { .. }));
    let (location, flash) = match &outcome {
        Ok(Outcome::Done { notice, location, .. }) => (location.clone(), notice.map(Flash::notice)),
        Ok(other) => (back_to(page), Some(Flash::outcome(form, other.clone(), input))),
        Err(AppError::SignedOut) => (Path::SignInThen(page.to_string()).to_string(), None),
        Err(AppError::Stopped(stopped)) => {
            let next = stopped.next.as_ref().map(|(location, _)| location.clone());
            (next.unwrap_or_else(|| back_to(page)), None)
        }
        // Those pages say it themselves.
        Err(AppError::Forbidden(_) | AppError::NotFound) => (back_to(page), None),
        Err(error) => (back_to(page), Some(Flash::error(form, error.clone(), input))),
    };
    let left = match flash {
        Some(flash) => leave_flash(request, &flash).await,
        None => true,
    };
    if left || done {
        redirect(&location);
        return outcome;
    }
    // The next page could not tell that nothing was done: it is told at once.
    let error = outcome.err().unwrap_or(AppError::NotStored);
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(StatusCode::SERVICE_UNAVAILABLE);
    }
    Err(error)
}

/// The form's page with the query that it was shown with, so that a filtered list stays filtered.
pub fn back_to(page: &Path) -> String {
    let page = page.to_string();
    let referer = back_to_referer();
    let same = |r: &String| {
        r.split_once('?').is_some_and(|(path, query)| {
            path == page.split('?').next().unwrap_or_default() && !query.contains("__")
        })
    };
    referer.filter(same).unwrap_or(page)
}

/// The page that the request was made on.
fn back_to_referer() -> Option<String> {
    let parts = use_context::<Parts>()?;
    let referer = parts.headers.get(header::REFERER)?.to_str().ok()?;
    let path = referer.split_once("://")?.1.split_once('/')?.1;
    Some(format!("/{path}"))
}

/// Sets a cookie that scripts cannot read, for `seconds`; an empty value removes it.
pub fn set_cookie(request: &Request, name: &str, value: &str, seconds: i64) {
    let secure = if request.secure { "; Secure" } else { "" };
    let cookie =
        format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}");
    if let (Some(response), Ok(value)) =
        (use_context::<ResponseOptions>(), HeaderValue::from_str(&cookie))
    {
        response.append_header(header::SET_COOKIE, value);
    }
}

/// The name of the session cookie: on https one that no other host can set.
pub const fn session_cookie(secure: bool) -> &'static str {
    if secure { "__Host-session" } else { "session" }
}
