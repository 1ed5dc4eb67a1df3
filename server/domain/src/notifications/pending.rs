use super::{Item, audience::Audience, raise::read, store};
use crate::{Domain, Result, db::Conn, people, settings};
use model::{NotificationId, OrganizationId, PersonId, settings::Notifications};

/// A mail about changes, as far as its recipient may still know of them.
pub(crate) struct Told {
    pub(crate) organization: OrganizationId,
    /// The address.
    pub(crate) to: String,
    /// First name, if it goes to an Administrator.
    pub(crate) name: String,
    pub(crate) items: Vec<Item>,
    pub(crate) more: i64,
    /// It is a digest of what happened since then.
    pub(crate) since: Option<i64>,
    /// It goes to somebody as an Administrator, not to an address of the list.
    pub(crate) administrator: bool,
}

/// Nothing more is added to this mail: it is about to be sent.
///
/// # Errors
/// Faults of the database only.
pub(crate) async fn close(domain: &Domain, id: &NotificationId) -> Result<()> {
    let id = id.clone();
    Ok(domain.db.write(async move |conn: &mut Conn<'_>| store::close(conn, &id).await).await?)
}

/// What a mail tells; `None` where there is no such mail. Who is no longer an Administrator of a
/// store, or on its list of addresses, is told nothing of it.
pub(crate) async fn told(
    conn: &mut Conn<'_>,
    id: &NotificationId,
    now: i64,
) -> Result<Option<Told>> {
    let Some(row) = store::notification(conn, id).await? else { return Ok(None) };
    let body = read(&row.body)?;
    let person = row.recipient.parse::<PersonId>().ok();
    let (to, name) = match &person {
        Some(person) => match store::person(conn, person).await? {
            Some(row) => (row.email, row.first_name),
            None => return Ok(None),
        },
        None => (row.recipient, String::new()),
    };
    let mut told = Told {
        organization: people::id(row.organization_id)?,
        to,
        name,
        items: Vec::new(),
        more: body.more,
        since: body.since,
        administrator: person.is_some(),
    };
    for item in body.items {
        if may_know(conn, &told, person.as_ref(), &item, now).await? {
            told.items.push(item);
        }
    }
    Ok(Some(told))
}

async fn may_know(
    conn: &mut Conn<'_>,
    told: &Told,
    person: Option<&PersonId>,
    item: &Item,
    now: i64,
) -> Result<bool> {
    if let Some(person) = person {
        let now = store::administrators(conn, &item.store, now).await?;
        return Ok(now.iter().any(|row| row.id == person.as_str()));
    }
    let settings: Notifications = settings::read(conn, item.store.as_str()).await?;
    let audience = match told.since {
        Some(_) => Audience::of_digest(&settings),
        None => Audience::of(&settings, &item.what),
    };
    Ok(audience.addresses && settings.addresses.contains(&told.to))
}
