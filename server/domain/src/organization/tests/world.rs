//! A company whose members do things to each other, and what must come of it.
use crate::{
    Domain, Error, Result,
    access::{
        ManageMembers, ManageOrganizationMembers, SignedIn, ViewOrganization, ViewStore,
        organization, store,
    },
    crypto::Token,
    db::{Conn, sql},
    invitation, members,
    organization::{self as org, Invited, Inviting},
    row,
    testing::{self, Company, Dice, origin},
};
use model::{
    InvitationId, Refusal, StoreId,
    access::{OrganizationRole, StoreRole},
};
use std::collections::{BTreeMap, BTreeSet};

const PEOPLE: usize = 6;
const STORES: usize = 2;
const ROLES: [StoreRole; 3] = [StoreRole::Administrator, StoreRole::Marketer, StoreRole::Analyst];

row! { struct TextRow { text: String } }
row! { struct CountRow { n: i64 } }

/// What is given by an invitation that waits.
#[derive(Clone, Debug, PartialEq)]
struct Pending {
    id: InvitationId,
    role: OrganizationRole,
    stores: BTreeMap<usize, StoreRole>,
}

/// Who belongs where: nothing but what was granted.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Model {
    /// By person: role in the organization, and whether they are suspended.
    members: BTreeMap<usize, (OrganizationRole, bool)>,
    /// By store and person.
    pub(super) stores: [BTreeMap<usize, StoreRole>; STORES],
    /// By person.
    pending: BTreeMap<usize, Pending>,
}

impl Model {
    /// An Owner who is the Administrator of all stores.
    pub(super) fn new(owner: usize) -> Model {
        let administrator = || BTreeMap::from([(owner, StoreRole::Administrator)]);
        Model {
            members: BTreeMap::from([(owner, (OrganizationRole::Owner, false))]),
            stores: [administrator(), administrator()],
            pending: BTreeMap::new(),
        }
    }

    fn role(&self, person: usize) -> Option<OrganizationRole> {
        let (role, suspended) = self.members.get(&person)?;
        (!suspended).then_some(*role)
    }

    fn manages(&self, person: usize) -> bool {
        self.role(person).is_some_and(OrganizationRole::manages)
    }

    /// The role of who may enter a store.
    fn enters(&self, person: usize, store: usize) -> Option<StoreRole> {
        self.role(person).and(self.stores[store].get(&person).copied())
    }

    fn remove(&mut self, person: usize) {
        self.members.remove(&person);
        self.stores.iter_mut().for_each(|store| {
            store.remove(&person);
        });
    }

    /// As [`World::stored`].
    pub(super) fn stored(&self) -> BTreeSet<String> {
        let members = self.members.iter().map(|(person, (role, suspended))| {
            format!("{person} {}{}", role.code(), if *suspended { " suspended" } else { "" })
        });
        let stores = self.stores.iter().enumerate().flat_map(|(store, members)| {
            members.iter().map(move |(person, role)| format!("{store} {person} {}", role.code()))
        });
        let pending = self.pending.keys().map(|person| format!("{person} invited"));
        members.chain(stores).chain(pending).collect()
    }

    /// What must hold whatever was done.
    pub(super) fn sound(&self, act: &str) {
        let owners = self.members.values().filter(|(role, _)| *role == OrganizationRole::Owner);
        let owners: Vec<bool> = owners.map(|(_, suspended)| *suspended).collect();
        assert_eq!(owners, [false], "one Owner, who enters: {act}");
        for store in 0..STORES {
            let mut people = 0..PEOPLE;
            let found = people.any(|p| self.enters(p, store) == Some(StoreRole::Administrator));
            assert!(found, "store {store} keeps an Administrator: {act}");
            let belong = |person: &usize| self.members.contains_key(person);
            assert!(self.stores[store].keys().all(belong), "{act}");
        }
    }
}

/// The company, and what it should look like.
pub(super) struct World {
    domain: Domain,
    company: Company,
    stores: [StoreId; STORES],
    people: Vec<SignedIn>,
    pub(super) model: Model,
}

impl World {
    /// A new company; `number` makes it differ from others.
    pub(super) async fn new(domain: &Domain, number: usize) -> World {
        let company = testing::company(domain, &format!("Shop {number}")).await;
        let second = testing::another_store(domain, &company, "Second").await;
        let mut people = vec![company.owner.clone()];
        for person in 1..PEOPLE {
            people.push(testing::person(domain, &format!("p{person}@shop-{number}.example")).await);
        }
        let stores = [company.store.clone(), second];
        World { domain: domain.clone(), company, stores, people, model: Model::new(0) }
    }

