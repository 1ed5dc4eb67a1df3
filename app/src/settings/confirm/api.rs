//! The server function of a save that affects others.
use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::{
    answer::{actor, answer},
    path::Path,
    session::api::fields,
};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use leptos::server_fn::ServerFn;
use model::Outcome;
#[cfg(feature = "ssr")]
use model::{
    Notice,
    settings::{Place, Section},
};

/// Saves what was typed before and whom it affects was looked at; `name` is typed to confirm it.
#[server(endpoint = "settings/confirm")]
pub async fn confirm_save(
    #[server(default)] store: String,
    #[server(default)] organization: String,
    group: String,
    section: String,
    draft: String,
    #[server(default)] name: String,
) -> Result<Outcome, AppError> {
    let place = match (store.parse(), organization.parse()) {
        (Ok(store), _) => Some(Place::Store(store)),
        (_, Ok(organization)) => Some(Place::Organization(organization)),
        _ => None,
    };
    let found = place.zip(Section::find(&group, &section));
    let from = found.as_ref().map_or(Path::Stores, |(place, section)| {
        Path::of_section(place, section, &format!("confirm/{draft}"))
    });
    let result = async {
        let (domain, person) = actor()?;
        let (place, section) = found.ok_or(domain::Error::NotFound)?;
        let access = domain::access::section_edit(&domain, &person, place.clone(), section).await?;
        let spot = (place.id(), section.key);
        let kept = super::draft::find(&domain, access.person(), spot, &draft).await?;
        let danger = domain::settings::danger(&domain, &access, &kept.input).await?;
        domain::impact::confirm(&danger.name, &name)?;
        let (version, input) = (kept.version, &kept.input);
        domain::settings::save(&domain, &access, version, input, &kept.taken).await?;
        Ok(Outcome::done(Notice::Saved, Path::section(&place, section).to_string()))
    };
    answer(ConfirmSave::PATH, &from, fields(&[("name", &name)]), result.await).await
}
