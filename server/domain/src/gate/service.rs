use super::{
    Barrier, Decision, Demands, Facts, Listed, Session, Standing, decide,
    store::{self, DemandRow},
};
use crate::{
    Domain, Error, Result,
    access::{Method, SignedIn},
    address_rules::{address, parse},
    db::Conn,
    people,
};
use model::{OrganizationId, PersonId, access::OrganizationRole};
use std::net::IpAddr;

/// Somebody is stopped who belongs to the organization: why, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// Why.
    pub barrier: Barrier,
    /// The organization.
    pub organization: OrganizationId,
    /// Its name.
    pub name: String,
    /// The address that the request was seen to come from.
    pub address: String,
    /// Whether the session was opened by single sign-on, by which it can be opened anew.
    pub single_sign_on: bool,
    /// Names and e-mails of people who can change the rules, where it needs them.
    pub people: Vec<(String, String)>,
}

/// What is known of a person and an organization.
pub(crate) struct Known {
    name: String,
    standing: Standing,
    owner: bool,
    exempt: bool,
    two_factor_from: Option<i64>,
    idle: Option<i64>,
    absolute: Option<i64>,
    single_sign_on: bool,
    list: Option<Vec<Listed>>,
}

impl Known {
    /// Reads it, in one query.
    pub(crate) async fn load(
        conn: &mut Conn<'_>,
        organization: &OrganizationId,
        person: &PersonId,
        now: i64,
    ) -> Result<Known> {
        let rows = store::demands(conn, organization, person).await?;
        let first = rows.first().ok_or(Error::NotFound)?.clone();
        let list = rows.into_iter().filter_map(listed).collect::<Result<Vec<Listed>>>()?;
        Ok(Known {
            standing: match &first.role {
                None => Standing::Stranger,
                Some(_) if first.suspended_at.is_some() => Standing::Suspended,
                Some(_) if first.ends_at.is_some_and(|end| end <= now) => Standing::Ended,
                Some(_) => Standing::Active,
            },
            owner: first.role.as_deref() == Some(OrganizationRole::Owner.code()),
            name: first.organization,
            exempt: first.exempt,
            two_factor_from: first.two_factor_from,
            idle: first.session_idle,
            absolute: first.session_absolute,
            single_sign_on: first.sso_enforced.unwrap_or_default(),
            list: first.addresses_only.unwrap_or_default().then_some(list),
        })
    }

    /// The decision for this person with a session, from an address.
    pub(crate) fn decide(&self, now: i64, address: Option<IpAddr>, session: Session) -> Decision {
        decide(&Facts {
            now,
            standing: self.standing,
            owner: self.owner,
            address,
            exempt: self.exempt,
            session,
            demands: Demands {
                two_factor_from: self.two_factor_from,
                idle: self.idle,
                absolute: self.absolute,
                single_sign_on: self.single_sign_on,
                addresses: self.list.as_deref(),
            },
        })
    }

    /// The list of addresses, if they are limited.
    pub(crate) fn list(&self) -> &[Listed] {
        self.list.as_deref().unwrap_or_default()
    }
}

fn listed(row: DemandRow) -> Option<Result<Listed>> {
    let (id, network) = (row.rule_id?, row.network?);
    let broken = |_| Error::Corrupt(format!("network of {id}"));
    let network = match parse(&network).map_err(broken) {
        Ok(network) => network,
        Err(error) => return Some(Err(error)),
    };
    let label = row.label.unwrap_or_default();
    let expires_at = row.expires_at;
    Some(people::id(id).map(|id| Listed { id, network, label, expires_at }))
}

impl SignedIn {
    /// What counts of the session for an organization.
    fn session_for(&self, organization: &OrganizationId) -> Session {
        Session {
            single_sign_on: self.method == Method::SingleSignOn(organization.clone()),
            other_door: self.method.organization().is_some_and(|own| own != organization),
            second_factor: self.second_factor || self.method.is_strong(),
            // What opened it proved who it is, if not well enough for dangerous things.
            proved_at: self.confirmed_at.max(self.opened_at),
            pause: self.pause,
        }
    }
}

/// Whether the person may enter the organization now. To be asked only of organizations that
/// demand anything.
///
/// # Errors
/// [`Error::NotFound`] where they are no active member; [`Error::Stopped`] where a rule stops
/// them.
pub(crate) async fn check(
    conn: &mut Conn<'_>,
    signed_in: &SignedIn,
    organization: &OrganizationId,
    now: i64,
) -> Result<()> {
    let known = Known::load(conn, organization, &signed_in.person.id, now).await?;
    let session = signed_in.session_for(organization);
    let from = address(&signed_in.origin.address);
    let barrier = match known.decide(now, from, session) {
        Decision::Allowed(_) => return Ok(()),
        Decision::Denied(Barrier::Stranger | Barrier::Suspended | Barrier::Ended) => {
            return Err(Error::NotFound);
        }
        Decision::Denied(barrier) => barrier,
    };
    let people = match barrier {
        Barrier::Address => store::managers(conn, organization, now).await?,
        _ => Vec::new(),
    };
    let name = |row: &store::ManagerRow| format!("{} {}", row.first_name, row.last_name);
    Err(Error::Stopped(Box::new(Stop {
        barrier,
        organization: organization.clone(),
        name: known.name,
        address: from.map_or_else(String::new, |address| address.to_string()),
        single_sign_on: session.single_sign_on,
        people: people.into_iter().map(|row| (name(&row).trim().to_owned(), row.email)).collect(),
    })))
}

/// The name of an organization that a person is an active member of.
///
/// # Errors
/// Faults of the database only.
pub async fn member_of(
    domain: &Domain,
    signed_in: &SignedIn,
    organization: &OrganizationId,
) -> Result<Option<String>> {
    let (person, now) = (&signed_in.person.id, domain.now());
    let read = async |conn: &mut Conn<'_>| Ok(Known::load(conn, organization, person, now).await);
    match domain.db.read(read).await? {
        Ok(known) if known.standing == Standing::Active => Ok(Some(known.name)),
        Ok(_) | Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}
