use super::{
    act::{Act, name},
    load::About,
    rules::Action,
    store,
};
use crate::{
    Domain, Error, Result,
    access::{
        ManageOrganizationMembers, OrganizationAccess, OrganizationMembership, ViewOrganization,
    },
    db::Conn,
    impact, people, roles,
};
use model::{
    FieldError, PersonId, StoreId,
    access::{OrganizationPermission, OrganizationRole, RoleRef},
    check::Fault,
    text::Texts,
};

type Manage = OrganizationAccess<ManageOrganizationMembers>;
const NEEDS: OrganizationPermission = OrganizationPermission::ManageOrganizationMembers;

fn act(
    access: &OrganizationMembership,
    person: &PersonId,
    name: super::act::Name,
    action: Action,
) -> Act {
    let about = About { person: Some(person.clone()), ..About::default() };
    Act { access: access.clone(), needs: NEEDS, name, about, action }
}

/// Gives a member another role in the organization (C-26); whether it is another one.
///
/// # Errors
/// [`Error::Invalid`] (`role`); [`Refusal`](model::Refusal)s of the rules; as
/// [`access::organization`](crate::access::organization), where access was lost in the meantime.
pub async fn change_role(
    domain: &Domain,
    access: &Manage,
    person: &PersonId,
    role: &str,
) -> Result<bool> {
    let role = OrganizationRole::from_code(role).ok_or_else(|| wrong("role"))?;
    let action = Action::ChangeRole(person.clone(), role);
    act(access, person, name!("organization.member.role"), action).run(domain).await
}

/// Gives a member a role in a store of the organization; an empty one takes them out of it.
///
/// # Errors
/// As [`change_role`]; [`Refusal::LastAdministrator`](model::Refusal::LastAdministrator).
pub async fn set_store_role(
    domain: &Domain,
    access: &Manage,
    person: &PersonId,
    store: &StoreId,
    role: &str,
) -> Result<bool> {
    let role = match role {
        "" => None,
        code => Some(RoleRef::from_code(code).ok_or_else(|| wrong("role"))?),
    };
    let action = Action::SetStoreRole(store.clone(), person.clone(), role);
    let mut act = act(access, person, name!("organization.member.store"), action);
    act.about.store = Some(store.clone());
    act.run(domain).await
}

/// Keeps a member out of the organization and all its stores until further notice.
///
/// # Errors
/// As [`set_store_role`].
pub async fn suspend(domain: &Domain, access: &Manage, person: &PersonId) -> Result<bool> {
    let action = Action::Suspend(person.clone());
    act(access, person, name!("organization.member.suspend"), action).run(domain).await
}

/// Lets a suspended member in again.
///
/// # Errors
/// As [`change_role`].
pub async fn resume(domain: &Domain, access: &Manage, person: &PersonId) -> Result<bool> {
    let action = Action::Resume(person.clone());
    act(access, person, name!("organization.member.resume"), action).run(domain).await
}

/// Takes a member out of the organization and all its stores.
///
/// # Errors
/// As [`set_store_role`].
pub async fn remove(domain: &Domain, access: &Manage, person: &PersonId) -> Result<bool> {
    let action = Action::Remove(person.clone());
    act(access, person, name!("organization.member.remove"), action).run(domain).await
}

/// The actor leaves the organization and all its stores.
///
/// # Errors
/// As [`set_store_role`].
pub async fn leave(domain: &Domain, access: &OrganizationAccess<ViewOrganization>) -> Result<bool> {
    let person = access.person().clone();
    let action = Action::Remove(person.clone());
    let mut act = act(access, &person, name!("organization.member.leave"), action);
    act.needs = OrganizationPermission::ViewOrganization;
    act.run(domain).await
}

/// Says when a membership ends by itself; `None`: it does not.
///
/// # Errors
/// As [`set_store_role`].
pub async fn set_end(
    domain: &Domain,
    access: &Manage,
    person: &PersonId,
    ends_at: Option<i64>,
) -> Result<bool> {
    if ends_at.is_some_and(|end| end <= domain.now()) {
        return Err(Error::Invalid(vec![FieldError::new("ends", Fault::Past)]));
    }
    let action = Action::SetEnd(person.clone(), ends_at);
    act(access, person, name!("organization.member.end"), action).run(domain).await
}

/// Makes another member the Owner; the one so far becomes an Administrator. `typed` must be the
/// organization's name.
///
/// # Errors
/// [`Error::Invalid`] (`name`); as [`change_role`].
pub async fn transfer(
    domain: &Domain,
    access: &Manage,
    person: &PersonId,
    typed: &str,
) -> Result<bool> {
    access.signed_in().recently_confirmed(domain.now())?;
    impact::confirm(access.name(), typed)?;
    let action = Action::Transfer(person.clone());
    act(access, person, name!("organization.transfer"), action).run(domain).await
}

fn wrong(field: &str) -> Error {
    Error::Invalid(vec![FieldError::new(field, Fault::Choice)])
}

/// A store of the organization and the person's role there.
#[derive(Clone, Debug)]
pub struct StoreOf {
    /// The store.
    pub id: StoreId,
    /// Its name.
    pub name: String,
    /// Whether nobody has access to it.
    pub archived: bool,
    /// Code and name of the role; none where the person is no member.
    pub role: Option<(String, String)>,
}

/// A member's page.
#[derive(Clone, Debug)]
pub struct Person {
    /// Who.
    pub id: PersonId,
    /// Name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Role in the organization.
    pub role: OrganizationRole,
    /// Kept out until further notice.
    pub suspended: bool,
    /// When the membership ends.
    pub ends_at: Option<i64>,
    /// Every store of the organization, by name.
    pub stores: Vec<StoreOf>,
}

/// A member with all stores of the organization.
///
/// # Errors
/// [`Error::NotFound`] where the organization has no such member.
pub async fn member(
    domain: &Domain,
    access: &OrganizationMembership,
    person: &PersonId,
    t: Texts,
) -> Result<Person> {
    let organization = access.organization();
    let read = async |conn: &mut Conn<'_>| {
        let Some(row) = store::person(conn, organization, person).await? else { return Ok(None) };
        Ok(Some((row, store::stores_of(conn, organization, person).await?)))
    };
    let (row, stores) = domain.db.read(read).await?.ok_or(Error::NotFound)?;
    let stores = stores.into_iter().map(|row| {
        let role = row.role.map(|code| {
            let role = people::role(&code)?;
            Ok::<_, Error>((code, roles::name(&role, row.role_name.as_deref(), t)))
        });
        let (role, archived) = (role.transpose()?, row.archived);
        Ok(StoreOf { id: people::id(row.id)?, name: row.name, archived, role })
    });
    Ok(Person {
        id: person.clone(),
        name: format!("{} {}", row.first_name, row.last_name).trim().to_owned(),
        email: row.email,
        role: people::organization_role(&row.role)?,
        suspended: row.suspended,
        ends_at: row.ends_at,
        stores: stores.collect::<Result<_>>()?,
    })
}
