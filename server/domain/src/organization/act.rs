use super::{
    load::{About, load},
    news,
    rules::{Action, Actor, Effect, State, decide},
    store,
};
use crate::{
    Domain, Error, Result,
    access::{self, OrganizationMembership},
    audit::{self, Change},
    context::Origin,
    db::Conn,
    people,
};
use model::{OrganizationId, PersonId, Refusal, access::OrganizationPermission};
use serde_json::{Map, Value, json};

/// How an act is called in the audit log, done and refused.
#[derive(Clone, Copy)]
pub(super) struct Name {
    pub(super) done: &'static str,
    pub(super) refused: &'static str,
}

macro_rules! name {
    ($name:literal) => {
        crate::organization::act::Name { done: $name, refused: concat!($name, ".refused") }
    };
}
pub(super) use name;

/// Somebody's wish to change something about the members of an organization.
#[derive(Clone)]
pub(super) struct Act {
    pub(super) access: OrganizationMembership,
    pub(super) needs: OrganizationPermission,
    pub(super) name: Name,
    pub(super) about: About,
    pub(super) action: Action,
}

impl Act {
    /// Does it in a transaction of its own; whether anything changed. A refusal leaves an entry.
    pub(super) async fn run(self, domain: &Domain) -> Result<bool> {
        let domain_ = domain.clone();
        let write = async move |conn: &mut Conn<'_>| self.within(&domain_, conn).await;
        Ok(domain.db.write(write).await??)
    }

    async fn within(&self, domain: &Domain, conn: &mut Conn<'_>) -> Result<Result<bool, Refusal>> {
        lock(domain, conn, &self.access, self.needs).await?;
        let organization = self.access.organization();
        let actor = Actor::Person(self.access.person().clone());
        let state = load(conn, organization, self.access.person().as_str(), &self.about).await?;
        let effects = match decide(&state, &actor, &self.action, domain.now()) {
            Ok(effects) if effects.is_empty() => return Ok(Ok(false)),
            Ok(effects) => effects,
            Err(refusal @ (Refusal::Gone | Refusal::Malformed)) => return Err(refusal.into()),
            Err(refusal) => {
                let old = picture(&state, &self.about);
                self.record(domain, conn, self.name.refused, (old, json!(refusal))).await?;
                return Ok(Err(refusal));
            }
        };
        for effect in &effects {
            store::write(domain, conn, organization, effect).await?;
        }
        let by = self.access.person().as_str();
        news::tell(domain, conn, (organization, by), &state, &effects).await?;
        let values = difference(&state, &effects, &self.about);
        self.record(domain, conn, self.name.done, values).await?;
        Ok(Ok(true))
    }

    async fn record(
        &self,
        domain: &Domain,
        conn: &mut Conn<'_>,
        action: &'static str,
        (old, new): (Value, Value),
    ) -> Result<()> {
        let access = &self.access;
        let origin = &access.signed_in().origin;
        let actor = access.person().as_str();
        let chain = access.organization();
        record(domain, conn, origin, chain, (actor, action), &self.about, (old, new)).await
    }
}

/// One entry in the organization's chain.
pub(super) async fn record(
    domain: &Domain,
    conn: &mut Conn<'_>,
    origin: &Origin,
    organization: &OrganizationId,
    (actor, action): (&str, &'static str),
    about: &About,
    (old, new): (Value, Value),
) -> Result<()> {
    let person = about.person.as_ref().map(PersonId::as_str);
    let role = about.role.as_ref().map(model::RoleId::as_str);
    let store = about.store.as_ref().map(model::StoreId::as_str);
    let change = Change {
        chain: Some(organization),
        store: about.store.as_ref(),
        actor,
        action,
        subject: person.or(role).or(store).unwrap_or(organization.as_str()),
        old,
        new,
    };
    Ok(audit::record(domain, conn, origin, change).await?)
}

/// Locks the organization's members and checks that the actor may still do this.
pub(super) async fn lock(
    domain: &Domain,
    conn: &mut Conn<'_>,
    access: &OrganizationMembership,
    needs: OrganizationPermission,
) -> Result<()> {
    if !people::lock_organization(conn, access.organization()).await? {
        return Err(Error::NotFound);
    }
    access::recheck_organization(domain, conn, access, needs).await
}

/// What an act is about, as it is.
fn picture(state: &State, about: &About) -> Value {
    let mut fields = Map::new();
    if let Some(person) = &about.person {
        let member = state.members.get(person);
        fields.insert("role".into(), json!(member.map(|member| member.role.code())));
        fields.insert("suspended".into(), json!(member.map(|member| member.suspended)));
        fields.insert("ends_at".into(), json!(member.and_then(|member| member.ends_at)));
        for (id, store) in &state.stores {
            if let Some(role) = store.members.get(person) {
                fields.insert(id.to_string(), json!(role.code()));
            }
        }
    }
    if let (Some(store), None) = (&about.store, &about.person) {
        let archived = state.stores.get(store).map(|store| store.archived);
        fields.insert("archived".into(), json!(archived));
    }
    if let Some(role) = &about.role {
        fields.insert("permissions".into(), json!(state.roles.get(role)));
    }
    Value::Object(fields)
}

/// What the effects change of it: only the fields that differ.
pub(super) fn difference(state: &State, effects: &[Effect], about: &About) -> (Value, Value) {
    let mut after = state.clone();
    effects.iter().for_each(|effect| after.apply(effect));
    let (mut old, mut new) = (picture(state, about), picture(&after, about));
    if let (Value::Object(old), Value::Object(new)) = (&mut old, &mut new) {
        let (before, now) = (old.clone(), new.clone());
        old.retain(|key, value| now.get(key) != Some(value));
        new.retain(|key, value| before.get(key) != Some(value));
    }
    (old, new)
}
