//! Server functions of the organization manager.
use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::{
    answer::{actor, answer, back_to},
    path::{Path, encode},
    session::api::fields,
    upload::{Upload, read},
};
#[cfg(feature = "ssr")]
use domain::{
    Domain,
    access::{OrganizationAccess, OrganizationNeed},
    organization,
};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use leptos::server_fn::ServerFn;
use leptos::server_fn::codec::{MultipartData, MultipartFormData};
#[cfg(feature = "ssr")]
use model::{Input, Notice};
use model::{InvitationId, OrganizationId, Outcome, PersonId, StoreId};

/// What came of inviting many, as it waits for the page that shows it.
#[cfg(feature = "ssr")]
#[derive(serde::Serialize, serde::Deserialize)]
pub(super) struct Report {
    pub(super) organization: OrganizationId,
    pub(super) lines: Vec<organization::Line>,
}

#[cfg(feature = "ssr")]
async fn enter<P: OrganizationNeed>(
    id: &OrganizationId,
) -> domain::Result<(Domain, OrganizationAccess<P>)> {
    let (domain, person) = actor()?;
    let access = domain::access::organization(&domain, &person, id).await?;
    Ok((domain, access))
}

#[cfg(feature = "ssr")]
fn page(organization: &OrganizationId, rest: impl Into<String>) -> Path {
    Path::WithinOrganization(organization.clone(), rest.into())
}

#[cfg(feature = "ssr")]
fn saved(path: &Path) -> Outcome {
    Outcome::done(Notice::Saved, path.to_string())
}

/// The last moment (UTC) of a day as forms have it; `None` for no day.
#[cfg(feature = "ssr")]
fn end_of(day: &str) -> domain::Result<Option<i64>> {
    if day.trim().is_empty() {
        return Ok(None);
    }
    let fault = || {
        let wrong = model::FieldError::new("ends", model::check::Fault::Choice);
        domain::Error::Invalid(vec![wrong])
    };
    let (_, end) = domain::format::day("UTC", day).ok_or_else(fault)?;
    Ok(Some(end))
}

/// The day (UTC) of a moment as forms have it.
#[cfg(feature = "ssr")]
pub(super) fn day(moment: i64) -> String {
    domain::format::iso_day(moment)
}

/// Gives a member another role in the organization (C-26).
#[server(endpoint = "organization/member/role")]
pub async fn change_organization_role(
    organization: OrganizationId,
    person: PersonId,
    role: String,
) -> Result<Outcome, AppError> {
    let page = page(&organization, "members");
    let result = async {
        let (domain, access) = enter(&organization).await?;
        organization::change_role(&domain, &access, &person, &role).await?;
        Ok(Outcome::done(Notice::OrganizationRoleChanged, back_to(&page)))
    };
    answer(ChangeOrganizationRole::PATH, &page, Input::new(), result.await).await
}

/// Gives a member a role in a store, or takes them out of it.
#[server(endpoint = "organization/member/store")]
pub async fn set_member_store(
    organization: OrganizationId,
    person: PersonId,
    store: StoreId,
    #[server(default)] role: String,
) -> Result<Outcome, AppError> {
    let page = page(&organization, format!("members/{person}"));
    let result = async {
        let (domain, access) = enter(&organization).await?;
        organization::set_store_role(&domain, &access, &person, &store, &role).await?;
        Ok(Outcome::done(Notice::RoleChanged, page.to_string()))
    };
    answer(SetMemberStore::PATH, &page, Input::new(), result.await).await
}

/// Keeps a member out until further notice, or lets them in again.
#[server(endpoint = "organization/member/suspend")]
pub async fn suspend_member(
    organization: OrganizationId,
    person: PersonId,
    #[server(default)] suspended: String,
) -> Result<Outcome, AppError> {
    let page = page(&organization, format!("members/{person}"));
    let result = async {
        let (domain, access) = enter(&organization).await?;
        if suspended.is_empty() {
            organization::resume(&domain, &access, &person).await?;
        } else {
            organization::suspend(&domain, &access, &person).await?;
        }
        Ok(saved(&page))
    };
    answer(SuspendMember::PATH, &page, Input::new(), result.await).await
}

/// Says when a membership ends by itself.
#[server(endpoint = "organization/member/end")]
pub async fn set_member_end(
    organization: OrganizationId,
    person: PersonId,
    #[server(default)] ends: String,
) -> Result<Outcome, AppError> {
    let page = page(&organization, format!("members/{person}"));
    let result = async {
        let (domain, access) = enter(&organization).await?;
        organization::set_end(&domain, &access, &person, end_of(&ends)?).await?;
        Ok(saved(&page))
    };
    answer(SetMemberEnd::PATH, &page, fields(&[("ends", &ends)]), result.await).await
}

