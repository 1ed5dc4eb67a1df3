use super::{Group, Named, store};
use crate::{Domain, Error, Result, db::Conn};
use model::{OrganizationId, PersonId, StoreId, settings::Place};
use std::collections::BTreeSet;

/// The members of a store, by name.
///
/// # Errors
/// Faults of the database only.
pub async fn members_of(
    domain: &Domain,
    organization: &OrganizationId,
    id: &StoreId,
) -> Result<Group> {
    members_of_stores(domain, organization, std::slice::from_ref(id)).await
}

/// The members of these stores of an organization, each once, by name.
///
/// # Errors
/// Faults of the database only.
pub async fn members_of_stores(
    domain: &Domain,
    organization: &OrganizationId,
    stores: &[StoreId],
) -> Result<Group> {
    let only = match stores {
        [] => return Ok(Group::default()),
        [one] => Some(one.as_str()),
        _ => None,
    };
    let read = async |conn: &mut Conn<'_>| store::members(conn, organization, only).await;
    let wanted: BTreeSet<&str> = stores.iter().map(StoreId::as_str).collect();
    let mut seen = BTreeSet::new();
    let rows = domain.db.read(read).await?.into_iter();
    let rows = rows.filter(|row| wanted.contains(row.store_id.as_str()));
    let rows = rows.filter(|row| seen.insert(row.person_id.clone()));
    Ok(Group::of(rows.map(|row| Named {
        name: format!("{} {}", row.first_name, row.last_name).trim().to_owned(),
        note: row.email,
    })))
}

/// The name of a store or an organization: what is typed where something happens to it.
///
/// # Errors
/// [`Error::NotFound`] where there is none.
pub async fn name_of(domain: &Domain, place: &Place) -> Result<String> {
    let row = domain.db.read(async |conn| store::name(conn, place).await).await?;
    Ok(row.ok_or(Error::NotFound)?.name)
}

/// Whether a store has members besides this person.
pub(crate) async fn others(conn: &mut Conn<'_>, id: &StoreId, person: &PersonId) -> Result<bool> {
    Ok(store::others(conn, id, person).await?)
}
