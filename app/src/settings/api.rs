//! Server functions of the settings engine's page.
use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::{
    answer::{actor, answer},
    path::Path,
    upload::{Upload, read},
};
#[cfg(feature = "ssr")]
use domain::access::SectionEdit;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use leptos::server_fn::ServerFn;
use leptos::server_fn::codec::{MultipartData, MultipartFormData};
use model::Outcome;
#[cfg(feature = "ssr")]
use model::{
    Input, Notice, Refusal,
    settings::{Document, Field, Kind, clean, validate},
};

/// Saves a section: the form's fields, files, and the names of the store or organization, the
/// section and the version it was loaded with.
#[server(endpoint = "settings/save", input = MultipartFormData)]
pub async fn save(data: MultipartData) -> Result<Outcome, AppError> {
    let (page, input, result) = match read(data).await {
        Ok(upload) => {
            let page = upload.page();
            let (input, result) = save_upload(upload).await;
            (page, input, result)
        }
        Err(refusal) => (Path::Stores, Input::new(), Err(refusal.into())),
    };
    answer(Save::PATH, &page, input, result).await
}

/// The typed input as it should come back, and the result.
#[cfg(feature = "ssr")]
async fn save_upload(mut upload: Upload) -> (Input, domain::Result<Outcome>) {
    let result = async {
        let (domain, person) = actor()?;
        let (place, section) = upload.section().ok_or(domain::Error::NotFound)?;
        let version = upload.place("version").parse().map_err(|_| Refusal::Malformed)?;
        let access = domain::access::section_edit(&domain, &person, place.clone(), section).await?;
        upload_images(&domain, &access, &mut upload).await?;
        if let Some(field) = section.field(upload.place("reset")) {
            reset(&mut upload.input, field);
        }
        if !upload.place("reset").is_empty() {
            // Nothing is wrong and nothing is saved: the form comes back as it was typed.
            return Err(domain::Error::Invalid(Vec::new()));
        }
        let taken = upload.taken();
        let saved = domain::settings::save_asking(&domain, &access, version, &upload.input, &taken);
        if let Err(error) = saved.await {
            return super::confirm::ask(&domain, &access, version, &upload.input, taken, error)
                .await;
        }
        Ok(Outcome::done(Notice::Saved, Path::section(&place, section).to_string()))
    };
    let result = result.await;
    forget_secrets(&mut upload);
    (upload.input, result)
}

/// Gives a field its default in what was typed.
#[cfg(feature = "ssr")]
fn reset(input: &mut Input, field: &Field) {
    let default = field.default_value().as_input().into_owned();
    match field.kind {
        Kind::Toggle if default.is_empty() => drop(input.remove(field.key)),
        Kind::Rows(_) => {
            let cells = format!("{}.", field.key);
            let own = input.iter_mut().filter(|(name, _)| name.starts_with(&cells));
            own.for_each(|(_, cell)| cell.clear());
        }
        _ => drop(input.insert(field.key.to_owned(), default)),
    }
}

/// What was typed comes back, but for secrets.
#[cfg(feature = "ssr")]
fn forget_secrets(upload: &mut Upload) {
    let Some((_, section)) = upload.section() else { return };
    for field in section.fields().filter(|field| field.is_secret()) {
        upload.input.remove(field.key);
    }
}

/// Stores the form's images. If one is wrong, all faults of the form are told at once.
#[cfg(feature = "ssr")]
async fn upload_images(
    domain: &domain::Domain,
    access: &SectionEdit,
    upload: &mut Upload,
) -> domain::Result<()> {
    let section = access.section();
    let mut faults = Vec::new();
    for field in section.fields().filter(|field| field.is_image()) {
        match upload.image(domain, access, field.key).await {
            Err(domain::Error::Invalid(errors)) => faults.extend(errors),
            other => other?,
        }
    }
    if faults.is_empty() {
        return Ok(());
    }
    let typed = clean(section, &upload.input, &Document::new());
    faults.extend(validate(section, &typed, |_, _| true));
    Err(domain::Error::Invalid(faults))
}