    /// How many changes the audit log tells of; refused tries are none.
    pub(super) async fn entries(&self) -> usize {
        let chain = self.company.organization.as_str();
        let count = "SELECT COUNT(*) AS n FROM audit_entry
                     WHERE chain = $1 AND action NOT LIKE '%.refused'";
        let read = async |conn: &mut Conn<'_>| sql(count).bind(chain).one::<CountRow>(conn).await;
        usize::try_from(self.domain.db.read(read).await.unwrap().n).unwrap()
    }

    /// Who belongs where, as the database has it.
    pub(super) async fn stored(&self) -> BTreeSet<String> {
        let members = "SELECT person_id || ' ' || role ||
                CASE WHEN suspended_at IS NULL THEN '' ELSE ' suspended' END AS text
            FROM organization_member WHERE organization_id = $1
            UNION ALL SELECT m.store_id || ' ' || m.person_id || ' ' || m.role FROM store_member m
            JOIN store s ON s.id = m.store_id WHERE s.organization_id = $1
            UNION ALL SELECT p.id || ' invited' FROM invitation i JOIN person p ON p.email = i.email
            WHERE i.organization_id = $1 AND i.ended_at IS NULL";
        let organization = self.company.organization.as_str();
        let read =
            async |conn: &mut Conn<'_>| sql(members).bind(organization).all::<TextRow>(conn).await;
        let rows = self.domain.db.read(read).await.unwrap();
        rows.into_iter().map(|row| self.numbered(row.text)).collect()
    }

    /// A row with numbers in place of identifiers.
    fn numbered(&self, mut text: String) -> String {
        for (number, person) in self.people.iter().enumerate() {
            text = text.replace(person.person.id.as_str(), &number.to_string());
        }
        for (number, store) in self.stores.iter().enumerate() {
            text = text.replace(store.as_str(), &number.to_string());
        }
        text
    }

    /// Nobody enters what they do not belong to, and everybody what they do.
    pub(super) async fn everybody_enters_what_they_belong_to(&self, act: &str) {
        for (person, somebody) in self.people.iter().enumerate() {
            for (n, id) in self.stores.iter().enumerate() {
                let entered = store::<ViewStore>(&self.domain, somebody, id).await;
                let expected = self.model.enters(person, n).is_some();
                assert_eq!(entered.is_ok(), expected, "person {person}, store {n}: {act}");
            }
            let id = &self.company.organization;
            let entered = organization::<ViewOrganization>(&self.domain, somebody, id).await;
            assert_eq!(entered.is_ok(), self.model.role(person).is_some(), "{person}: {act}");
        }
    }

    /// One act of somebody upon somebody: what it was, and whether it changed anything. What was
    /// granted is in the model from then on.
    pub(super) async fn act(&mut self, dice: &mut Dice) -> (String, bool) {
        let (at, role, kind) = (dice.below(STORES), *dice.pick(&ROLES), dice.below(14));
        // Of what anybody wishes of anybody, most would be refused.
        let actor = match dice.once_in(3) {
            true => dice.below(PEOPLE),
            false => self.somebody(dice, |model, person| model.manages(person)),
        };
        let inside = kind > 5;
        let whom = match dice.once_in(4) {
            true => dice.below(PEOPLE),
            false => self.somebody(dice, |model, p| model.members.contains_key(&p) == inside),
        };
        let done = match kind {
            0 | 1 => self.invite(actor, whom, at, role, dice).await,
            2 => self.invite_to_store(actor, whom, at, role).await,
            3..=5 => self.accept(dice).await,
            6 => self.change_role(actor, whom, dice).await,
            7 | 8 => self.set_store_role(actor, whom, at, role, dice).await,
            9 => self.suspend_or_resume(actor, whom).await,
            10 => self.remove(actor, whom).await,
            11 => self.leave(actor).await,
            12 => self.transfer(actor, whom).await,
            _ => self.cancel(actor, whom).await,
        };
        (format!("act {kind} of {actor} upon {whom} in {at} with {role:?}"), done)
    }

