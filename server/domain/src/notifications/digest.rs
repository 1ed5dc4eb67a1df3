//! The digest: what happened in a store since the last one, in one mail. It grows with each event
//! and is taken out as a whole when it is due, so that of many processes one sends it.
use super::{
    audience::Audience,
    item::{Body, Item, What},
    period::{Period, weekday},
    raise::{read, send, write},
    recipients, store,
};
use crate::{Domain, Result, db::Conn, people, settings};
use model::{
    StoreId,
    settings::{Localization, Notifications, Settings as _},
};

/// Digests that one run looks for at once.
const BATCH: i64 = 50;

/// Adds what happened to the store's digest, if it wants one. Each event says anew when that is due,
/// because each may have changed what it depends on; one that is due already is left to its sender.
pub(super) async fn collect(
    domain: &Domain,
    conn: &mut Conn<'_>,
    settings: &Notifications,
    item: &Item,
) -> Result<()> {
    if Audience::of_digest(settings).nobody() {
        let own = Notifications::SECTION.key;
        if matches!(&item.what, What::Settings { section, .. } if section == own) {
            store::drop_digest(conn, &item.store).await?;
        }
        return Ok(());
    }
    let now = domain.now();
    let row = store::digest(conn, &item.store, now).await?;
    let mut body = read(&row.body)?;
    body.add(item.clone());
    let due = match row.due_at {
        due if due > 0 && due <= now => due,
        _ => due_after(conn, settings, &item.store, now).await?,
    };
    Ok(store::put_digest(conn, &item.store, &write(&body)?, due).await?)
}

async fn due_after(
    conn: &mut Conn<'_>,
    settings: &Notifications,
    store: &StoreId,
    now: i64,
) -> Result<i64> {
    let ways: Localization = settings::read(conn, store.as_str()).await?;
    let first = weekday(&ways.week_start);
    let period = Period {
        day: (settings.digest == "weekly").then_some(first),
        hour: i8::try_from(settings.digest_hour).unwrap_or_default(),
        zone: &ways.time_zone,
    };
    Ok(period.next(now))
}

/// Sends the digests that are due. Several processes may do so at once.
///
/// # Errors
/// Faults of the database only.
pub async fn send_due(domain: &Domain) -> Result<()> {
    let now = domain.now();
    let due = domain.db.read(async |conn| store::due(conn, now, BATCH).await).await?;
    for row in due {
        let (domain_, id) = (domain.clone(), people::id::<StoreId>(row.store_id)?);
        let write = async move |conn: &mut Conn<'_>| take(&domain_, conn, &id).await;
        domain.db.write(write).await?;
    }
    Ok(())
}

async fn take(domain: &Domain, conn: &mut Conn<'_>, id: &StoreId) -> Result<()> {
    let now = domain.now();
    let Some(row) = store::take_digest(conn, id, now).await? else { return Ok(()) };
    let body = read(&row.body)?;
    let settings: Notifications = settings::read(conn, id.as_str()).await?;
    let audience = Audience::of_digest(&settings);
    let organization = people::id(store::organization_of(conn, id).await?)?;
    for recipient in recipients::of(conn, id, &settings, audience, "", now).await? {
        // Nobody needs to be told what they did themselves, alone.
        let own = |item: &Item| {
            recipient.person.as_ref().is_some_and(|person| item.by.iter().all(|by| by == person))
        };
        let items: Vec<Item> = body.items.iter().filter(|item| !own(item)).cloned().collect();
        if !items.is_empty() {
            let body = Body { items, more: body.more, since: Some(row.since) };
            send(domain, conn, &organization, &recipient, &body).await?;
        }
    }
    Ok(())
}
