use super::{
    change::differences,
    store::{self, SecurityRow},
};
use crate::{
    Domain, Error, Result,
    audit::{self, Change, SYSTEM},
    context::Origin,
    db::Conn,
    people,
};
use model::OrganizationId;

/// Lets people in again where rules have locked everybody out: limits addresses no longer and does
/// not enforce single sign-on. The operator does it from the command line; whether anything had to
/// be changed.
///
/// # Errors
/// [`Error::NotFound`] where there is no such organization.
pub async fn unlock(domain: &Domain, organization: &OrganizationId) -> Result<bool> {
    let (domain_, organization) = (domain.clone(), organization.clone());
    let write = async move |conn: &mut Conn<'_>| {
        people::lock_organization(conn, &organization).await?;
        if !store::exists(conn, &organization).await? {
            return Err(Error::NotFound);
        }
        let now = domain_.now();
        let before = store::lock(conn, &organization, SYSTEM, now).await?;
        let after = SecurityRow { addresses_only: false, sso_enforced: false, ..before.clone() };
        let (old, new) = differences(&before, &after);
        if new.is_empty() {
            return Ok(false);
        }
        store::save(conn, &organization, &after, SYSTEM, now).await?;
        let change = Change {
            chain: Some(&organization),
            store: None,
            actor: SYSTEM,
            action: "security.unlock",
            subject: organization.as_str(),
            old: old.into(),
            new: new.into(),
        };
        audit::record(&domain_, conn, &Origin::default(), change).await?;
        Ok(true)
    };
    domain.db.write(write).await
}