/// Takes a member out of the organization and all its stores.
#[server(endpoint = "organization/member/remove")]
pub async fn remove_member(
    organization: OrganizationId,
    person: PersonId,
) -> Result<Outcome, AppError> {
    let from = page(&organization, format!("members/{person}/remove"));
    let result = async {
        let (domain, access) = enter(&organization).await?;
        organization::remove(&domain, &access, &person).await?;
        let members = page(&organization, "members").to_string();
        Ok(Outcome::done(Notice::MemberRemoved, members))
    };
    answer(RemoveMember::PATH, &from, Input::new(), result.await).await
}

/// Leaves the organization and all its stores.
#[server(endpoint = "organization/leave")]
pub async fn leave_organization(organization: OrganizationId) -> Result<Outcome, AppError> {
    let page = page(&organization, "members/leave");
    let result = async {
        let (domain, access) = enter(&organization).await?;
        organization::leave(&domain, &access).await?;
        let location = Path::Organizations.to_string();
        Ok(Outcome::Done { notice: Some(Notice::Saved), location, reload: true })
    };
    answer(LeaveOrganization::PATH, &page, Input::new(), result.await).await
}

/// Makes another member the Owner.
#[server(endpoint = "organization/transfer")]
pub async fn transfer_ownership(
    organization: OrganizationId,
    person: PersonId,
    name: String,
) -> Result<Outcome, AppError> {
    let from = page(&organization, format!("members/{person}/transfer"));
    let result = async {
        let (domain, access) = enter(&organization).await?;
        organization::transfer(&domain, &access, &person, &name).await?;
        let location = page(&organization, "members").to_string();
        Ok(Outcome::Done { notice: Some(Notice::Saved), location, reload: true })
    };
    answer(TransferOwnership::PATH, &from, fields(&[("name", &name)]), result.await).await
}

/// Invites everybody in a list of addresses, typed or in a file, to the organization and some of
/// its stores.
#[server(endpoint = "organization/invite", input = MultipartFormData)]
pub async fn invite_members(data: MultipartData) -> Result<Outcome, AppError> {
    let (from, input, result) = match read(data).await {
        Ok(upload) => invite_upload(upload).await,
        Err(refusal) => (Path::Organizations, Input::new(), Err(refusal.into())),
    };
    answer(InviteMembers::PATH, &from, input, result).await
}

/// Where the form stands, what was typed as it should come back, and the result.
#[cfg(feature = "ssr")]
async fn invite_upload(mut upload: Upload) -> (Path, Input, domain::Result<Outcome>) {
    let Ok(organization) = upload.value("organization").parse::<OrganizationId>() else {
        return (Path::Organizations, Input::new(), Err(domain::Error::NotFound));
    };
    let listed = add_file(&mut upload);
    let result = async {
        let (domain, access) = enter(&organization).await?;
        listed?;
        let form = organization::Inviting {
            role: upload.value("role").to_owned(),
            all_stores: !upload.value("all_stores").is_empty(),
            stores: upload.list("stores").to_vec(),
            store_role: upload.value("store_role").to_owned(),
            ends_at: end_of(upload.value("ends"))?,
        };
        let lines = organization::invite(&domain, &access, upload.value("emails"), &form).await?;
        let report = Report { organization: organization.clone(), lines };
        let report = serde_json::to_string(&report).unwrap_or_default();
        let token = domain::flash::put(&domain, &report).await?;
        let place = page(&organization, format!("members/invited/{}", encode(token.expose())));
        Ok(Outcome::Done { notice: None, location: place.to_string(), reload: false })
    };
    let result = result.await;
    let stores = upload.list("stores").join(",");
    let mut input = upload.input;
    input.insert("stores".to_owned(), stores);
    (page(&organization, "members/invite"), input, result)
}

/// Puts what the file holds below what was typed: a browser cannot be given a file again.
#[cfg(feature = "ssr")]
fn add_file(upload: &mut Upload) -> domain::Result<()> {
    let Some(file) = upload.file("list")? else { return Ok(()) };
    let wrong = |fault| domain::Error::Invalid(vec![model::FieldError::new("list", fault)]);
    let listed = organization::from_file(&file).map_err(wrong)?;
    let typed = format!("{}\n{listed}", upload.value("emails"));
    upload.input.insert("emails".to_owned(), typed.trim().to_owned());
    Ok(())
}

