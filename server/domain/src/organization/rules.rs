//! Who may change what about the members of an organization, as a function of plain data: no
//! database, no clock. Services load the rows that matter under the organization's lock, ask
//! [`decide`] and write down its effects.
//!
//! What always holds, whatever is done in whatever order: exactly one Owner; every store keeps an
//! Administrator who is neither suspended nor leaves at a set time; nobody gives what they lack.
use model::{
    PersonId, Refusal, RoleId, StoreId,
    access::{OrganizationRole, Permission, PermissionSet, RoleRef},
};
use std::collections::{BTreeMap, BTreeSet};

/// A member of the organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Member {
    pub(crate) role: OrganizationRole,
    pub(crate) suspended: bool,
    pub(crate) ends_at: Option<i64>,
}

impl Member {
    /// Whether they may enter now.
    fn active(&self, now: i64) -> bool {
        !self.suspended && self.ends_at.is_none_or(|end| end > now)
    }

    /// Whether they may enter now and for good.
    fn stays(&self) -> bool {
        !self.suspended && self.ends_at.is_none()
    }
}

/// A store of the organization.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Store {
    pub(crate) archived: bool,
    pub(crate) members: BTreeMap<PersonId, RoleRef>,
}

/// An organization, or as much of it as a decision needs: the actor, the person it is about, the
/// stores of both and the Administrators of these.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct State {
    pub(crate) members: BTreeMap<PersonId, Member>,
    pub(crate) stores: BTreeMap<StoreId, Store>,
    pub(crate) roles: BTreeMap<RoleId, PermissionSet>,
}

/// Who acts.
#[derive(Clone, Debug)]
pub(crate) enum Actor {
    /// A person.
    Person(PersonId),
    /// The program, at a set time.
    System,
}

/// What an invitation, or another way in, gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Grant {
    pub(crate) role: OrganizationRole,
    pub(crate) ends_at: Option<i64>,
    pub(crate) stores: Vec<(StoreId, RoleRef)>,
}

/// What somebody wants.
#[derive(Clone, Debug)]
pub(crate) enum Action {
    /// Invite somebody; what they are given is given when they accept.
    Invite(Grant),
    /// Accept an invitation that was sent before.
    Accept(PersonId, Grant),
    /// Give another role in the organization.
    ChangeRole(PersonId, OrganizationRole),
    /// Give a role in a store, or take the person out of it.
    SetStoreRole(StoreId, PersonId, Option<RoleRef>),
    /// Keep somebody out until further notice.
    Suspend(PersonId),
    /// Let them in again.
    Resume(PersonId),
    /// Take somebody out of the organization; oneself: leave it.
    Remove(PersonId),
    /// Say when a membership ends, or that it does not.
    SetEnd(PersonId, Option<i64>),
    /// A membership ends because its time has come.
    Expire(PersonId),
    /// Make another person the Owner.
    Transfer(PersonId),
    /// Register a store.
    AddStore(StoreId),
    /// Close a store for everybody.
    Archive(StoreId),
    /// Open it again.
    Restore(StoreId),
    /// Make or change a custom role.
    PutRole(RoleId, PermissionSet),
    /// Delete a custom role; who has it gets the other one.
    DropRole(RoleId, Option<RoleRef>),
}

/// What is to be written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    Join(PersonId, OrganizationRole, Option<i64>),
    Leave(PersonId),
    SetRole(PersonId, OrganizationRole),
    SetSuspended(PersonId, bool),
    SetEnd(PersonId, Option<i64>),
    SetStoreRole(StoreId, PersonId, RoleRef),
    LeaveStore(StoreId, PersonId),
    AddStore(StoreId),
    SetArchived(StoreId, bool),
    PutRole(RoleId, PermissionSet),
    /// Members and invitations get the other role.
    ReplaceRole(RoleId, RoleRef),
    DropRole(RoleId),
}

