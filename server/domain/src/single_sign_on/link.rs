use super::store;
use crate::{
    Domain, Result,
    access::SignedIn,
    audit::{self, Change},
    db::Conn,
    people,
};
use model::OrganizationId;
use serde_json::json;

/// An organization of a person that has a provider.
#[derive(Clone, Debug)]
pub struct Linked {
    /// The organization.
    pub organization: OrganizationId,
    /// Its name.
    pub name: String,
    /// The provider's address.
    pub issuer: String,
    /// When the person last came that way, if they are linked.
    pub used_at: Option<i64>,
}

/// The organizations of a person that have a provider, by name.
///
/// # Errors
/// Faults of the database only.
pub async fn linked(domain: &Domain, signed_in: &SignedIn) -> Result<Vec<Linked>> {
    let (person, now) = (&signed_in.person.id, domain.now());
    let rows = domain.db.read(async |conn| store::links(conn, person, now).await).await?;
    let rows = rows.into_iter().map(|row| {
        Ok(Linked {
            organization: people::id(row.organization_id)?,
            name: row.organization,
            issuer: row.issuer,
            used_at: row.used_at,
        })
    });
    rows.collect()
}

/// The organization's provider speaks for the person no longer.
///
/// # Errors
/// [`ConfirmIdentity`](model::Refusal::ConfirmIdentity); faults of the database.
pub async fn unlink(
    domain: &Domain,
    signed_in: &SignedIn,
    organization: &OrganizationId,
) -> Result<()> {
    signed_in.recently_confirmed(domain.now())?;
    let (domain_, signed_in, organization) =
        (domain.clone(), signed_in.clone(), organization.clone());
    let write = async move |conn: &mut Conn<'_>| {
        let person = &signed_in.person.id;
        if !store::unlink(conn, &organization, person).await? {
            return Ok(());
        }
        let change = Change {
            chain: Some(&organization),
            store: None,
            actor: person.as_str(),
            action: "single_sign_on.unlink",
            subject: person.as_str(),
            old: json!({ "linked": true }),
            new: json!({ "linked": false }),
        };
        audit::record(&domain_, conn, &signed_in.origin, change).await
    };
    Ok(domain.db.write(write).await?)
}
