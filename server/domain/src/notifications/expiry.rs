use super::{Happening, What, raise, store};
use crate::{Domain, Result, audit, db::Conn, invitation, people};
use model::{OrganizationId, StoreId};

/// Invitations that one run looks at.
const BATCH: i64 = 200;

/// Tells of invitations that nobody accepted in their time, once each. Several processes may do so
/// at once.
pub(crate) async fn tell_expired(domain: &Domain) -> Result<()> {
    let now = domain.now();
    let rows = domain.db.read(async |conn| store::expired(conn, now, BATCH).await).await?;
    for row in rows {
        let organization: OrganizationId = people::id(row.organization_id)?;
        let domain_ = domain.clone();
        let write =
            async move |conn: &mut Conn<'_>| tell(&domain_, conn, &organization, &row.id).await;
        domain.db.write(write).await?;
    }
    Ok(())
}

async fn tell(
    domain: &Domain,
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    id: &str,
) -> Result<()> {
    let Some(row) = store::tell(conn, organization, id, domain.now()).await? else {
        return Ok(());
    };
    for to in invitation::store::stores(conn, id).await? {
        let store: StoreId = people::id(to.store_id)?;
        let at = Happening { organization, store: &store, by: audit::SYSTEM, batch: None };
        raise(domain, conn, at, What::InvitationExpired { email: row.email.clone() }).await?;
    }
    Ok(())
}