/// Sends the mail of an invitation again.
#[server(endpoint = "organization/invitation/resend")]
pub async fn resend_invitation(
    organization: OrganizationId,
    invitation: InvitationId,
) -> Result<Outcome, AppError> {
    let page = page(&organization, "members");
    let result = async {
        let (domain, access) = enter(&organization).await?;
        organization::resend(&domain, &access, &invitation).await?;
        Ok(Outcome::done(Notice::Invited, back_to(&page)))
    };
    answer(ResendInvitation::PATH, &page, Input::new(), result.await).await
}

/// Cancels an invitation.
#[server(endpoint = "organization/invitation/cancel")]
pub async fn cancel_invitation(
    organization: OrganizationId,
    invitation: InvitationId,
) -> Result<Outcome, AppError> {
    let page = page(&organization, "members");
    let result = async {
        let (domain, access) = enter(&organization).await?;
        organization::cancel(&domain, &access, &invitation).await?;
        Ok(Outcome::done(Notice::InvitationCancelled, back_to(&page)))
    };
    answer(CancelInvitation::PATH, &page, Input::new(), result.await).await
}

/// Registers a store.
#[server(endpoint = "organization/store/register")]
pub async fn register_store(
    organization: OrganizationId,
    name: String,
    #[server(default)] url: String,
) -> Result<Outcome, AppError> {
    let page = page(&organization, "stores/new");
    let input = fields(&[("name", &name), ("url", &url)]);
    let result = async {
        let (domain, access) = enter(&organization).await?;
        let form = organization::NewStoreForm { name, url };
        let store = organization::add_store(&domain, &access, &form).await?;
        let location = Path::Settings(store).to_string();
        Ok(Outcome::Done { notice: Some(Notice::Saved), location, reload: true })
    };
    answer(RegisterStore::PATH, &page, input, result.await).await
}

/// Archives a store, or opens it again.
#[server(endpoint = "organization/store/archive")]
pub async fn archive_store(
    organization: OrganizationId,
    store: StoreId,
    #[server(default)] archived: String,
) -> Result<Outcome, AppError> {
    let page = page(&organization, "stores");
    let result = async {
        let (domain, access) = enter(&organization).await?;
        if archived.is_empty() {
            organization::restore(&domain, &access, &store).await?;
        } else {
            organization::archive(&domain, &access, &store).await?;
        }
        let location = page.to_string();
        Ok(Outcome::Done { notice: Some(Notice::Saved), location, reload: true })
    };
    answer(ArchiveStore::PATH, &page, Input::new(), result.await).await
}

/// Makes or changes a custom role. A change of one that somebody has is shown before it is saved.
#[server(endpoint = "organization/role/save")]
pub async fn save_role(
    organization: OrganizationId,
    #[server(default)] role: String,
    #[server(default)] version: i64,
    name: String,
    #[server(default)] permissions: Vec<String>,
    #[server(default)] confirmed: String,
) -> Result<Outcome, AppError> {
    let known = role.parse::<model::RoleId>().ok();
    let from = match &known {
        Some(id) => page(&organization, format!("roles/{id}")),
        None => page(&organization, "roles/new"),
    };
    // The page before the change sends them as one value.
    let permissions: Vec<String> =
        permissions.iter().flat_map(|codes| codes.split(',')).map(str::to_owned).collect();
    let input = fields(&[("name", &name), ("permissions", &permissions.join(","))]);
    let result = async {
        let (domain, access) = enter(&organization).await?;
        let form = organization::RoleForm { name, permissions, version };
        if let (Some(id), true) = (&known, confirmed.is_empty()) {
            let change = organization::affected(&domain, &access, id, form.wanted()).await?;
            let changes = !change.gained.is_empty() || !change.lost.is_empty();
            if changes && change.people.count > 0 {
                let query = format!(
                    "?name={}&permissions={}&version={version}",
                    encode(&form.name),
                    encode(&form.permissions.join(",")),
                );
                let location =
                    format!("{}{query}", page(&organization, format!("roles/{id}/check")));
                return Ok(Outcome::Done { notice: None, location, reload: false });
            }
        }
        organization::put_role(&domain, &access, known.as_ref(), &form).await?;
        Ok(saved(&page(&organization, "roles")))
    };
    answer(SaveRole::PATH, &from, input, result.await).await
}

/// Deletes a custom role; who has it gets another one.
#[server(endpoint = "organization/role/delete")]
pub async fn drop_role(
    organization: OrganizationId,
    role: model::RoleId,
    #[server(default)] replacement: String,
) -> Result<Outcome, AppError> {
    let from = page(&organization, format!("roles/{role}/delete"));
    let input = fields(&[("replacement", &replacement)]);
    let result = async {
        let (domain, access) = enter(&organization).await?;
        organization::drop_role(&domain, &access, &role, &replacement).await?;
        Ok(saved(&page(&organization, "roles")))
    };
    answer(DropRole::PATH, &from, input, result.await).await
}
