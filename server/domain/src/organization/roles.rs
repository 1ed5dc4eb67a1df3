use super::{
    act::{difference, lock, record},
    load::{About, load},
    news,
    rules::{Action, Actor, decide},
    store,
};
use crate::{
    Domain, Error, Result,
    access::{ManageRoles, OrganizationAccess, OrganizationMembership},
    db::Conn,
    impact::{Group, Named},
    people, roles,
};
use model::{
    FieldError, Refusal, RoleId,
    access::{OrganizationPermission, Permission, PermissionSet, RoleRef},
    check::{self, Fault},
};
use serde_json::{Value, json};

type Manage = OrganizationAccess<ManageRoles>;
const NEEDS: OrganizationPermission = OrganizationPermission::ManageRoles;
/// Custom roles that an organization may have.
const MOST: usize = 50;
/// Memberships are counted up to here.
const COUNTED: i64 = 1000;

/// A role that the organization made.
#[derive(Clone, Debug)]
pub struct CustomRole {
    /// The role.
    pub id: RoleId,
    /// Its name.
    pub name: String,
    /// What it allows.
    pub permissions: PermissionSet,
    /// Changes with every change.
    pub version: i64,
    /// How many memberships in stores have it, up to a thousand.
    pub members: i64,
}

/// The organization's custom roles, by name.
///
/// # Errors
/// Faults of the database only.
pub async fn custom(domain: &Domain, access: &OrganizationMembership) -> Result<Vec<CustomRole>> {
    let organization = access.organization();
    let read = async |conn: &mut Conn<'_>| {
        let mut rows = Vec::new();
        for row in roles::all(conn, organization).await? {
            let members = store::role_members(conn, organization, &row.id, COUNTED).await?;
            rows.push((row, members));
        }
        Ok(rows)
    };
    let rows = domain.db.read(read).await?.into_iter();
    let roles = rows.map(|(row, members)| {
        Ok(CustomRole {
            permissions: roles::permissions(&row.permissions)?,
            id: people::id(row.id)?,
            name: row.name,
            version: row.version,
            members,
        })
    });
    roles.collect()
}

/// A role as its form has it.
#[derive(Clone, Debug, Default)]
pub struct RoleForm {
    /// Its name.
    pub name: String,
    /// Codes of permissions.
    pub permissions: Vec<String>,
    /// The version that the form was loaded with; 0 for a new role.
    pub version: i64,
}

impl RoleForm {
    /// What it is to allow; every role lets people see the store.
    pub fn wanted(&self) -> PermissionSet {
        PermissionSet::of_codes(&self.permissions).with(Permission::ViewStore)
    }
}

/// What a change of a role means for whoever has it.
#[derive(Clone, Debug)]
pub struct Affected {
    /// Who has it: once for each store.
    pub people: Group,
    /// What they could not do before.
    pub gained: PermissionSet,
    /// What they can no longer do.
    pub lost: PermissionSet,
}

/// Whom a change of a role, or its end, would concern, and what they gain or lose.
///
/// # Errors
/// [`Error::NotFound`] where the organization has no such role.
pub async fn affected(
    domain: &Domain,
    access: &Manage,
    id: &RoleId,
    wanted: PermissionSet,
) -> Result<Affected> {
    let organization = access.organization();
    let read = async |conn: &mut Conn<'_>| {
        let row = roles::find(conn, organization, id).await?;
        Ok((row, store::members_with(conn, organization, id.as_str(), COUNTED).await?))
    };
    let (row, people) = domain.db.read(read).await?;
    let now = roles::permissions(&row.ok_or(Error::NotFound)?.permissions)?;
    let people = people.into_iter().map(|row| Named {
        name: format!("{} {}", row.first_name, row.last_name).trim().to_owned(),
        note: format!("{} · {}", row.email, row.store),
    });
    Ok(Affected {
        people: Group::of(people),
        gained: wanted.without(now),
        lost: now.without(wanted),
    })
}

