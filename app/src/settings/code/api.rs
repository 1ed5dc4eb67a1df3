//! Server functions of settings as a file.
#[cfg(feature = "ssr")]
use super::report::{Report, place, who};
use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::{
    answer::{actor, answer},
    path::Path,
    upload::{Upload, read},
};
#[cfg(feature = "ssr")]
use domain::settings::code::{Answer, Found, Reference, apply, preview};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use leptos::server_fn::ServerFn;
use leptos::server_fn::codec::{MultipartData, MultipartFormData};
use model::Outcome;
#[cfg(feature = "ssr")]
use model::{
    FieldError, Input, Notice, Refusal,
    check::Fault,
    settings::Place,
    text::{Key, Texts},
};

/// On the web no reference is followed.
#[cfg(feature = "ssr")]
fn never(_: &Reference) -> Found {
    Found::NotFollowed
}

#[cfg(feature = "ssr")]
fn page(place: &Place, rest: &str) -> Path {
    Path::InSettings(place.clone(), format!("code{rest}"))
}

#[cfg(feature = "ssr")]
fn next(location: &Path) -> Outcome {
    Outcome::Done { notice: None, location: location.to_string(), reload: false }
}

/// Shows what a file would change, or what is wrong with it.
#[server(endpoint = "settings/code/check", input = MultipartFormData)]
pub async fn check_file(data: MultipartData) -> Result<Outcome, AppError> {
    let (page, result) = match read(data).await {
        Ok(mut upload) => {
            let page = place(upload.value("place")).map(|place| page(&place, ""));
            (page.unwrap_or(Path::Stores), check_upload(&mut upload).await)
        }
        Err(refusal) => (Path::Stores, Err(refusal.into())),
    };
    answer(CheckFile::PATH, &page, Input::new(), result).await
}

#[cfg(feature = "ssr")]
async fn check_upload(upload: &mut Upload) -> domain::Result<Outcome> {
    let (domain, person) = actor()?;
    let place = place(upload.value("place"))?;
    let t = Texts::of(person.person.language);
    let wrong = |fault| domain::Error::Invalid(vec![FieldError::new("file", fault)]);
    let bytes = upload.file("file");
    // Who may not know of the place learns nothing of the file's faults either.
    domain::settings::code::editable(&domain, &who(&person), &place).await?;
    let bytes = bytes?.ok_or_else(|| wrong(Fault::Required))?;
    let report = match String::from_utf8(bytes) {
        Ok(text) => {
            let answer = preview(&domain, &who(&person), &place, &text, &never, t).await?;
            Report::of(text, answer)
        }
        Err(_) => {
            let text = t.get(Key::CodeNotText).to_owned();
            let faults = vec![domain::settings::code::Fault { line: 1, column: 1, text }];
            Report::Wrong(faults)
        }
    };
    let token = report.keep(&domain, &place, &person).await?;
    Ok(next(&page(&place, &format!("/{token}"))))
}

/// Applies a file that was previewed, unless somebody has saved since: then it is previewed anew.
#[server(endpoint = "settings/code/apply")]
pub async fn apply_file(place: String, preview: String) -> Result<Outcome, AppError> {
    let home = super::report::place(&place).map(|place| page(&place, "")).unwrap_or(Path::Stores);
    let result = apply_report(&place, &preview).await;
    answer(ApplyFile::PATH, &home, Input::new(), result).await
}

#[cfg(feature = "ssr")]
async fn apply_report(id: &str, token: &str) -> domain::Result<Outcome> {
    let (domain, person) = actor()?;
    let place = place(id)?;
    domain::settings::code::editable(&domain, &who(&person), &place).await?;
    let report = match Report::find(&domain, &place, &person, token).await {
        Err(domain::Error::NotFound) => return Err(Refusal::StepExpired.into()),
        report => report?,
    };
    let Report::Fine { text, difference, .. } = report else {
        return Err(Refusal::Malformed.into());
    };
    let t = Texts::of(person.person.language);
    let (who, base) = (who(&person), Some(difference.base.as_str()));
    match apply(&domain, &who, &place, &text, &never, base, t).await? {
        Answer::Fine(_) => Ok(Outcome::done(Notice::Saved, page(&place, "").to_string())),
        answer => {
            let token = Report::of(text, answer).keep(&domain, &place, &person).await?;
            Ok(next(&page(&place, &format!("/{token}"))))
        }
    }
}
