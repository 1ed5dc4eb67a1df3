//! Server functions of member management.
use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::{
    answer::{actor, answer},
    path::Path,
    session::api::fields,
};
#[cfg(feature = "ssr")]
use domain::access::{ManageMembers, StoreAccess};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use leptos::server_fn::ServerFn;
#[cfg(feature = "ssr")]
use model::{Input, Notice};
use model::{Outcome, StoreId};

#[cfg(feature = "ssr")]
async fn manage(store: &StoreId) -> domain::Result<(domain::Domain, StoreAccess<ManageMembers>)> {
    let (domain, person) = actor()?;
    let access = domain::access::store(&domain, &person, store).await?;
    Ok((domain, access))
}

/// Invites a person by mail (C-21 to C-24).
#[server(endpoint = "members/invite")]
pub async fn invite(store: StoreId, email: String, role: String) -> Result<Outcome, AppError> {
    let page = Path::AddMember(store.clone());
    let input = fields(&[("email", &email), ("role", &role)]);
    let result = async {
        let (domain, access) = manage(&store).await?;
        domain::members::invite(&domain, &access, &email, &role).await?;
        Ok(Outcome::done(Notice::Invited, Path::Members(store).to_string()))
    };
    answer(Invite::PATH, &page, input, result.await).await
}

/// Changes the store role of a member or of a pending invitation (C-18).
#[server(endpoint = "members/role")]
pub async fn change_role(
    store: StoreId,
    member: String,
    role: String,
) -> Result<Outcome, AppError> {
    let page = Path::Members(store.clone());
    let back = crate::answer::back_to(&page);
    let result = async {
        let (domain, access) = manage(&store).await?;
        domain::members::change_role(&domain, &access, &member, &role).await?;
        // Who gave up the own role goes where it still leads to.
        Ok(match manage(&store).await {
            Ok(_) => Outcome::done(Notice::RoleChanged, back),
            Err(_) => Outcome::Done {
                notice: Some(Notice::RoleChanged),
                location: Path::Store(store).to_string(),
                reload: true,
            },
        })
    };
    answer(ChangeRole::PATH, &page, Input::new(), result.await).await
}

/// Removes a member from the store, or cancels a pending invitation.
#[server(endpoint = "members/remove")]
pub async fn remove(store: StoreId, member: String) -> Result<Outcome, AppError> {
    let page = Path::RemoveMember(store.clone(), member.clone());
    let result = async {
        let (domain, access) = manage(&store).await?;
        let notice = domain::members::remove(&domain, &access, &member).await?;
        // Who removed themselves may not see the list any more.
        let (location, reload) = match manage(&store).await {
            Ok(_) => (Path::Members(store).to_string(), false),
            Err(_) => (Path::Root.to_string(), true),
        };
        Ok(Outcome::Done { notice: Some(notice), location, reload })
    };
    answer(Remove::PATH, &page, Input::new(), result.await).await
}