/// Makes a custom role, or changes one. Who has it may do as it says from their next request on.
///
/// # Errors
/// [`Error::Invalid`] (`name`); [`Refusal::Gone`] where somebody else has changed or deleted it
/// since the form was loaded; [`Refusal::NotYoursToGive`]; [`Refusal::TooManyRoles`].
pub async fn put_role(
    domain: &Domain,
    access: &Manage,
    id: Option<&RoleId>,
    form: &RoleForm,
) -> Result<RoleId> {
    let title = form.name.trim().to_owned();
    if let Err(fault) = check::required(&title, 60) {
        return Err(Error::Invalid(vec![FieldError::new("name", fault)]));
    }
    let known = id.is_some();
    let id = id.cloned().unwrap_or_else(|| RoleId::from_u128(domain.id_bits()));
    let put = Put { access: access.clone(), id, known, title, form: form.clone() };
    let domain_ = domain.clone();
    domain.db.write(async move |conn: &mut Conn<'_>| put.run(&domain_, conn).await).await
}

struct Put {
    access: Manage,
    id: RoleId,
    known: bool,
    title: String,
    form: RoleForm,
}

impl Put {
    async fn run(&self, domain: &Domain, conn: &mut Conn<'_>) -> Result<RoleId> {
        lock(domain, conn, &self.access, NEEDS).await?;
        let (organization, person) = (self.access.organization(), self.access.person());
        let about = About { role: Some(self.id.clone()), ..About::default() };
        let state = load(conn, organization, person.as_str(), &about).await?;
        let wanted = self.form.wanted();
        let action = Action::PutRole(self.id.clone(), wanted);
        decide(&state, &Actor::Person(person.clone()), &action, domain.now())?;
        if !self.known && state.roles.len() >= MOST {
            return Err(Refusal::TooManyRoles.into());
        }
        let key = people::fold(&self.title);
        if store::role_named(conn, organization, self.id.as_str(), &key).await? {
            return Err(Error::Invalid(vec![FieldError::new("name", Fault::Taken)]));
        }
        let old = self.write(domain, conn, wanted, &key).await?;
        let new = json!({ "name": self.title, "permissions": wanted });
        if old == new {
            return Ok(self.id.clone());
        }
        let action = if self.known { "role.change" } else { "role.create" };
        let (who, origin) = ((person.as_str(), action), &self.access.signed_in().origin);
        record(domain, conn, origin, organization, who, &about, (old, new)).await?;
        Ok(self.id.clone())
    }

    async fn write(
        &self,
        domain: &Domain,
        conn: &mut Conn<'_>,
        wanted: PermissionSet,
        key: &str,
    ) -> Result<Value> {
        let (organization, id, now) = (self.access.organization(), self.id.as_str(), domain.now());
        let (names, permissions) = ((self.title.as_str(), key), store::encode(wanted));
        if !self.known {
            store::insert_role(conn, organization, id, names, &permissions, now).await?;
            return Ok(Value::Null);
        }
        let row = roles::find(conn, organization, &self.id).await?.ok_or(Refusal::Gone)?;
        let version = (id, self.form.version);
        if !store::update_role(conn, organization, version, names, &permissions, now).await? {
            return Err(Refusal::Gone.into());
        }
        Ok(json!({ "name": row.name, "permissions": roles::permissions(&row.permissions)? }))
    }
}

/// Deletes a custom role; members and invitations that have it get the `replacement`, which is
/// needed where there are any.
///
/// # Errors
/// [`Error::Invalid`] (`replacement`); [`Refusal::RoleInUse`]; [`Refusal::Gone`].
pub async fn drop_role(
    domain: &Domain,
    access: &Manage,
    id: &RoleId,
    replacement: &str,
) -> Result<()> {
    let other =
        match replacement {
            "" => None,
            code => Some(RoleRef::from_code(code).ok_or_else(|| {
                Error::Invalid(vec![FieldError::new("replacement", Fault::Choice)])
            })?),
        };
    let (domain_, access, id) = (domain.clone(), access.clone(), id.clone());
    let write = async move |conn: &mut Conn<'_>| {
        lock(&domain_, conn, &access, NEEDS).await?;
        let (organization, person) = (access.organization(), access.person());
        let about = About { role: Some(id.clone()), ..About::default() };
        let state = load(conn, organization, person.as_str(), &about).await?;
        let action = Action::DropRole(id.clone(), other.clone());
        let effects = decide(&state, &Actor::Person(person.clone()), &action, domain_.now())?;
        if other.is_none() && store::invited_with(conn, organization, id.as_str()).await? {
            return Err(Refusal::RoleInUse.into());
        }
        let name = roles::find(conn, organization, &id).await?.ok_or(Refusal::Gone)?.name;
        for effect in &effects {
            store::write(&domain_, conn, organization, effect).await?;
        }
        let by = (organization, person.as_str());
        news::tell(&domain_, conn, by, &state, &effects).await?;
        let (mut old, mut new) = difference(&state, &effects, &about);
        old["name"] = json!(name);
        new["replacement"] = json!(other.as_ref().map(RoleRef::code));
        let (who, origin) = ((person.as_str(), "role.delete"), &access.signed_in().origin);
        record(&domain_, conn, origin, organization, who, &about, (old, new)).await
    };
    domain.db.write(write).await
}