/// The effects of an action, or the rule that refuses it. Nothing to do gives no effects.
pub(crate) fn decide(
    state: &State,
    actor: &Actor,
    action: &Action,
    now: i64,
) -> Result<Vec<Effect>, Refusal> {
    let deciding = Deciding { state, actor, now };
    let effects = deciding.effects(action)?;
    deciding.stores_keep_an_administrator(&effects)?;
    Ok(effects)
}

struct Deciding<'a> {
    state: &'a State,
    actor: &'a Actor,
    now: i64,
}

impl Deciding<'_> {
    fn effects(&self, action: &Action) -> Result<Vec<Effect>, Refusal> {
        match action {
            Action::Invite(grant) => self.may_give(grant).map(|()| Vec::new()),
            Action::Accept(person, grant) => self.accept(person, grant),
            Action::ChangeRole(person, role) => self.change_role(person, *role),
            Action::SetStoreRole(store, person, role) => {
                self.set_store_role(store, person, role.as_ref())
            }
            Action::Suspend(person) => self.suspend(person, true),
            Action::Resume(person) => self.suspend(person, false),
            Action::Remove(person) => self.remove(person),
            Action::SetEnd(person, ends_at) => self.set_end(person, *ends_at),
            Action::Expire(person) => self.expire(person),
            Action::Transfer(person) => self.transfer(person),
            Action::AddStore(store) => self.add_store(store),
            Action::Archive(store) => self.archive(store, true),
            Action::Restore(store) => self.archive(store, false),
            Action::PutRole(role, permissions) => self.put_role(role, *permissions),
            Action::DropRole(role, replacement) => self.drop_role(role, replacement.as_ref()),
        }
    }

    /// The acting person, who must be an active member.
    fn actor(&self) -> Result<(&PersonId, &Member), Refusal> {
        let Actor::Person(person) = self.actor else { return Err(Refusal::NotYoursToGive) };
        let member = self.state.members.get(person).filter(|member| member.active(self.now));
        member.map(|member| (person, member)).ok_or(Refusal::NotYoursToGive)
    }

    /// The acting person, who must manage the organization.
    fn manager(&self) -> Result<(&PersonId, &Member), Refusal> {
        self.actor().and_then(|found| {
            if found.1.role.manages() { Ok(found) } else { Err(Refusal::NotYoursToGive) }
        })
    }

    /// Somebody who can be changed by others: a member, and not the Owner.
    fn subject(&self, person: &PersonId) -> Result<&Member, Refusal> {
        match self.state.members.get(person) {
            None => Err(Refusal::Gone),
            Some(member) if member.role == OrganizationRole::Owner => Err(Refusal::OwnerStays),
            Some(member) => Ok(member),
        }
    }

    fn permissions(&self, role: &RoleRef) -> Option<PermissionSet> {
        match role {
            RoleRef::Preset(preset) => Some(preset.permissions()),
            RoleRef::Custom(id) => self.state.roles.get(id).copied(),
        }
    }

    /// What the acting person may give in a store: everything, who manages the organization; what
    /// they may themselves, who manages the store's members; else nothing.
    fn may_give_in(&self, store: &StoreId) -> Result<PermissionSet, Refusal> {
        let (person, member) = self.actor()?;
        let found = self.state.stores.get(store).ok_or(Refusal::Gone)?;
        if member.role.manages() {
            return Ok(PermissionSet::ALL);
        }
        let role = found.members.get(person).filter(|_| !found.archived);
        let own = role.and_then(|role| self.permissions(role)).unwrap_or_default();
        let manages = own.contains(Permission::ManageMembers);
        if manages { Ok(own) } else { Err(Refusal::NotYoursToGive) }
    }

    fn must_be_within(&self, role: &RoleRef, own: PermissionSet) -> Result<(), Refusal> {
        let wanted = self.permissions(role).ok_or(Refusal::Gone)?;
        if wanted.is_subset(own) { Ok(()) } else { Err(Refusal::NotYoursToGive) }
    }

    fn may_give(&self, grant: &Grant) -> Result<(), Refusal> {
        if grant.role == OrganizationRole::Owner || grant.ends_at.is_some_and(|e| e <= self.now) {
            return Err(Refusal::NotYoursToGive);
        }
        if grant.role.manages() || grant.ends_at.is_some() || grant.stores.is_empty() {
            self.manager()?;
        }
        for (store, role) in &grant.stores {
            self.must_be_within(role, self.may_give_in(store)?)?;
        }
        Ok(())
    }

    fn accept(&self, person: &PersonId, grant: &Grant) -> Result<Vec<Effect>, Refusal> {
        if grant.ends_at.is_some_and(|end| end <= self.now) {
            return Err(Refusal::LinkExpired);
        }
        let before = self.state.members.get(person);
        let ended = before.is_some_and(|m| m.ends_at.is_some_and(|end| end <= self.now));
        let mut effects = Vec::new();
        if ended {
            effects.push(Effect::Leave(person.clone()));
        }
        if ended || before.is_none() {
            effects.push(Effect::Join(person.clone(), grant.role, grant.ends_at));
        }
        for (store, role) in &grant.stores {
            let Some(found) = self.state.stores.get(store) else { continue };
            // Roles that they have stay; one that is gone by now gives nothing.
            let has = !ended && found.members.contains_key(person);
            if !has && self.permissions(role).is_some() {
                effects.push(Effect::SetStoreRole(store.clone(), person.clone(), role.clone()));
            }
        }
        Ok(effects)
    }

    fn change_role(
        &self,
        person: &PersonId,
        role: OrganizationRole,
    ) -> Result<Vec<Effect>, Refusal> {
        self.manager()?;
        let member = self.subject(person)?;
        if role == OrganizationRole::Owner {
            return Err(Refusal::OwnerStays);
        }
        let same = member.role == role;
        Ok(if same { Vec::new() } else { vec![Effect::SetRole(person.clone(), role)] })
    }

    fn set_store_role(
        &self,
        store: &StoreId,
        person: &PersonId,
        role: Option<&RoleRef>,
    ) -> Result<Vec<Effect>, Refusal> {
        let own = self.may_give_in(store)?;
        if !self.state.members.contains_key(person) {
            return Err(Refusal::Gone);
        }
        let before = self.state.stores.get(store).and_then(|found| found.members.get(person));
        // What somebody has who may more can neither be given nor taken. A role that is gone
        // allows nothing.
        if let Some(before) = before
            && self.permissions(before).is_some()
        {
            self.must_be_within(before, own)?;
        }
        match role {
            Some(role) => {
                self.must_be_within(role, own)?;
                let effect = Effect::SetStoreRole(store.clone(), person.clone(), role.clone());
                Ok(if before == Some(role) { Vec::new() } else { vec![effect] })
            }
            None if before.is_none() => Err(Refusal::Gone),
            None => Ok(vec![Effect::LeaveStore(store.clone(), person.clone())]),
        }
    }

    fn suspend(&self, person: &PersonId, suspended: bool) -> Result<Vec<Effect>, Refusal> {
        let (actor, _) = self.manager()?;
        let member = self.subject(person)?;
        if actor == person {
            return Err(Refusal::OwnAccess);
        }
        let same = member.suspended == suspended;
        Ok(if same { Vec::new() } else { vec![Effect::SetSuspended(person.clone(), suspended)] })
    }

    /// Anybody may leave, also who is suspended; only managers take others out.
    fn remove(&self, person: &PersonId) -> Result<Vec<Effect>, Refusal> {
        self.subject(person)?;
        if !matches!(self.actor, Actor::Person(actor) if actor == person) {
            self.manager()?;
        }
        Ok(vec![Effect::Leave(person.clone())])
    }

    fn set_end(&self, person: &PersonId, ends_at: Option<i64>) -> Result<Vec<Effect>, Refusal> {
        let (actor, _) = self.manager()?;
        let member = self.subject(person)?;
        // Else who has an end could give themselves more time.
        if actor == person {
            return Err(Refusal::OwnAccess);
        }
        if ends_at.is_some_and(|end| end <= self.now) {
            return Err(Refusal::Malformed);
        }
        let same = member.ends_at == ends_at;
        Ok(if same { Vec::new() } else { vec![Effect::SetEnd(person.clone(), ends_at)] })
    }

    fn expire(&self, person: &PersonId) -> Result<Vec<Effect>, Refusal> {
        let member = self.subject(person)?;
        if !matches!(self.actor, Actor::System) || member.ends_at.is_none_or(|e| e > self.now) {
            return Err(Refusal::Gone);
        }
        Ok(vec![Effect::Leave(person.clone())])
    }

    fn transfer(&self, person: &PersonId) -> Result<Vec<Effect>, Refusal> {
        let (actor, member) = self.actor()?;
        if member.role != OrganizationRole::Owner {
            return Err(Refusal::NotYoursToGive);
        }
        let heir = self.state.members.get(person).ok_or(Refusal::Gone)?;
        if actor == person {
            return Ok(Vec::new());
        }
        if !heir.stays() {
            return Err(Refusal::NeedsLastingMember);
        }
        Ok(vec![
            Effect::SetRole(actor.clone(), OrganizationRole::Administrator),
            Effect::SetRole(person.clone(), OrganizationRole::Owner),
        ])
    }

    fn add_store(&self, store: &StoreId) -> Result<Vec<Effect>, Refusal> {
        let (actor, _) = self.manager()?;
        if self.state.stores.contains_key(store) {
            return Err(Refusal::Gone);
        }
        let administrator = RoleRef::Preset(model::access::StoreRole::Administrator);
        Ok(vec![
            Effect::AddStore(store.clone()),
            Effect::SetStoreRole(store.clone(), actor.clone(), administrator),
        ])
    }

    fn archive(&self, store: &StoreId, archived: bool) -> Result<Vec<Effect>, Refusal> {
        self.manager()?;
        let found = self.state.stores.get(store).ok_or(Refusal::Gone)?;
        let same = found.archived == archived;
        Ok(if same { Vec::new() } else { vec![Effect::SetArchived(store.clone(), archived)] })
    }

    fn put_role(&self, role: &RoleId, wanted: PermissionSet) -> Result<Vec<Effect>, Refusal> {
        self.manager()?;
        let wanted = wanted.with(Permission::ViewStore);
        let same = self.state.roles.get(role) == Some(&wanted);
        Ok(if same { Vec::new() } else { vec![Effect::PutRole(role.clone(), wanted)] })
    }

    fn drop_role(&self, role: &RoleId, other: Option<&RoleRef>) -> Result<Vec<Effect>, Refusal> {
        self.manager()?;
        if !self.state.roles.contains_key(role) {
            return Err(Refusal::Gone);
        }
        let own = RoleRef::Custom(role.clone());
        let used = self.state.stores.values().any(|s| s.members.values().any(|r| *r == own));
        let mut effects = Vec::new();
        match other {
            None if used => return Err(Refusal::RoleInUse),
            None => {}
            Some(other) if *other == own || self.permissions(other).is_none() => {
                return Err(Refusal::Gone);
            }
            Some(other) => effects.push(Effect::ReplaceRole(role.clone(), other.clone())),
        }
        effects.push(Effect::DropRole(role.clone()));
        Ok(effects)
    }

    /// After the effects, every store that they touch has an Administrator who stays.
    fn stores_keep_an_administrator(&self, effects: &[Effect]) -> Result<(), Refusal> {
        for store in self.touched(effects) {
            let found = self.state.stores.get(store);
            let before = found.into_iter().flat_map(|found| found.members.keys());
            let joining = effects.iter().filter_map(|effect| match effect {
                Effect::SetStoreRole(other, person, _) if other == store => Some(person),
                _ => None,
            });
            if !before.chain(joining).any(|person| self.administers(store, person, effects)) {
                return Err(Refusal::LastAdministrator);
            }
        }
        Ok(())
    }

    /// The stores that might lose an Administrator by the effects.
    fn touched<'e>(&'e self, effects: &'e [Effect]) -> BTreeSet<&'e StoreId> {
        let mut touched = BTreeSet::new();
        for effect in effects {
            match effect {
                Effect::SetStoreRole(store, ..)
                | Effect::LeaveStore(store, _)
                | Effect::AddStore(store)
                | Effect::SetArchived(store, false) => {
                    touched.insert(store);
                }
                Effect::Leave(person)
                | Effect::SetSuspended(person, true)
                | Effect::SetEnd(person, Some(_)) => {
                    let of = self.state.stores.iter().filter(|(_, store)| {
                        store.members.get(person).is_some_and(RoleRef::is_administrator)
                    });
                    touched.extend(of.map(|(store, _)| store));
                }
                _ => {}
            }
        }
        touched
    }

    /// Whether somebody is an Administrator of a store for good after the effects.
    fn administers(&self, store: &StoreId, person: &PersonId, effects: &[Effect]) -> bool {
        let found = self.state.stores.get(store).and_then(|store| store.members.get(person));
        let mut administrator = found.is_some_and(RoleRef::is_administrator);
        let mut stays = self.state.members.get(person).is_some_and(Member::stays);
        for effect in effects {
            match effect {
                Effect::SetStoreRole(s, p, role) if s == store && p == person => {
                    administrator = role.is_administrator();
                }
                Effect::LeaveStore(s, p) if s == store && p == person => administrator = false,
                Effect::Leave(p) if p == person => (administrator, stays) = (false, false),
                Effect::Join(p, _, ends_at) if p == person => stays = ends_at.is_none(),
                Effect::SetSuspended(p, true) if p == person => stays = false,
                Effect::SetEnd(p, Some(_)) if p == person => stays = false,
                _ => {}
            }
        }
        administrator && stays
    }
}

