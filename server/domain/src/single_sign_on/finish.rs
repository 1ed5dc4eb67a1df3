use super::{
    Failure, Problem,
    provider::{self, Identity, Registered, Secrets},
    start,
    store::{self, FlowRow, PersonRow},
    view::Stores,
};
use crate::{
    Domain, Error, Result,
    access::{Method, Person},
    audit::{self, Change},
    context::Origin,
    crypto::{Token, hash_token},
    db::Conn,
    notifications::{self, Happening, What},
    people::{self, NewPerson},
    security::{
        domains,
        store::{self as security, SecurityRow},
    },
    session::{self, Entry},
};
use model::{
    MemberId, OrganizationId, PersonId, access::OrganizationRole, text::Lang, view::Theme,
};
use serde_json::{Value, json};

/// What a browser comes back from a provider with.
#[derive(Clone, Debug, Default)]
pub struct Return {
    /// The sign-in's state.
    pub state: String,
    /// The code to be redeemed.
    pub code: String,
    /// The provider's error.
    pub error: String,
    /// The issuer, where the provider tells it (RFC 9207).
    pub issuer: String,
    /// What the browser's cookie holds.
    pub browser: String,
}

/// Somebody has come back.
#[derive(Debug)]
pub struct Arrived {
    /// The new session; none where the provider was only linked.
    pub session: Option<Token>,
    /// Where to go on to.
    pub next: String,
}

/// Ends a sign-in at a provider: once, in the browser that began it.
///
/// # Errors
/// [`Problem`]; faults of the database.
pub async fn finish(domain: &Domain, origin: &Origin, back: &Return) -> Result<Arrived, Failure> {
    let (state, browser, now) = (hash_token(&back.state), hash_token(&back.browser), domain.now());
    let hash = state.clone();
    let take = async move |conn: &mut Conn<'_>| store::take_flow(conn, &hash, &browser, now).await;
    let flow = domain.db.write(take).await?.ok_or(Problem::Expired)?;
    let kept = start::open(domain, &state, &flow.sealed)?;
    let organization: OrganizationId = people::id(flow.organization_id.clone())?;
    let row = domain.db.read(async |conn| security::load(conn, &organization).await).await?;
    let at = Registered::read(domain, &organization, &row)?.ok_or(Problem::NotSetUp)?;
    if !back.error.is_empty() || back.code.is_empty() {
        return Err(Problem::Refused.into());
    }
    // Another provider's answer, passed off as this one's.
    if !back.issuer.is_empty() && back.issuer != at.issuer {
        return Err(Problem::Token.into());
    }
    let secrets = Secrets { state: back.state.clone(), nonce: kept.nonce, verifier: kept.verifier };
    let found = provider::redeem(&domain.outgoing, &at, &back.code, secrets, now).await;
    let identity = found.map_err(Problem::from)?;
    let (domain_, origin) = (domain.clone(), origin.clone());
    let arriving = Arriving { domain: domain_, origin, organization, row, identity, flow };
    let write = async move |conn: &mut Conn<'_>| arriving.run(conn).await;
    match domain.db.write(write).await {
        Ok(arrived) => Ok(arrived),
        Err(Undone::Problem(problem)) => Err(problem.into()),
        Err(Undone::Error(error)) => Err(error.into()),
    }
}

/// Why the transaction was undone.
enum Undone {
    Problem(Problem),
    Error(Error),
}

impl From<Problem> for Undone {
    fn from(problem: Problem) -> Undone {
        Undone::Problem(problem)
    }
}

impl From<Error> for Undone {
    fn from(error: Error) -> Undone {
        Undone::Error(error)
    }
}

impl From<crate::db::Error> for Undone {
    fn from(error: crate::db::Error) -> Undone {
        Undone::Error(error.into())
    }
}

/// Everything the transaction needs.
struct Arriving {
    domain: Domain,
    origin: Origin,
    organization: OrganizationId,
    row: SecurityRow,
    identity: Identity,
    flow: FlowRow,
}