    /// One of those of whom this is true; anybody where it is true of nobody.
    fn somebody(&self, dice: &mut Dice, is: impl Fn(&Model, usize) -> bool) -> usize {
        let all: Vec<usize> = (0..PEOPLE).filter(|person| is(&self.model, *person)).collect();
        if all.is_empty() { dice.below(PEOPLE) } else { *dice.pick(&all) }
    }

    /// Access as a manager: exactly who manages has it.
    async fn manage(
        &self,
        actor: usize,
    ) -> Option<crate::access::OrganizationAccess<ManageOrganizationMembers>> {
        let id = &self.company.organization;
        let access = organization(&self.domain, &self.people[actor], id).await.ok();
        assert_eq!(access.is_some(), self.model.manages(actor), "{actor} manages");
        access
    }

    async fn invite(
        &mut self,
        actor: usize,
        whom: usize,
        at: usize,
        role: StoreRole,
        dice: &mut Dice,
    ) -> bool {
        let standing = *dice.pick(&[OrganizationRole::Administrator, OrganizationRole::Member]);
        let Some(access) = self.manage(actor).await else { return false };
        let form = Inviting {
            role: standing.code().to_owned(),
            all_stores: false,
            stores: vec![self.stores[at].to_string()],
            store_role: role.code().to_owned(),
            ends_at: None,
        };
        let email = &self.people[whom].person.email;
        let lines = org::invite(&self.domain, &access, email, &form).await.unwrap();
        let expected = match (self.model.members.contains_key(&whom), self.model.pending.get(&whom))
        {
            (true, _) => Invited::Member,
            (false, Some(_)) => Invited::Pending,
            (false, None) => Invited::Sent,
        };
        assert_eq!(lines[0].result, expected);
        if expected == Invited::Sent {
            let id = self.pending_id(whom).await;
            let stores = BTreeMap::from([(at, role)]);
            self.model.pending.insert(whom, Pending { id, role: standing, stores });
        }
        expected == Invited::Sent
    }

