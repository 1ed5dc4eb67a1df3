//! Server functions of settings that are applied to many stores.
use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::{
    answer::{actor, answer},
    path::{Path, encode},
    session::api::fields as typed,
};
#[cfg(feature = "ssr")]
use domain::{
    Domain, Error,
    access::{ManageStoreSettings, OrganizationAccess},
    flash,
    settings::bulk::{self, Draft},
};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use leptos::server_fn::ServerFn;
use model::{BatchId, OrganizationId, Outcome, StoreId};
#[cfg(feature = "ssr")]
use model::{FieldError, Input, check::Fault};

/// What is prepared is kept as.
#[cfg(feature = "ssr")]
pub(super) const KIND: &str = "bulk";

#[cfg(feature = "ssr")]
async fn manage(
    organization: &OrganizationId,
) -> domain::Result<(Domain, OrganizationAccess<ManageStoreSettings>)> {
    let (domain, person) = actor()?;
    let access = domain::access::organization(&domain, &person, organization).await?;
    Ok((domain, access))
}

/// A page of this room.
#[cfg(feature = "ssr")]
pub(in crate::settings) fn at(organization: &OrganizationId, rest: &str) -> Path {
    Path::WithinOrganization(organization.clone(), format!("settings/bulk{rest}"))
}

#[cfg(feature = "ssr")]
fn leads(path: &Path) -> Outcome {
    Outcome::Done { notice: None, location: path.to_string(), reload: false }
}

/// Chooses settings of a store.
#[server(endpoint = "bulk/choose")]
pub async fn choose_settings(
    organization: OrganizationId,
    source: StoreId,
    #[server(default)] fields: Vec<String>,
) -> Result<Outcome, AppError> {
    let from = at(&organization, &format!("/new?source={source}"));
    let result = async {
        let (domain, access) = manage(&organization).await?;
        let task = bulk::choose(&domain, &access, &source, &fields).await?;
        let draft = Draft { task, stores: Vec::new() };
        let token = flash::prepare(&domain, access.person(), KIND, &draft).await?;
        Ok(leads(&at(&organization, &format!("/stores/{token}"))))
    };
    answer(ChooseSettings::PATH, &from, Input::new(), result.await).await
}

/// Chooses the stores that get what was chosen: all others, those whose names hold `found`, or
/// the ticked ones.
#[server(endpoint = "bulk/stores")]
pub async fn choose_stores(
    organization: OrganizationId,
    draft: String,
    #[server(default)] which: String,
    #[server(default)] found: String,
    #[server(default)] stores: Vec<StoreId>,
) -> Result<Outcome, AppError> {
    let query = if found.is_empty() { String::new() } else { format!("?q={}", encode(&found)) };
    let from = at(&organization, &format!("/stores/{draft}{query}"));
    let input = typed(&[("which", &which)]);
    let result = async {
        let (domain, access) = manage(&organization).await?;
        let person = access.person();
        let before: Draft = flash::prepared(&domain, person, KIND, &draft).await?;
        let search = if which == "found" { found.as_str() } else { "" };
        let all = bulk::targets(&domain, &access, search).await?.into_iter();
        let ticked = |id: &StoreId| which != "ticked" || stores.contains(id);
        let chosen = all.map(|target| target.id);
        let chosen = chosen.filter(|id| ticked(id) && !before.task.comes_from(id));
        let next = Draft { stores: chosen.collect(), ..before };
        if next.stores.is_empty() {
            let none = FieldError::new("which", Fault::Required);
            return Err(Error::Invalid(vec![none]));
        }
        let token = flash::prepare(&domain, person, KIND, &next).await?;
        Ok(leads(&at(&organization, &format!("/check/{token}"))))
    };
    answer(ChooseStores::PATH, &from, input, result.await).await
}

/// Starts what was prepared and looked at.
#[server(endpoint = "bulk/start")]
pub async fn start_batch(
    organization: OrganizationId,
    draft: String,
    #[server(default)] name: String,
) -> Result<Outcome, AppError> {
    let from = at(&organization, &format!("/check/{draft}"));
    let result = async {
        let (domain, access) = manage(&organization).await?;
        let prepared = flash::prepared(&domain, access.person(), KIND, &draft).await?;
        let batch = bulk::start(&domain, &access, &draft, &prepared, &name).await?;
        Ok(leads(&at(&organization, &format!("/{batch}"))))
    };
    answer(StartBatch::PATH, &from, typed(&[("name", &name)]), result.await).await
}

/// Takes back what a batch has done.
#[server(endpoint = "bulk/undo")]
pub async fn undo_batch(
    organization: OrganizationId,
    batch: BatchId,
    #[server(default)] name: String,
) -> Result<Outcome, AppError> {
    let from = at(&organization, &format!("/{batch}/undo"));
    let result = async {
        let (domain, access) = manage(&organization).await?;
        let back = bulk::undo(&domain, &access, &batch, &name).await?;
        Ok(leads(&at(&organization, &format!("/{back}"))))
    };
    answer(UndoBatch::PATH, &from, typed(&[("name", &name)]), result.await).await
}
