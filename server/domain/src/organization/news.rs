//! Tells a store's people what an act did to its members, or to the store.
use super::rules::{Effect, State};
use crate::{
    Domain, Result,
    db::Conn,
    notifications::{self, Happening, What},
};
use model::{OrganizationId, StoreId, access::RoleRef};

/// Tells of `effects`, which somebody (`by`) has on what was `state`, in their transaction.
pub(super) async fn tell(
    domain: &Domain,
    conn: &mut Conn<'_>,
    (organization, by): (&OrganizationId, &str),
    state: &State,
    effects: &[Effect],
) -> Result<()> {
    for effect in effects {
        for (store, what) in news(state, effect) {
            let at = Happening { organization, store: &store, by, batch: None };
            notifications::raise(domain, conn, at, what).await?;
        }
    }
    Ok(())
}

/// What an effect means for the stores of the organization.
fn news(state: &State, effect: &Effect) -> Vec<(StoreId, What)> {
    match effect {
        Effect::SetStoreRole(store, person, role) => {
            let before = state.stores.get(store).and_then(|store| store.members.get(person));
            let what = match before {
                Some(old) if old == role => return Vec::new(),
                Some(old) => What::RoleChanged {
                    person: person.clone(),
                    old: old.code().to_owned(),
                    new: role.code().to_owned(),
                },
                None => What::Joined { person: person.clone(), role: role.code().to_owned() },
            };
            vec![(store.clone(), what)]
        }
        Effect::LeaveStore(store, person) => {
            vec![(store.clone(), What::Removed { person: person.clone() })]
        }
        Effect::Leave(person) => {
            let stores = state.stores.iter().filter(|(_, s)| s.members.contains_key(person));
            stores.map(|(id, _)| (id.clone(), What::Removed { person: person.clone() })).collect()
        }
        Effect::ReplaceRole(role, other) => {
            let had = RoleRef::Custom(role.clone());
            let members = state.stores.iter().flat_map(|(id, store)| {
                store.members.iter().map(move |(person, role)| (id, person, role))
            });
            let changed = members.filter(|(_, _, role)| **role == had).map(|(id, person, old)| {
                let (old, new) = (old.code().to_owned(), other.code().to_owned());
                (id.clone(), What::RoleChanged { person: person.clone(), old, new })
            });
            changed.collect()
        }
        Effect::SetArchived(store, archived) => {
            vec![(store.clone(), if *archived { What::Archived } else { What::Restored })]
        }
        _ => Vec::new(),
    }
}