impl Arriving {
    async fn run(self, conn: &mut Conn<'_>) -> Result<Arrived, Undone> {
        // What is joined or linked here is not changed by others meanwhile.
        people::lock_organization(conn, &self.organization).await?;
        let next = self.flow.next.clone();
        if let Some(person) = &self.flow.person_id {
            self.link_oneself(conn, person).await?;
            return Ok(Arrived { session: None, next });
        }
        let (person, elsewhere) = self.who(conn).await?;
        let (organization, now) = (&self.organization, self.domain.now());
        store::used(conn, organization, &self.identity.issuer, &self.identity.subject, now).await?;
        let method = Method::SingleSignOn(organization.clone());
        let entry = Entry { method, proof: "provider" };
        let opened = session::enter(&self.domain, conn, &self.origin, person, entry).await?;
        // One organization's provider is not enough to change what opens the others' doors.
        if elsewhere {
            session::unconfirmed(conn, &opened.0.session).await?;
        }
        Ok(Arrived { session: Some(opened.1), next })
    }

    /// Who it is (by subject, else by verified address, else somebody new), and whether they belong to
    /// another organization as well.
    async fn who(&self, conn: &mut Conn<'_>) -> Result<(Person, bool), Undone> {
        let (organization, identity) = (&self.organization, &self.identity);
        let (issuer, subject) = (identity.issuer.as_str(), identity.subject.as_str());
        if let Some(row) = store::by_subject(conn, organization, issuer, subject).await? {
            let elsewhere = row.elsewhere;
            if self.member(&row)? {
                return Ok((person(row)?, elsewhere));
            }
            // Somebody who left joins again like somebody new, under the name they had.
            self.may_join(&row.email)?;
            let person = person(row)?;
            self.join(conn, &person, false).await?;
            return Ok((person, elsewhere));
        }
        let email = identity.email.as_deref().ok_or(Problem::Email)?;
        let Some(row) = store::person(conn, organization, email).await? else {
            self.may_join(email)?;
            return Ok((self.join_anew(conn, email).await?, false));
        };
        // Nobody is taken over: the organization speaks for those only who are all its own.
        if !self.member(&row)? || row.elsewhere {
            return Err(Problem::Account.into());
        }
        let person = person(row)?;
        if store::is_linked(conn, organization, issuer, &person.id).await? {
            return Err(Problem::Identity.into());
        }
        self.link(conn, &person.id).await?;
        Ok((person, false))
    }

    /// Whether a person is an active member; a suspended one is told.
    fn member(&self, row: &PersonRow) -> Result<bool, Problem> {
        if row.role.is_some() && row.suspended_at.is_some() {
            return Err(Problem::Suspended);
        }
        let ended = row.ends_at.is_some_and(|end| end <= self.domain.now());
        Ok(row.role.is_some() && !ended)
    }

    fn may_join(&self, email: &str) -> Result<(), Problem> {
        let domains = &self.row.sso_domains;
        let admitted = !domains.is_empty() && domains::admits(domains, email);
        if self.row.sso_join && admitted { Ok(()) } else { Err(Problem::Stranger) }
    }

    async fn join_anew(&self, conn: &mut Conn<'_>, email: &str) -> Result<Person, Undone> {
        let first_name = match self.identity.first_name.as_str() {
            "" => email.split('@').next().unwrap_or_default().to_owned(),
            name => name.to_owned(),
        };
        let new = NewPerson {
            id: PersonId::from_u128(self.domain.id_bits()),
            email: email.to_owned(),
            first_name,
            last_name: self.identity.last_name.clone(),
            phone: String::new(),
            // None: who comes by a provider has no password until they choose one.
            password_hash: String::new(),
            language: self.origin.lang,
            data_consent_at: None,
            marketing_consent_at: None,
            last_seen_at: None,
            created_at: self.domain.now(),
        };
        if !people::insert(conn, &new).await? {
            return Err(Problem::Account.into());
        }
        let person = Person {
            id: new.id,
            email: new.email,
            first_name: new.first_name,
            last_name: new.last_name,
            language: new.language,
            theme: Theme::System,
            time_zone: String::new(),
        };
        self.join(conn, &person, true).await?;
        Ok(person)
    }

