use crate::{
    db::{Conn, Result, sql},
    row,
};
use model::{NotificationId, OrganizationId, PersonId, StoreId, access::StoreRole};

row! {
    /// A person who can be written to.
    pub(super) struct PersonRow {
        pub(super) id: String,
        pub(super) email: String,
        pub(super) first_name: String,
        pub(super) language: String,
    }
}

row! {
    pub(super) struct OpenRow {
        pub(super) id: String,
        pub(super) body: String,
    }
}

row! {
    pub(super) struct NotificationRow {
        pub(super) organization_id: String,
        pub(super) recipient: String,
        pub(super) body: String,
    }
}

row! {
    pub(super) struct DigestRow {
        pub(super) body: String,
        pub(super) since: i64,
        pub(super) due_at: i64,
    }
}

row! { pub(super) struct DueRow { pub(super) store_id: String } }
row! { struct OrganizationRow { organization_id: String } }
row! { struct NameRow { name: String } }
row! { struct PersonNameRow { first_name: String, last_name: String } }

row! {
    pub(super) struct ExpiredRow {
        pub(super) id: String,
        pub(super) organization_id: String,
    }
}

row! { pub(super) struct ToldRow { pub(super) email: String } }

/// The store's Administrators who are active members, also of an archived store.
pub(super) async fn administrators(
    conn: &mut Conn<'_>,
    store: &StoreId,
    now: i64,
) -> Result<Vec<PersonRow>> {
    sql("SELECT p.id, p.email, p.first_name, p.language
         FROM store_member m
         JOIN store s ON s.id = m.store_id
         JOIN person p ON p.id = m.person_id
         JOIN organization_member o ON o.organization_id = s.organization_id
             AND o.person_id = m.person_id
         WHERE m.store_id = $1 AND m.role = $2 AND o.suspended_at IS NULL
             AND (o.ends_at IS NULL OR o.ends_at > $3)
         ORDER BY p.id")
    .bind(store.as_str())
    .bind(StoreRole::Administrator.code())
    .bind(now)
    .all(conn)
    .await
}

/// The mail that collects `topic` for the recipient; an empty one with `new` where there is none.
/// Its row is locked until the transaction ends.
pub(super) async fn open(
    conn: &mut Conn<'_>,
    new: &NotificationId,
    organization: &OrganizationId,
    recipient: &str,
    topic: &str,
    now: i64,
) -> Result<OpenRow> {
    sql("INSERT INTO notification (id, organization_id, recipient, open_topic, body, created_at)
         VALUES ($1, $2, $3, $4, '{\"items\":[]}', $5)
         ON CONFLICT (organization_id, recipient, open_topic)
             DO UPDATE SET open_topic = excluded.open_topic
         RETURNING id, body")
    .bind(new.as_str())
    .bind(organization.as_str())
    .bind(recipient)
    .bind(topic)
    .bind(now)
    .one(conn)
    .await
}

pub(super) async fn put(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    id: &str,
    body: &str,
) -> Result<()> {
    sql("UPDATE notification SET body = $1 WHERE id = $2 AND organization_id = $3")
        .bind(body)
        .bind(id)
        .bind(organization.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

/// A mail that collects nothing more.
pub(super) async fn insert(
    conn: &mut Conn<'_>,
    id: &NotificationId,
    organization: &OrganizationId,
    recipient: &str,
    body: &str,
    now: i64,
) -> Result<()> {
    sql("INSERT INTO notification (id, organization_id, recipient, open_topic, body, created_at)
         VALUES ($1, $2, $3, NULL, $4, $5)")
    .bind(id.as_str())
    .bind(organization.as_str())
    .bind(recipient)
    .bind(body)
    .bind(now)
    .execute(conn)
    .await?;
    Ok(())
}

/// From now on nothing is added to this mail.
pub(super) async fn close(conn: &mut Conn<'_>, id: &NotificationId) -> Result<()> {
    sql("UPDATE notification SET open_topic = NULL WHERE id = $1 AND open_topic IS NOT NULL")
        .bind(id.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

pub(super) async fn notification(
    conn: &mut Conn<'_>,
    id: &NotificationId,
) -> Result<Option<NotificationRow>> {
    sql("SELECT organization_id, recipient, body FROM notification WHERE id = $1")
        .bind(id.as_str())
        .optional(conn)
        .await
}

/// Forgets mails begun before `before`.
pub(crate) async fn forget(conn: &mut Conn<'_>, before: i64) -> Result<u64> {
    sql("DELETE FROM notification WHERE created_at < $1").bind(before).execute(conn).await
}

/// The store's digest, locked until the transaction ends; an empty one that is due at no time yet
/// where it had none.
pub(super) async fn digest(conn: &mut Conn<'_>, store: &StoreId, now: i64) -> Result<DigestRow> {
    sql("INSERT INTO digest (store_id, body, since, due_at) VALUES ($1, '{\"items\":[]}', $2, 0)
         ON CONFLICT (store_id) DO UPDATE SET store_id = excluded.store_id
         RETURNING body, since, due_at")
    .bind(store.as_str())
    .bind(now)
    .one(conn)
    .await
}

pub(super) async fn put_digest(
    conn: &mut Conn<'_>,
    store: &StoreId,
    body: &str,
    due: i64,
) -> Result<()> {
    sql("UPDATE digest SET body = $1, due_at = $2 WHERE store_id = $3")
        .bind(body)
        .bind(due)
        .bind(store.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

pub(super) async fn drop_digest(conn: &mut Conn<'_>, store: &StoreId) -> Result<()> {
    sql("DELETE FROM digest WHERE store_id = $1").bind(store.as_str()).execute(conn).await?;
    Ok(())
}

pub(super) async fn due(conn: &mut Conn<'_>, now: i64, limit: i64) -> Result<Vec<DueRow>> {
    sql("SELECT store_id FROM digest WHERE due_at <= $1 ORDER BY due_at LIMIT $2")
        .bind(now)
        .bind(limit)
        .all(conn)
        .await
}

/// Takes the store's digest out if it is due; of many who try, one gets it.
pub(super) async fn take_digest(
    conn: &mut Conn<'_>,
    store: &StoreId,
    now: i64,
) -> Result<Option<DigestRow>> {
    sql("DELETE FROM digest WHERE store_id = $1 AND due_at <= $2 RETURNING body, since, due_at")
        .bind(store.as_str())
        .bind(now)
        .optional(conn)
        .await
}

pub(super) async fn organization_of(conn: &mut Conn<'_>, store: &StoreId) -> Result<String> {
    let row: OrganizationRow = sql("SELECT organization_id FROM store WHERE id = $1")
        .bind(store.as_str())
        .one(conn)
        .await?;
    Ok(row.organization_id)
}

/// The name of a store of the organization; empty where it has no such store.
pub(crate) async fn store_name(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    store: &StoreId,
) -> Result<String> {
    let row: Option<NameRow> = sql("SELECT name FROM store WHERE id = $1 AND organization_id = $2")
        .bind(store.as_str())
        .bind(organization.as_str())
        .optional(conn)
        .await?;
    Ok(row.map(|row| row.name).unwrap_or_default())
}

/// The name of a person; empty where there is no such person.
pub(crate) async fn person_name(conn: &mut Conn<'_>, person: &str) -> Result<String> {
    let row: Option<PersonNameRow> = sql("SELECT first_name, last_name FROM person WHERE id = $1")
        .bind(person)
        .optional(conn)
        .await?;
    let name = row.map(|row| format!("{} {}", row.first_name, row.last_name));
    Ok(name.unwrap_or_default().trim().to_owned())
}

pub(super) async fn person(conn: &mut Conn<'_>, person: &PersonId) -> Result<Option<PersonRow>> {
    sql("SELECT id, email, first_name, language FROM person WHERE id = $1")
        .bind(person.as_str())
        .optional(conn)
        .await
}

/// Invitations whose time is over and whom nobody was told of.
pub(super) async fn expired(conn: &mut Conn<'_>, now: i64, limit: i64) -> Result<Vec<ExpiredRow>> {
    sql("SELECT id, organization_id FROM invitation
         WHERE ended_at IS NULL AND expires_at <= $1
             AND (expiry_told IS NULL OR expiry_told < expires_at)
         ORDER BY expires_at, id LIMIT $2")
    .bind(now)
    .bind(limit)
    .all(conn)
    .await
}

/// Remembers that it was told; the invited address, once.
pub(super) async fn tell(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    invitation: &str,
    now: i64,
) -> Result<Option<ToldRow>> {
    sql("UPDATE invitation SET expiry_told = expires_at
         WHERE id = $1 AND organization_id = $2 AND ended_at IS NULL AND expires_at <= $3
             AND (expiry_told IS NULL OR expiry_told < expires_at)
         RETURNING email")
    .bind(invitation)
    .bind(organization.as_str())
    .bind(now)
    .optional(conn)
    .await
}