    async fn pending_id(&self, whom: usize) -> InvitationId {
        let pending = "SELECT id AS text FROM invitation
                       WHERE organization_id = $1 AND email = $2 AND ended_at IS NULL";
        let (organization, email) =
            (self.company.organization.as_str(), self.people[whom].person.email.as_str());
        let read = async |conn: &mut Conn<'_>| {
            sql(pending).bind(organization).bind(email).one::<TextRow>(conn).await
        };
        self.domain.db.read(read).await.unwrap().text.parse().unwrap()
    }

    async fn invite_to_store(
        &mut self,
        actor: usize,
        whom: usize,
        at: usize,
        role: StoreRole,
    ) -> bool {
        let access = store::<ManageMembers>(&self.domain, &self.people[actor], &self.stores[at]);
        let access = access.await.ok();
        let administers = self.model.enters(actor, at) == Some(StoreRole::Administrator);
        assert_eq!(access.is_some(), administers, "{actor} manages the members of {at}");
        let Some(access) = access else { return false };
        let email = &self.people[whom].person.email;
        let invited = members::invite(&self.domain, &access, email, role.code()).await;
        let pending = self.model.pending.get(&whom);
        let expected = if self.model.stores[at].contains_key(&whom) {
            Err(Refusal::AlreadyMember)
        } else if pending.is_some_and(|pending| pending.stores.contains_key(&at)) {
            Err(Refusal::AlreadyInvited)
        } else {
            Ok(())
        };
        let (id, done) = match invited {
            Ok(id) => (Some(id), Ok(())),
            Err(Error::Refused(refusal)) => (None, Err(refusal)),
            Err(other) => panic!("{other}"),
        };
        assert_eq!(done, expected);
        if let Some(id) = id {
            let new = Pending { id, role: OrganizationRole::Member, stores: BTreeMap::new() };
            self.model.pending.entry(whom).or_insert(new).stores.insert(at, role);
        }
        done.is_ok()
    }

    /// Somebody opens the link of an invitation that waits: mostly who was invited.
    async fn accept(&mut self, dice: &mut Dice) -> bool {
        let waiting: Vec<usize> = self.model.pending.keys().copied().collect();
        if waiting.is_empty() {
            return false;
        }
        let invited = *dice.pick(&waiting);
        let who = if dice.once_in(4) { dice.below(PEOPLE) } else { invited };
        let pending = self.model.pending[&invited].clone();
        let token: Token = testing::invitation_token(&self.domain, &pending.id);
        let form = invitation::Acceptance::default();
        let by = Some(&self.people[who]);
        let accepted = invitation::accept(&self.domain, &origin(), by, token.expose(), form).await;
        match accepted {
            Ok(_) => assert_eq!(who, invited, "only who was invited accepts"),
            Err(Error::Refused(Refusal::OtherPerson)) => {
                assert_ne!(who, invited);
                return false;
            }
            Err(other) => panic!("{other}"),
        }
        self.model.pending.remove(&invited);
        self.model.members.entry(invited).or_insert((pending.role, false));
        for (store, role) in pending.stores {
            self.model.stores[store].entry(invited).or_insert(role);
        }
        true
    }

    async fn change_role(&mut self, actor: usize, whom: usize, dice: &mut Dice) -> bool {
        let role = *dice.pick(&OrganizationRole::ALL);
        let Some(access) = self.manage(actor).await else { return false };
        let id = &self.people[whom].person.id;
        let done = granted(org::change_role(&self.domain, &access, id, role.code()).await);
        if done {
            let member = self.model.members.get_mut(&whom).unwrap();
            assert_ne!(member.0, OrganizationRole::Owner, "the Owner stays");
            assert_ne!(role, OrganizationRole::Owner, "ownership is transferred only");
            member.0 = role;
        }
        done
    }

    async fn set_store_role(
        &mut self,
        actor: usize,
        whom: usize,
        at: usize,
        role: StoreRole,
        dice: &mut Dice,
    ) -> bool {
        let role = Some(role).filter(|_| !dice.once_in(3));
        let Some(access) = self.manage(actor).await else { return false };
        let (id, code) = (&self.people[whom].person.id, role.map_or("", StoreRole::code));
        let done = org::set_store_role(&self.domain, &access, id, &self.stores[at], code).await;
        let done = granted(done);
        match role {
            Some(role) if done => drop(self.model.stores[at].insert(whom, role)),
            None if done => drop(self.model.stores[at].remove(&whom)),
            _ => {}
        }
        done
    }

    async fn suspend_or_resume(&mut self, actor: usize, whom: usize) -> bool {
        let Some(access) = self.manage(actor).await else { return false };
        let id = &self.people[whom].person.id;
        let suspended = self.model.members.get(&whom).is_some_and(|(_, suspended)| *suspended);
        let done = match suspended {
            true => granted(org::resume(&self.domain, &access, id).await),
            false => granted(org::suspend(&self.domain, &access, id).await),
        };
        if done {
            self.model.members.get_mut(&whom).unwrap().1 = !suspended;
        }
        done
    }

    async fn remove(&mut self, actor: usize, whom: usize) -> bool {
        let Some(access) = self.manage(actor).await else { return false };
        let id = &self.people[whom].person.id;
        let done = granted(org::remove(&self.domain, &access, id).await);
        if done {
            self.model.remove(whom);
        }
        done
    }

    async fn leave(&mut self, actor: usize) -> bool {
        let id = &self.company.organization;
        let access = organization::<ViewOrganization>(&self.domain, &self.people[actor], id).await;
        let Ok(access) = access else { return false };
        let done = granted(org::leave(&self.domain, &access).await);
        if done {
            self.model.remove(actor);
        }
        done
    }

    async fn transfer(&mut self, actor: usize, whom: usize) -> bool {
        let Some(access) = self.manage(actor).await else { return false };
        let id = &self.people[whom].person.id;
        let name = access.name().to_owned();
        let done = granted(org::transfer(&self.domain, &access, id, &name).await);
        if done {
            let owner = self.model.members.get_mut(&actor).unwrap();
            assert_eq!(owner.0, OrganizationRole::Owner, "only the Owner gives it away");
            owner.0 = OrganizationRole::Administrator;
            self.model.members.get_mut(&whom).unwrap().0 = OrganizationRole::Owner;
        }
        done
    }

    async fn cancel(&mut self, actor: usize, whom: usize) -> bool {
        let Some(access) = self.manage(actor).await else { return false };
        let Some(pending) = self.model.pending.get(&whom) else { return false };
        org::cancel(&self.domain, &access, &pending.id).await.unwrap();
        self.model.pending.remove(&whom);
        true
    }
}

/// Only a rule may stand in the way, not the database.
fn granted(answer: Result<bool>) -> bool {
    match answer {
        Ok(changed) => changed,
        Err(Error::Refused(_)) => false,
        Err(other) => panic!("{other}"),
    }
}
