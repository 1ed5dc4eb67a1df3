use super::store;
use crate::{
    Domain, Result,
    access::{SignedIn, effective},
    people,
};
use model::{
    access::Permission,
    view::{OrganizationEntry, StoreEntry, Viewer},
};

/// The signed-in person as the console's frame shows them, with every organization and store they
/// belong to: one query. Organizations and stores are sorted by name, as a person reads them (C-03).
///
/// # Errors
/// Faults of the database only.
pub async fn viewer(domain: &Domain, signed_in: &SignedIn) -> Result<Viewer> {
    let person = &signed_in.person;
    let now = domain.now();
    let rows = domain.db.read(async |conn| store::stores(conn, &person.id, now).await).await?;
    let mut organizations: Vec<OrganizationEntry> = Vec::new();
    for row in rows {
        let id = people::id(row.organization_id)?;
        let known = organizations.iter().position(|known| known.id == id);
        let index = known.unwrap_or(organizations.len());
        if known.is_none() {
            let role = people::organization_role(&row.standing)?;
            let name = row.organization;
            organizations.push(OrganizationEntry { id, name, role, stores: Vec::new() });
        }
        if let (Some(id), Some(name), Some(role)) = (row.store_id, row.store, row.role) {
            let allowed = effective(&people::role(&role)?, row.permissions.as_deref())?;
            organizations[index].stores.push(StoreEntry {
                id: people::id(id)?,
                name,
                configurable: allowed.contains(Permission::ViewSettings),
            });
        }
    }
    organizations.sort_by_cached_key(|o| (people::fold(&o.name), o.id.clone()));
    for organization in &mut organizations {
        organization.stores.sort_by_cached_key(|s| (people::fold(&s.name), s.id.clone()));
    }
    Ok(Viewer {
        name: person.name(),
        email: person.email.clone(),
        theme: person.theme,
        organizations,
    })
}
