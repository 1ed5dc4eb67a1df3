use super::store;
use crate::{Domain, Result, access::SignedIn, people};
use model::{
    access::Permission,
    view::{OrganizationEntry, StoreEntry, Viewer},
};

/// The signed-in person as the console's frame shows them, with every store they belong to: one
/// query. Organizations and stores are sorted by name, as a person reads them (C-03).
///
/// # Errors
/// Faults of the database only.
pub async fn viewer(domain: &Domain, signed_in: &SignedIn) -> Result<Viewer> {
    let person = &signed_in.person;
    let rows = domain.db.read(async |conn| store::stores(conn, &person.id).await).await?;
    let mut organizations: Vec<OrganizationEntry> = Vec::new();
    for row in rows {
        let id = people::id(row.organization_id)?;
        let entry = StoreEntry {
            id: people::id(row.store_id)?,
            name: row.store,
            configurable: people::role(&row.role)?.allows(Permission::ViewSettings),
        };
        match organizations.iter_mut().find(|known| known.id == id) {
            Some(known) => known.stores.push(entry),
            None => organizations.push(OrganizationEntry {
                id,
                name: row.organization,
                stores: vec![entry],
            }),
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
