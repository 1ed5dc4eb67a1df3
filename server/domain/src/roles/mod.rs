//! Roles in stores: the presets that every organization has, and those that it makes itself.
mod store;

pub(crate) use store::{all, find};

use crate::{
    Domain, Error, Result,
    access::{Membership, effective},
    db::Conn,
};
use model::{
    FieldError, OrganizationId, Refusal,
    access::{PermissionSet, RoleRef, StoreRole},
    check::Fault,
    panel::Choice,
    text::Texts,
};

/// The visible name of a role; `custom` is that of a custom one, as its row has it.
pub(crate) fn name(role: &RoleRef, custom: Option<&str>, t: Texts) -> String {
    match role {
        RoleRef::Preset(preset) => t.get(preset.label()).to_owned(),
        RoleRef::Custom(_) => custom.unwrap_or_default().to_owned(),
    }
}

/// The permissions in a role's row.
pub(crate) fn permissions(stored: &str) -> Result<PermissionSet> {
    serde_json::from_str(stored).map_err(|error| Error::Corrupt(format!("permissions: {error}")))
}

/// What a role of the organization allows; `None` where it has no such custom role.
pub(crate) async fn of(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    role: &RoleRef,
) -> Result<Option<PermissionSet>> {
    match role {
        RoleRef::Preset(preset) => Ok(Some(preset.permissions())),
        RoleRef::Custom(id) => {
            let row = find(conn, organization, id).await?;
            row.map(|row| effective(role, Some(&row.permissions))).transpose()
        }
    }
}

/// Nobody gives a role that allows what the own one in this store does not.
pub(crate) async fn must_be_given(
    conn: &mut Conn<'_>,
    access: &Membership,
    role: &RoleRef,
) -> Result<()> {
    let unknown = || Error::Invalid(vec![FieldError::new("role", Fault::Choice)]);
    let wanted = of(conn, access.organization(), role).await?.ok_or_else(unknown)?;
    let own = of(conn, access.organization(), &access.role()).await?.unwrap_or_default();
    if wanted.is_subset(own) { Ok(()) } else { Err(Refusal::NotYoursToGive.into()) }
}

/// The roles that a member of a store may give there: those that allow no more than the own one.
/// Presets first, then custom ones by name.
///
/// # Errors
/// Faults of the database only.
pub async fn choices(domain: &Domain, access: &Membership, t: Texts) -> Result<Vec<Choice>> {
    let organization = access.organization();
    let custom = domain.db.read(async |conn| all(conn, organization).await).await?;
    let own = access.permissions();
    let presets = StoreRole::ALL.into_iter().filter(|preset| preset.permissions().is_subset(own));
    let mut choices: Vec<Choice> =
        presets.map(|preset| Choice::new(preset.code(), t.get(preset.label()))).collect();
    for row in custom {
        if permissions(&row.permissions)?.is_subset(own) {
            choices.push(Choice::new(row.id, row.name));
        }
    }
    Ok(choices)
}