impl State {
    /// As it is after an effect.
    pub(crate) fn apply(&mut self, effect: &Effect) {
        match effect.clone() {
            Effect::Join(person, role, ends_at) => {
                self.members.insert(person, Member { role, suspended: false, ends_at });
            }
            Effect::Leave(person) => {
                self.members.remove(&person);
                for store in self.stores.values_mut() {
                    store.members.remove(&person);
                }
            }
            Effect::SetRole(person, role) => {
                self.members.entry(person).and_modify(|member| member.role = role);
            }
            Effect::SetSuspended(person, suspended) => {
                self.members.entry(person).and_modify(|member| member.suspended = suspended);
            }
            Effect::SetEnd(person, ends_at) => {
                self.members.entry(person).and_modify(|member| member.ends_at = ends_at);
            }
            Effect::SetStoreRole(store, person, role) => {
                self.stores.entry(store).or_default().members.insert(person, role);
            }
            Effect::LeaveStore(store, person) => {
                self.stores.entry(store).or_default().members.remove(&person);
            }
            Effect::AddStore(store) => {
                self.stores.insert(store, Store::default());
            }
            Effect::SetArchived(store, archived) => {
                self.stores.entry(store).or_default().archived = archived;
            }
            Effect::PutRole(role, permissions) => {
                self.roles.insert(role, permissions);
            }
            Effect::ReplaceRole(role, other) => {
                let own = RoleRef::Custom(role);
                for held in self.stores.values_mut().flat_map(|store| store.members.values_mut()) {
                    if *held == own {
                        held.clone_from(&other);
                    }
                }
            }
            Effect::DropRole(role) => {
                self.roles.remove(&role);
            }
        }
    }
}
