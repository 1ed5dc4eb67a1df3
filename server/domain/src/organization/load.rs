use super::{
    rules::{Member, State, Store},
    store,
};
use crate::{Result, db::Conn, people, roles as custom};
use model::{OrganizationId, PersonId, RoleId, StoreId};

/// What a decision is about, apart from who makes it.
#[derive(Clone, Debug, Default)]
pub(super) struct About {
    pub(super) person: Option<PersonId>,
    pub(super) store: Option<StoreId>,
    pub(super) role: Option<RoleId>,
}

/// Reads as much of the organization as the rules need. The organization must be locked.
pub(super) async fn load(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    actor: &str,
    about: &About,
) -> Result<State> {
    let subject = about.person.as_ref().map_or("", PersonId::as_str);
    let at = about.store.as_ref().map_or("", StoreId::as_str);
    let role = about.role.as_ref().map_or("", RoleId::as_str);
    let mut state = State::default();
    for row in store::stores(conn, organization).await? {
        let store = Store { archived: row.archived, ..Store::default() };
        state.stores.insert(people::id(row.id)?, store);
    }
    for row in store::members(conn, organization, actor, subject).await? {
        let member = Member {
            role: people::organization_role(&row.role)?,
            suspended: row.suspended,
            ends_at: row.ends_at,
        };
        state.members.insert(people::id(row.person_id)?, member);
    }
    let rows = store::store_members(conn, organization, (actor, subject), at, role).await?;
    for row in rows {
        let person: PersonId = people::id(row.person_id)?;
        let member = Member {
            role: people::organization_role(&row.role)?,
            suspended: row.suspended,
            ends_at: row.ends_at,
        };
        state.members.insert(person.clone(), member);
        if let Some(store) = state.stores.get_mut(&people::id::<StoreId>(row.store_id)?) {
            store.members.insert(person, people::role(&row.store_role)?);
        }
    }
    for row in custom::all(conn, organization).await? {
        state.roles.insert(people::id(row.id)?, custom::permissions(&row.permissions)?);
    }
    Ok(state)
}
