use super::{
    lockout, network,
    store::{self, NewRule},
};
use crate::{
    Domain, Error, Result,
    access::{ManageSecurity, OrganizationAccess},
    db::Conn,
    format,
    security::{Changing, refused, store::SecurityRow},
};
use model::{
    AddressRuleId, FieldError, PersonId, Refusal,
    check::{self, Fault},
};
use serde_json::{Value, json};

type Access = OrganizationAccess<ManageSecurity>;

/// Puts an address or network on the list, until the end of a day (in the actor's time zone) or
/// for good.
///
/// # Errors
/// [`Error::Invalid`] (`network`, `label`, `until`); [`Refusal::AlreadyListed`]; as
/// `Changing::begin`.
pub async fn add(
    domain: &Domain,
    access: &Access,
    network: &str,
    label: &str,
    until: &str,
) -> Result<AddressRuleId> {
    let (network, label) = (network::parse(network), label.trim().to_owned());
    let zone = access.signed_in().person.time_zone.clone();
    let until = match until.trim() {
        "" => Ok(None),
        day => format::end_of_day(day, &zone, domain.now()).map(Some).ok_or(Fault::Day),
    };
    let faults = [
        ("network", network.err()),
        ("label", check::plain(&label, 80, false).err()),
        ("until", until.err()),
    ];
    let errors =
        faults.into_iter().filter_map(|(field, fault)| Some(FieldError::new(field, fault?)));
    let (Ok(network), Ok(expires_at)) = (network, until) else {
        return Err(Error::Invalid(errors.collect()));
    };
    let errors: Vec<FieldError> = errors.collect();
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let (domain_, access) = (domain.clone(), access.clone());
    let write = async move |conn: &mut Conn<'_>| {
        let changing = Changing::begin(&domain_, conn, &access).await?;
        let id = AddressRuleId::from_u128(domain_.id_bits());
        let network = network::show(network);
        let new = NewRule {
            id: &id,
            organization: access.organization(),
            network: &network,
            label: &label,
            expires_at,
            created_by: access.person(),
            now: domain_.now(),
        };
        if !store::insert(conn, &new).await? {
            return Err(Refusal::AlreadyListed.into());
        }
        let value = json!({ "network": network, "label": label, "expires_at": expires_at });
        changing.record(conn, "address.add", id.as_str(), (Value::Null, value)).await?;
        Ok(id)
    };
    domain.db.write(write).await
}

/// Takes a line off the list.
///
/// # Errors
/// [`Refusal::Gone`]; [`Refusal::LocksYouOut`], [`Refusal::LocksEverybodyOut`]; as
/// `Changing::begin`.
pub async fn remove(domain: &Domain, access: &Access, id: &AddressRuleId) -> Result<()> {
    let (domain_, access_, id) = (domain.clone(), access.clone(), id.clone());
    let write = async move |conn: &mut Conn<'_>| {
        let changing = Changing::begin(&domain_, conn, &access_).await?;
        let gone = store::delete(conn, access_.organization(), &id).await?;
        let gone = gone.ok_or(Refusal::Gone)?;
        keep_open(conn, &changing).await?;
        let value = json!({
            "network": gone.network, "label": gone.label, "expires_at": gone.expires_at,
        });
        changing.record(conn, "address.remove", id.as_str(), (value, Value::Null)).await
    };
    refused(domain, access, "address.remove.refused", domain.db.write(write).await).await
}

/// Lets the list count, or not.
///
/// # Errors
/// [`Refusal::LocksYouOut`], [`Refusal::LocksEverybodyOut`]; as `Changing::begin`.
pub async fn set_only(domain: &Domain, access: &Access, on: bool) -> Result<()> {
    let (domain_, access_) = (domain.clone(), access.clone());
    let write = async move |conn: &mut Conn<'_>| {
        let changing = Changing::begin(&domain_, conn, &access_).await?;
        if on {
            lockout::check(conn, &access_, domain_.now()).await?;
        }
        let after = SecurityRow { addresses_only: on, ..changing.before.clone() };
        changing.finish(conn, "security.addresses", after).await.map(drop)
    };
    refused(domain, access, "security.addresses.refused", domain.db.write(write).await).await
}

/// The list does not concern this member (G-14).
///
/// # Errors
/// [`Refusal::Gone`] where they are no member; as `Changing::begin`.
pub async fn exempt(domain: &Domain, access: &Access, person: &PersonId) -> Result<()> {
    let (domain_, access, person) = (domain.clone(), access.clone(), person.clone());
    let write = async move |conn: &mut Conn<'_>| {
        let changing = Changing::begin(&domain_, conn, &access).await?;
        let (organization, now) = (access.organization(), domain_.now());
        if !store::exempt(conn, organization, &person, access.person(), now).await? {
            let known = store::exemptions(conn, organization).await?;
            let already = known.iter().any(|row| row.person_id == person.as_str());
            return if already { Ok(()) } else { Err(Refusal::Gone.into()) };
        }
        let values = (json!({ "exempt": false }), json!({ "exempt": true }));
        changing.record(conn, "address.exempt", person.as_str(), values).await
    };
    domain.db.write(write).await
}

/// The list concerns this member again.
///
/// # Errors
/// [`Refusal::LocksYouOut`], [`Refusal::LocksEverybodyOut`]; as `Changing::begin`.
pub async fn no_longer_exempt(domain: &Domain, access: &Access, person: &PersonId) -> Result<()> {
    let (domain_, access_, person) = (domain.clone(), access.clone(), person.clone());
    let write = async move |conn: &mut Conn<'_>| {
        let changing = Changing::begin(&domain_, conn, &access_).await?;
        if !store::no_longer_exempt(conn, access_.organization(), &person).await? {
            return Ok(());
        }
        keep_open(conn, &changing).await?;
        let values = (json!({ "exempt": true }), json!({ "exempt": false }));
        changing.record(conn, "address.exempt", person.as_str(), values).await
    };
    refused(domain, access, "address.exempt.refused", domain.db.write(write).await).await
}

/// While the list counts, somebody who can change it must be let in.
async fn keep_open(conn: &mut Conn<'_>, changing: &Changing) -> Result<()> {
    if !changing.before.addresses_only {
        return Ok(());
    }
    lockout::check(conn, &changing.access, changing.domain.now()).await
}
