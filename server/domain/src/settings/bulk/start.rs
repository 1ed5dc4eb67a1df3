use super::{
    prepare::Draft,
    store::{self, New},
    task::{State, Task, write},
    view::batch,
};
use crate::{
    Domain, Error, Result,
    access::{self, ManageStoreSettings, OrganizationAccess},
    audit::{self, Change},
    db::Conn,
    flash, impact, people,
};
use model::{BatchId, Refusal, StoreId, access::OrganizationPermission};
use serde_json::json;

type Manage = OrganizationAccess<ManageStoreSettings>;
const NEEDS: OrganizationPermission = OrganizationPermission::ManageStoreSettings;

/// Starts what was prepared under `token`. `typed` must be the organization's name.
///
/// # Errors
/// [`Error::Invalid`] (`name`); [`Refusal::Gone`] where it was started already.
pub async fn start(
    domain: &Domain,
    access: &Manage,
    token: &str,
    draft: &Draft,
    typed: &str,
) -> Result<BatchId> {
    impact::confirm(access.name(), typed)?;
    let (domain_, access, token) = (domain.clone(), access.clone(), token.to_owned());
    let draft = draft.clone();
    let write = async move |conn: &mut Conn<'_>| {
        enter(&domain_, conn, &access).await?;
        flash::use_up(conn, &token).await?;
        let batch = begin(&domain_, conn, &access, &draft.task, &draft.stores).await?;
        let fields = draft.task.named();
        let new = json!({ "fields": fields, "stores": draft.stores.len() });
        record(&domain_, conn, &access, "batch.start", &batch, new).await?;
        Ok::<_, Error>(batch)
    };
    domain.db.write(write).await
}

async fn enter(domain: &Domain, conn: &mut Conn<'_>, access: &Manage) -> Result<()> {
    if !people::lock_organization(conn, access.organization()).await? {
        return Err(Error::NotFound);
    }
    access::recheck_organization(domain, conn, access, NEEDS).await
}

/// Puts a batch to the workers, in the transaction of what asks for it.
///
/// # Errors
/// Faults of the database only.
pub(crate) async fn begin(
    domain: &Domain,
    conn: &mut Conn<'_>,
    access: &Manage,
    task: &Task,
    stores: &[StoreId],
) -> Result<BatchId> {
    let id = BatchId::from_u128(domain.id_bits());
    let new = New {
        id: &id,
        organization: access.organization(),
        task: &write(task)?,
        by: access.person(),
        origin: &access.signed_in().origin,
        at: domain.now(),
    };
    store::insert(conn, &new, stores).await?;
    domain.bulk.notify_one();
    Ok(id)
}

/// The stores that taking a batch back is about: those in which it has changed something.
///
/// # Errors
/// [`Error::NotFound`] where the organization has no such batch; [`Refusal::Gone`] where it was
/// taken back already or is still under way.
pub async fn taken_back(
    domain: &Domain,
    access: &Manage,
    id: &BatchId,
) -> Result<Vec<(StoreId, String)>> {
    let found = batch(domain, access, id).await?;
    if found.undone_by.is_some() || found.running() {
        return Err(Refusal::Gone.into());
    }
    let read = async |conn: &mut Conn<'_>| store::in_state(conn, id, State::Applied.code()).await;
    let rows = domain.db.read(read).await?;
    rows.into_iter().map(|row| Ok((people::id(row.id)?, row.name))).collect()
}

/// Takes a batch back: each store gets what it had before, as new versions; what somebody has
/// changed since stays. `typed` must be the organization's name.
///
/// # Errors
/// [`Error::Invalid`] (`name`); as [`taken_back`].
pub async fn undo(domain: &Domain, access: &Manage, id: &BatchId, typed: &str) -> Result<BatchId> {
    let stores = taken_back(domain, access, id).await?;
    impact::confirm(access.name(), typed)?;
    let stores: Vec<StoreId> = stores.into_iter().map(|(store, _)| store).collect();
    let (domain_, access, id) = (domain.clone(), access.clone(), id.clone());
    let write = async move |conn: &mut Conn<'_>| {
        enter(&domain_, conn, &access).await?;
        let task = Task::Undo { batch: id.clone() };
        let batch = begin(&domain_, conn, &access, &task, &stores).await?;
        if !store::mark_undone(conn, access.organization(), &id, &batch).await? {
            return Err(Refusal::Gone.into());
        }
        let new = json!({ "batch": id, "stores": stores.len() });
        record(&domain_, conn, &access, "batch.undo", &batch, new).await?;
        Ok::<_, Error>(batch)
    };
    domain.db.write(write).await
}

async fn record(
    domain: &Domain,
    conn: &mut Conn<'_>,
    access: &Manage,
    action: &'static str,
    batch: &BatchId,
    new: serde_json::Value,
) -> Result<()> {
    let change = Change {
        chain: Some(access.organization()),
        store: None,
        actor: access.person().as_str(),
        action,
        subject: batch.as_str(),
        old: serde_json::Value::Null,
        new,
    };
    Ok(audit::record(domain, conn, &access.signed_in().origin, change).await?)
}
