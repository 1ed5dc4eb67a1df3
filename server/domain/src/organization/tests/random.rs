//! Random wishes of random people, and what must hold whatever comes of them.
use crate::organization::rules::{Action, Actor, Effect, Grant, Member, State, Store, decide};
use model::{
    PersonId, RoleId, StoreId,
    access::{OrganizationRole, Permission, PermissionSet, RoleRef, StoreRole},
};
use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};
use std::collections::BTreeMap;

/// Sequences, and wishes in each.
const SEQUENCES: u64 = 100_000;
const WISHES: usize = 12;
/// People, stores and custom roles that there may be.
pub(super) const PEOPLE: u128 = 5;
const STORES: u128 = 3;
const ROLES: u128 = 2;

pub(super) fn person(n: u128) -> PersonId {
    PersonId::from_u128(n)
}

/// An Owner with one store.
pub(super) fn founded() -> State {
    let owner = Member { role: OrganizationRole::Owner, suspended: false, ends_at: None };
    let members = BTreeMap::from([(person(0), StoreRole::Administrator.into())]);
    State {
        members: BTreeMap::from([(person(0), owner)]),
        stores: BTreeMap::from([(StoreId::from_u128(0), Store { archived: false, members })]),
        roles: BTreeMap::new(),
    }
}

/// Makes wishes.
pub(super) struct Dice(StdRng);

impl Dice {
    pub(super) fn new(seed: u64) -> Dice {
        Dice(StdRng::seed_from_u64(seed))
    }

    pub(super) fn below(&mut self, n: u128) -> u128 {
        self.0.random_range(0..n)
    }

    pub(super) fn person(&mut self) -> PersonId {
        person(self.below(PEOPLE))
    }

    fn store(&mut self) -> StoreId {
        StoreId::from_u128(self.below(STORES))
    }

    fn custom(&mut self) -> RoleId {
        RoleId::from_u128(self.below(ROLES))
    }

    fn role(&mut self) -> RoleRef {
        match self.below(8) {
            0..=2 => StoreRole::Administrator.into(),
            n @ 3..=5 => StoreRole::ALL[usize::try_from(n).unwrap_or(0)].into(),
            _ => RoleRef::Custom(self.custom()),
        }
    }

    fn standing(&mut self) -> OrganizationRole {
        OrganizationRole::ALL[usize::try_from(self.below(3)).unwrap_or(0)]
    }

    fn permissions(&mut self) -> PermissionSet {
        let bits = self.below(1 << Permission::ALL.len());
        let some = Permission::ALL.iter().enumerate().filter(|(n, _)| bits & (1 << n) != 0);
        let some: PermissionSet = some.map(|(_, permission)| *permission).collect();
        if self.below(2) == 0 { some.with(Permission::ManageMembers) } else { some }
    }

    fn end(&mut self, now: i64) -> Option<i64> {
        let days = i64::try_from(self.below(4)).unwrap_or(0);
        (days > 1).then_some(now + days - 2)
    }

    pub(super) fn grant(&mut self, now: i64) -> Grant {
        let stores: BTreeMap<StoreId, RoleRef> =
            (0..self.below(3)).map(|_| (self.store(), self.role())).collect();
        Grant {
            role: self.standing(),
            ends_at: self.end(now),
            stores: stores.into_iter().collect(),
        }
    }

    pub(super) fn wish(&mut self, now: i64) -> Action {
        match self.below(16) {
            0 => Action::ChangeRole(self.person(), self.standing()),
            1..=3 => {
                let role = if self.below(4) == 0 { None } else { Some(self.role()) };
                Action::SetStoreRole(self.store(), self.person(), role)
            }
            4 => Action::Suspend(self.person()),
            5 => Action::Resume(self.person()),
            6 => Action::Remove(self.person()),
            7 => Action::SetEnd(self.person(), self.end(now)),
            8 => Action::Transfer(self.person()),
            9 => Action::AddStore(self.store()),
            10 => Action::Archive(self.store()),
            11 => Action::Restore(self.store()),
            12 => Action::PutRole(self.custom(), self.permissions()),
            13 => {
                let other = if self.below(3) == 0 { None } else { Some(self.role()) };
                Action::DropRole(self.custom(), other)
            }
            _ => Action::Invite(self.grant(now)),
        }
    }
}

fn permissions(state: &State, role: &RoleRef) -> PermissionSet {
    match role {
        RoleRef::Preset(preset) => preset.permissions(),
        RoleRef::Custom(id) => state.roles.get(id).copied().unwrap_or_default(),
    }
}

fn held(state: &State, store: &StoreId, person: &PersonId) -> PermissionSet {
    let role = state.stores.get(store).and_then(|store| store.members.get(person));
    role.map(|role| permissions(state, role)).unwrap_or_default()
}

fn active(state: &State, person: &PersonId, now: i64) -> Option<OrganizationRole> {
    let member = state.members.get(person)?;
    let enters = !member.suspended && member.ends_at.is_none_or(|end| end > now);
    enters.then_some(member.role)
}