    /// Makes somebody a member with the default role, and of the stores that are set.
    async fn join(&self, conn: &mut Conn<'_>, person: &Person, new: bool) -> Result<(), Undone> {
        let (organization, now) = (&self.organization, self.domain.now());
        people::end_membership(conn, organization, &person.id, now).await?;
        let member = OrganizationRole::Member;
        people::join_organization(conn, organization, &person.id, member, None, now).await?;
        let stores = Stores::read(&self.row.sso_stores);
        let open = store::stores(conn, organization).await?;
        for choice in stores.iter().filter(|c| open.iter().any(|row| row.id == c.store.as_str())) {
            let id = MemberId::from_u128(self.domain.id_bits());
            let role = people::role(&choice.role)?;
            if people::join_store(conn, &id, &choice.store, &person.id, &role, now).await? {
                let (store, by) = (&choice.store, person.id.as_str());
                let at = Happening { organization, store, by, batch: None };
                let what = What::Joined { person: person.id.clone(), role: choice.role.clone() };
                notifications::raise(&self.domain, conn, at, what).await?;
            }
        }
        if new {
            let subject = (self.identity.issuer.as_str(), self.identity.subject.as_str());
            store::link(conn, organization, subject, &person.id, now).await?;
        }
        let stores: Vec<Value> = stores
            .iter()
            .map(|choice| json!({ "store": choice.store.as_str(), "role": choice.role }))
            .collect();
        let value = json!({
            "person": person.id.as_str(), "email": person.email, "role": member.code(),
            "stores": stores, "new_person": new,
        });
        self.record(conn, &person.id, "single_sign_on.join", (Value::Null, value)).await
    }

    async fn link(&self, conn: &mut Conn<'_>, person: &PersonId) -> Result<(), Undone> {
        let subject = (self.identity.issuer.as_str(), self.identity.subject.as_str());
        if !store::link(conn, &self.organization, subject, person, self.domain.now()).await? {
            return Err(Problem::Identity.into());
        }
        let value = json!({ "issuer": subject.0, "subject": subject.1 });
        self.record(conn, person, "single_sign_on.link", (Value::Null, value)).await
    }

    /// Links the provider to who began it while signed in: they have said so themselves, whatever
    /// address the provider knows.
    async fn link_oneself(&self, conn: &mut Conn<'_>, person: &str) -> Result<(), Undone> {
        let identity = &self.identity;
        let (issuer, subject) = (identity.issuer.as_str(), identity.subject.as_str());
        let row = store::person(conn, &self.organization, person).await?;
        let row = row.ok_or(Problem::Stranger)?;
        if !self.member(&row)? {
            return Err(Problem::Stranger.into());
        }
        let id: PersonId = people::id(row.id)?;
        match store::by_subject(conn, &self.organization, issuer, subject).await? {
            Some(known) if known.id == id.as_str() => Ok(()),
            Some(_) => Err(Problem::Identity.into()),
            None if store::is_linked(conn, &self.organization, issuer, &id).await? => {
                Err(Problem::Identity.into())
            }
            None => self.link(conn, &id).await,
        }
    }

    async fn record(
        &self,
        conn: &mut Conn<'_>,
        person: &PersonId,
        action: &'static str,
        (old, new): (Value, Value),
    ) -> Result<(), Undone> {
        let change = Change {
            chain: Some(&self.organization),
            store: None,
            actor: person.as_str(),
            action,
            subject: person.as_str(),
            old,
            new,
        };
        Ok(audit::record(&self.domain, conn, &self.origin, change).await?)
    }
}

fn person(row: PersonRow) -> Result<Person> {
    Ok(Person {
        id: people::id(row.id)?,
        email: row.email,
        first_name: row.first_name,
        last_name: row.last_name,
        language: Lang::from_code(&row.language).unwrap_or_default(),
        theme: Theme::from_code(&row.theme).unwrap_or_default(),
        time_zone: row.time_zone,
    })
}
