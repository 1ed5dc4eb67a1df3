use super::{
    how,
    store::{self, InvitationRow, InvitedStore},
};
use crate::{
    Domain, Error, Result, access::SignedIn, branding, crypto::hash_token, db::Conn, images,
    people, roles,
};
use model::{Refusal, StoreId, access::OrganizationRole, text::Texts, view::InvitationView};

/// An invitation as its acceptance page shows it. Changes nothing: mail scanners open links.
///
/// # Errors
/// [`Refusal::LinkUnknown`] (also when it was cancelled), [`Refusal::LinkUsed`],
/// [`Refusal::LinkExpired`].
pub async fn view(
    domain: &Domain,
    token: &str,
    signed_in: Option<&SignedIn>,
    t: Texts,
) -> Result<InvitationView> {
    let row = find(domain, token).await?;
    let stores = domain.db.read(async |conn| store::stores(conn, &row.id).await).await?;
    let name = format!("{} {}", row.inviter_first_name, row.inviter_last_name);
    let other = signed_in.filter(|signed_in| signed_in.person.email != row.email);
    let standing = people::organization_role(&row.role)?;
    let brand = match sender(&stores, standing)? {
        Some(store) => domain.db.read(async |conn| branding::brand(conn, &store).await).await?,
        None => None,
    };
    let stores = named(&stores, t)?;
    Ok(InvitationView {
        id: people::id(row.id)?,
        // One store stands for itself, several for their organization.
        store: match stores.as_slice() {
            [(store, _)] => store.clone(),
            _ => row.organization.clone(),
        },
        role: match stores.as_slice() {
            [(_, role)] if !standing.manages() => role.clone(),
            _ => t.get(standing.label()).to_owned(),
        },
        stores,
        organization: row.organization,
        invited_by: name.trim().to_owned(),
        known: row.person_id.is_some(),
        styles: brand.as_ref().filter(|brand| brand.chosen).map(|brand| brand.colors.address()),
        logo: brand.is_some_and(|brand| brand.logo.is_some()),
        signed_in_as: other.map(|signed_in| signed_in.person.email.clone()),
        email: row.email,
    })
}

/// The store that an invitation comes from, where it is one store: it stands under that one's
/// logo and colours. Several stores, and who is to manage all of them, are the organization's.
pub(crate) fn sender(
    stores: &[InvitedStore],
    standing: OrganizationRole,
) -> Result<Option<StoreId>> {
    match stores {
        [row] if !standing.manages() => people::id(row.store_id.clone()).map(Some),
        _ => Ok(None),
    }
}

/// The logo on the acceptance page of a live invitation: its media type and bytes.
///
/// # Errors
/// As [`view`]; [`Error::NotFound`] where there is no logo.
pub async fn logo(domain: &Domain, token: &str) -> Result<(String, Vec<u8>)> {
    let row = find(domain, token).await?;
    let standing = people::organization_role(&row.role)?;
    let stores = domain.db.read(async |conn| store::stores(conn, &row.id).await).await?;
    let store = sender(&stores, standing)?.ok_or(Error::NotFound)?;
    let brand = domain.db.read(async |conn| branding::brand(conn, &store).await).await?;
    let logo = brand.and_then(|brand| brand.logo).ok_or(Error::NotFound)?;
    images::of_store(domain, &store, &logo).await?.ok_or(Error::NotFound)
}

/// Names of stores and of the roles there.
pub(crate) fn named(stores: &[InvitedStore], t: Texts) -> Result<Vec<(String, String)>> {
    let named = stores.iter().map(|row| {
        let role = people::role(&row.role)?;
        Ok((row.store.clone(), roles::name(&role, row.role_name.as_deref(), t)))
    });
    named.collect()
}

/// The live invitation with this token.
pub(super) async fn find(domain: &Domain, token: &str) -> Result<InvitationRow> {
    let (hash, now) = (hash_token(token), domain.now());
    domain.db.read(async |conn| Ok(live(conn, &hash, now).await)).await?
}

/// The invitation with this token, if it is live at `now`; why not, otherwise.
pub(super) async fn live(conn: &mut Conn<'_>, hash: &str, now: i64) -> Result<InvitationRow> {
    let row = store::by_token(conn, hash).await?.ok_or(Refusal::LinkUnknown)?;
    match row.how.as_deref() {
        Some(how::ACCEPTED) => Err(Refusal::LinkUsed.into()),
        Some(how::CANCELLED) => Err(Refusal::LinkUnknown.into()),
        Some(_) => Err(Refusal::LinkExpired.into()),
        None if row.expires_at <= now => Err(Refusal::LinkExpired.into()),
        None => Ok(row),
    }
}