/// What must hold in every state.
pub(super) fn sound(state: &State) {
    let owners: Vec<&Member> =
        state.members.values().filter(|m| m.role == OrganizationRole::Owner).collect();
    assert!(matches!(owners[..], [Member { suspended: false, ends_at: None, .. }]), "one Owner");
    for (id, store) in &state.stores {
        let stays = |person: &PersonId| {
            state.members.get(person).is_some_and(|m| !m.suspended && m.ends_at.is_none())
        };
        let found = store.members.iter().any(|(p, role)| role.is_administrator() && stays(p));
        assert!(found, "{id} keeps an Administrator");
        for person in store.members.keys() {
            assert!(state.members.contains_key(person), "{person} of {id} is a member");
        }
    }
}

/// Every permission that is new was given by somebody who had it, or who manages the organization.
fn given(before: &State, after: &State, actor: &PersonId, now: i64) {
    let manages = active(before, actor, now).is_some_and(OrganizationRole::manages);
    for (store, found) in &after.stores {
        for person in found.members.keys() {
            let new = held(after, store, person).without(held(before, store, person));
            let own = match active(before, actor, now) {
                Some(_) => held(before, store, actor),
                None => PermissionSet::EMPTY,
            };
            let may = own.contains(Permission::ManageMembers) && new.is_subset(own);
            assert!(new.is_empty() || manages || may, "{person} got {new:?} in {store}");
        }
    }
    for (person, member) in &after.members {
        let old = before.members.get(person).map(|member| member.role);
        if member.role.manages() && old != Some(member.role) {
            let owner = active(before, actor, now) == Some(OrganizationRole::Owner);
            let heir = member.role == OrganizationRole::Owner;
            assert!(if heir { owner } else { manages }, "{person} became {:?}", member.role);
        }
    }
}

/// Does it if the rules allow it; what was decided.
pub(super) fn play(
    state: &mut State,
    actor: &Actor,
    action: &Action,
    now: i64,
) -> Option<Vec<Effect>> {
    let effects = decide(state, actor, action, now).ok()?;
    effects.iter().for_each(|effect| state.apply(effect));
    Some(effects)
}

/// One sequence: how many wishes were granted.
fn sequence(seed: u64) -> usize {
    let mut dice = Dice::new(seed);
    let (mut state, mut now, mut granted) = (founded(), 1_000, 0);
    let mut invitations: Vec<Grant> = Vec::new();
    for _ in 0..WISHES {
        let before = state.clone();
        let actor = if dice.below(3) == 0 { person(0) } else { dice.person() };
        let done = match dice.below(8) {
            0 => {
                now += 1;
                let whom = dice.person();
                play(&mut state, &Actor::System, &Action::Expire(whom), now)
            }
            1..=3 if !invitations.is_empty() => {
                let n = dice.below(invitations.len() as u128);
                let grant = invitations.swap_remove(usize::try_from(n).unwrap_or(0));
                let accept = Action::Accept(actor.clone(), grant.clone());
                let done = play(&mut state, &Actor::System, &accept, now);
                accepted(&before, &state, &actor, &grant);
                sound(&state);
                granted += usize::from(done.is_some());
                continue;
            }
            4 => {
                // Invitations are given when they are made.
                let grant = dice.grant(now);
                let wish = Action::Invite(grant.clone());
                let done = play(&mut state, &Actor::Person(actor.clone()), &wish, now);
                if done.is_some() {
                    invited(&before, &grant, &actor, now);
                    invitations.push(grant);
                }
                done
            }
            _ => {
                let wish = dice.wish(now);
                play(&mut state, &Actor::Person(actor.clone()), &wish, now)
            }
        };
        granted += usize::from(done.is_some());
        sound(&state);
        given(&before, &state, &actor, now);
    }
    granted
}

/// Who invites holds what they give, or manages the organization.
fn invited(state: &State, grant: &Grant, actor: &PersonId, now: i64) {
    let standing = active(state, actor, now).expect("an active member");
    assert_ne!(grant.role, OrganizationRole::Owner);
    assert!(standing.manages() || !grant.role.manages());
    for (store, role) in &grant.stores {
        let own = held(state, store, actor);
        let within = permissions(state, role).is_subset(own);
        assert!(standing.manages() || own.contains(Permission::ManageMembers) && within);
    }
}

/// Who accepts gets what the invitation says, and nothing else changes.
fn accepted(before: &State, after: &State, person: &PersonId, grant: &Grant) {
    for (id, store) in &after.stores {
        for (other, role) in &store.members {
            if before.stores[id].members.get(other) != Some(role) {
                assert_eq!(other, person);
                assert!(grant.stores.contains(&(id.clone(), role.clone())));
            }
        }
    }
    let role = after.members.get(person).map(|member| member.role);
    let old = before.members.get(person).map(|member| member.role);
    assert!(role == old || role == Some(grant.role) || role.is_none());
}

#[test]
fn no_sequence_ends_without_owner_or_administrator_or_with_what_nobody_gave() {
    let threads: Vec<_> = (0..2_u64)
        .map(|thread| {
            std::thread::spawn(move || {
                let mut granted = 0;
                for seed in (0..SEQUENCES).filter(|seed| seed % 2 == thread) {
                    let ran = std::panic::catch_unwind(|| sequence(seed));
                    granted += ran.unwrap_or_else(|_| panic!("the sequence of seed {seed}"));
                }
                granted
            })
        })
        .collect();
    let granted: usize = threads.into_iter().map(|thread| thread.join().unwrap()).sum();
    // Else nothing was tested.
    assert!(granted > SEQUENCES as usize, "{granted}");
}
