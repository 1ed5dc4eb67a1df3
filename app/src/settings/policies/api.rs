//! Server functions of an organization's locks.
use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::{
    answer::{actor, answer},
    path::Path,
    session::api::fields,
    upload::{Upload, read},
};
#[cfg(feature = "ssr")]
use domain::{
    Domain, Error,
    access::{ManageStoreSettings, OrganizationAccess},
    flash, impact,
    settings::policy::{self, Draft, Existing, RuleForm},
};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use leptos::server_fn::ServerFn;
use leptos::server_fn::codec::{MultipartData, MultipartFormData};
#[cfg(feature = "ssr")]
use model::{Input, Notice};
use model::{OrganizationId, Outcome, PolicyId};

/// What a prepared lock is kept as.
#[cfg(feature = "ssr")]
pub(super) const KIND: &str = "policy";

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
pub(super) fn at(organization: &OrganizationId, rest: &str) -> Path {
    Path::WithinOrganization(organization.clone(), format!("settings/policies{rest}"))
}

/// Checks a lock that is to be set, and shows what it would mean.
#[server(endpoint = "policies/check", input = MultipartFormData)]
pub async fn check_lock(data: MultipartData) -> Result<Outcome, AppError> {
    let (page, input, result) = match read(data).await {
        Ok(upload) => check_upload(upload).await,
        Err(refusal) => (Path::Organizations, Input::new(), Err(refusal.into())),
    };
    answer(CheckLock::PATH, &page, input, result).await
}

/// Where the form stands, what was typed, and the result.
#[cfg(feature = "ssr")]
async fn check_upload(upload: Upload) -> (Path, Input, domain::Result<Outcome>) {
    let Ok(organization) = upload.place("organization").parse::<OrganizationId>() else {
        return (Path::Organizations, Input::new(), Err(Error::NotFound));
    };
    let (section, field) = (upload.place("section").to_owned(), upload.place("field").to_owned());
    let page = at(&organization, &format!("/new/{section}/{field}"));
    let ticked = upload.list("lock.one_of").to_vec();
    let result = async {
        let (domain, access) = manage(&organization).await?;
        let mut all = policy::lockable();
        let (section, field) =
            all.find(|(s, f)| s.key == section && f.key == field).ok_or(Error::NotFound)?;
        let version = upload.place("version").parse().unwrap_or_default();
        let form = RuleForm { input: &upload.input, ticked: &ticked, version };
        let draft = policy::draft(section, field, &form)?;
        let token = flash::prepare(&domain, access.person(), KIND, &draft).await?;
        let location = at(&organization, &format!("/check/{token}")).to_string();
        Ok(Outcome::Done { notice: None, location, reload: false })
    };
    let result = result.await;
    let mut input = upload.input;
    if !ticked.is_empty() {
        input.insert("lock.one_of".to_owned(), ticked.join(","));
    }
    (page, input, result)
}

/// Sets a lock that was checked. `existing` tells what becomes of values that it does not allow.
#[server(endpoint = "policies/set")]
pub async fn set_lock(
    organization: OrganizationId,
    draft: String,
    #[server(default)] existing: String,
    #[server(default)] instead: String,
    #[server(default)] name: String,
) -> Result<Outcome, AppError> {
    let from = at(&organization, &format!("/check/{draft}"));
    let input = fields(&[("existing", &existing), ("instead", &instead), ("name", &name)]);
    let result = async {
        let (domain, access) = manage(&organization).await?;
        let person = access.person();
        let lock: Draft = flash::prepared(&domain, person, KIND, &draft).await?;
        let (_, field) = lock.place()?;
        let existing = if existing == "change" {
            impact::confirm(access.name(), &name)?;
            Existing::Change((!instead.is_empty()).then(|| field.parse(&instead)))
        } else {
            Existing::Stay
        };
        let batch = policy::set(&domain, &access, &draft, &lock, existing).await?;
        let location = match batch {
            Some(batch) => super::super::bulk::api::at(&organization, &format!("/{batch}")),
            None => at(&organization, ""),
        };
        Ok(Outcome::done(Notice::Saved, location.to_string()))
    };
    answer(SetLock::PATH, &from, input, result.await).await
}

/// Takes a lock away.
#[server(endpoint = "policies/remove")]
pub async fn remove_lock(
    organization: OrganizationId,
    policy: PolicyId,
) -> Result<Outcome, AppError> {
    let from = at(&organization, &format!("/{policy}/remove"));
    let result = async {
        let (domain, access) = manage(&organization).await?;
        policy::remove(&domain, &access, &policy).await?;
        Ok(Outcome::done(Notice::Saved, at(&organization, "").to_string()))
    };
    answer(RemoveLock::PATH, &from, Input::new(), result.await).await
}
