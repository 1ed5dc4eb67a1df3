use super::{
    WINDOW,
    audience::Audience,
    digest,
    item::{Body, Item, What},
    recipients::{self, Recipient},
    store,
};
use crate::{
    Domain, Error, Result,
    db::Conn,
    outbox::{self, Effect},
    settings,
};
use model::{NotificationId, OrganizationId, StoreId, settings::Notifications};

/// Where something happens, who does it, and what it is part of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Happening<'a> {
    /// The organization that owns the store.
    pub(crate) organization: &'a OrganizationId,
    /// The store.
    pub(crate) store: &'a StoreId,
    /// A person's identifier, or [`SYSTEM`](crate::audit::SYSTEM). They are not written to.
    pub(crate) by: &'a str,
    /// One change of many stores: everybody gets one mail about all of it.
    pub(crate) batch: Option<&'a str>,
}

/// Tells whoever the store's settings name of what happens, in the transaction in which it does. To
/// be called before the audit entry is written. The mails leave after [`WINDOW`].
///
/// # Errors
/// Faults of the database only.
pub(crate) async fn raise(
    domain: &Domain,
    conn: &mut Conn<'_>,
    at: Happening<'_>,
    what: What,
) -> Result<()> {
    let settings: Notifications = settings::read(conn, at.store.as_str()).await?;
    let audience = Audience::of(&settings, &what);
    let item = Item { store: at.store.clone(), by: vec![at.by.to_owned()], at: domain.now(), what };
    digest::collect(domain, conn, &settings, &item).await?;
    if audience.nobody() {
        return Ok(());
    }
    let topic = match at.batch {
        Some(batch) => format!("batch {batch}"),
        None => format!("{} {}", at.store, item.what.topic()),
    };
    let found = recipients::of(conn, at.store, &settings, audience, at.by, domain.now()).await?;
    for recipient in found {
        add(domain, conn, at.organization, &recipient, &topic, item.clone()).await?;
    }
    Ok(())
}

/// Adds to the mail that collects this for the recipient, or begins it. The row stays locked until
/// the transaction ends, so that nothing is added to a mail that is being sent.
async fn add(
    domain: &Domain,
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    recipient: &Recipient,
    topic: &str,
    item: Item,
) -> Result<()> {
    let now = domain.now();
    let new = NotificationId::from_u128(domain.id_bits());
    let row = store::open(conn, &new, organization, &recipient.key, topic, now).await?;
    let mut body = read(&row.body)?;
    body.add(item);
    store::put(conn, organization, &row.id, &write(&body)?).await?;
    if row.id == new.as_str() {
        let effect = Effect::NotificationMail { notification: new, lang: recipient.lang };
        outbox::enqueue_at(domain, conn, &effect, now + WINDOW).await?;
    }
    Ok(())
}

/// Makes a mail that collects nothing more.
pub(super) async fn send(
    domain: &Domain,
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    recipient: &Recipient,
    body: &Body,
) -> Result<()> {
    let id = NotificationId::from_u128(domain.id_bits());
    let body = write(body)?;
    store::insert(conn, &id, organization, &recipient.key, &body, domain.now()).await?;
    let effect = Effect::NotificationMail { notification: id, lang: recipient.lang };
    outbox::enqueue(domain, conn, &effect).await?;
    Ok(())
}

pub(super) fn read(body: &str) -> Result<Body> {
    serde_json::from_str(body).map_err(|error| Error::Corrupt(format!("notification: {error}")))
}

pub(super) fn write(body: &Body) -> Result<String> {
    serde_json::to_string(body).map_err(|error| Error::Corrupt(format!("notification: {error}")))
}
