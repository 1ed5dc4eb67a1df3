//! Server functions of the settings engine's page.
use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::{
    answer::{actor, answer, load_in_store},
    path::Path,
    upload::{Upload, read},
};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use leptos::server_fn::ServerFn;
use leptos::server_fn::codec::{GetUrl, MultipartData, MultipartFormData};
#[cfg(feature = "ssr")]
use model::{
    FieldError, Input, Notice, Refusal,
    settings::{Kind, Section},
};
use model::{Outcome, StoreId, view::SectionView};

/// The values of a section, with the choices of its fields.
#[server(endpoint = "settings/view", input = GetUrl)]
pub async fn load_section(store: StoreId, group: String, key: String) -> Result<SectionView, AppError> {
    let result = async {
        let (domain, person) = actor()?;
        let section = Section::find(&group, &key).ok_or(domain::Error::NotFound)?;
        let access = domain::access::section_view(&domain, &person, &store, section).await?;
        domain::settings::view(&domain, &access).await
    };
    load_in_store(&store, result.await).await
}

/// Saves a section: the form's fields, files, and the names of the store, the section and the
/// version it was loaded with.
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
        let store: StoreId = upload.place("store").parse().map_err(|_| domain::Error::NotFound)?;
        let section = Section::find(upload.place("group"), upload.place("section")).ok_or(domain::Error::NotFound)?;
        let version = upload.place("version").parse().map_err(|_| Refusal::Malformed)?;
        let access = domain::access::section_edit(&domain, &person, &store, section).await?;
        let mut faults = Vec::new();
        for field in section.fields().filter(|field| field.kind == Kind::Image) {
            match upload.image(&domain, &access, field.key).await? {
                Ok(()) => {}
                Err(fault) => faults.push(FieldError::new(field.key, fault)),
            }
        }
        let taken = upload.taken();
        domain::settings::save(&domain, &access, version, &upload.input, &taken, faults).await?;
        Ok(Outcome::done(Notice::Saved, Path::Section(store, section.group.key(), section.key).to_string()))
    };
    let result = result.await;
    (upload.input, result)
}
