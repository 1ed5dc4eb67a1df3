use super::{
    load::{About, load},
    news,
    rules::{Action, Actor, Grant, decide},
    store,
};
use crate::{Domain, Result, access::Membership, db::Conn};
use model::{OrganizationId, PersonId, access::RoleRef};

/// Gives somebody what an invitation of theirs says, in the transaction that uses it up. The
/// organization must be locked.
pub(crate) async fn accept(
    domain: &Domain,
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    person: &PersonId,
    grant: Grant,
) -> Result<()> {
    let store = grant.stores.first().map(|(store, _)| store.clone());
    let about = About { person: Some(person.clone()), store, role: None };
    let mut state = load(conn, organization, "", &about).await?;
    // The Administrators of the other stores, which must have some.
    for (store, _) in grant.stores.iter().skip(1) {
        let about = About { store: Some(store.clone()), ..About::default() };
        let other = load(conn, organization, "", &about).await?;
        state.members.extend(other.members);
        state.stores.extend(other.stores.into_iter().filter(|(id, _)| id == store));
    }
    let action = Action::Accept(person.clone(), grant);
    let effects = decide(&state, &Actor::System, &action, domain.now())?;
    for effect in &effects {
        store::write(domain, conn, organization, effect).await?;
    }
    // Nobody but themselves made them a member at this moment.
    news::tell(domain, conn, (organization, person.as_str()), &state, &effects).await
}

/// Gives a person a role in the store of `access`, or takes them out of it, in the transaction of
/// the change. The organization must be locked.
pub(crate) async fn set_in_store(
    domain: &Domain,
    conn: &mut Conn<'_>,
    access: &Membership,
    person: &PersonId,
    role: Option<&RoleRef>,
) -> Result<()> {
    let (organization, actor) = (access.organization(), access.person());
    let about =
        About { person: Some(person.clone()), store: Some(access.store().clone()), role: None };
    let state = load(conn, organization, actor.as_str(), &about).await?;
    let action = Action::SetStoreRole(access.store().clone(), person.clone(), role.cloned());
    let effects = decide(&state, &Actor::Person(actor.clone()), &action, domain.now())?;
    for effect in &effects {
        store::write(domain, conn, organization, effect).await?;
    }
    news::tell(domain, conn, (organization, actor.as_str()), &state, &effects).await
}
