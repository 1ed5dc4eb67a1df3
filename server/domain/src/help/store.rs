use super::TicketForm;
use crate::{
    db::{Conn, Result, sql},
    row,
};
use model::{OrganizationId, OutboxId, PersonId, StoreId, TicketId};

row! {
    /// A ticket and the state of its mail.
    pub(super) struct TicketRow {
        pub(super) id: String,
        pub(super) subject: String,
        pub(super) state: String,
        pub(super) mail: Option<String>,
        pub(super) created_at: i64,
    }
}

row! {
    /// A ticket as its mails need it.
    pub(crate) struct TicketMailRow {
        pub(crate) store_id: String,
        pub(crate) store: String,
        pub(crate) subject: String,
        pub(crate) message: String,
        pub(crate) address: String,
        pub(crate) email: String,
        pub(crate) first_name: String,
        pub(crate) last_name: String,
    }
}

row! { struct KnownRow { id: String } }
row! { struct VoteRow { useful: bool } }
row! {
    pub(super) struct SumsRow {
        pub(super) votes: i64,
        pub(super) useful: i64,
    }
}

/// A ticket to be stored.
pub(super) struct NewTicket<'a> {
    pub(super) id: &'a TicketId,
    pub(super) organization: &'a OrganizationId,
    pub(super) store: &'a StoreId,
    pub(super) person: &'a PersonId,
    pub(super) form: &'a TicketForm,
    pub(super) address: &'a str,
    pub(super) outbox: &'a OutboxId,
    pub(super) now: i64,
}

pub(super) async fn insert(conn: &mut Conn<'_>, new: &NewTicket<'_>) -> Result<()> {
    sql("INSERT INTO ticket (id, organization_id, store_id, person_id, subject, message, address,
             state, outbox_id, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 'open', $8, $9)")
    .bind(new.id.as_str())
    .bind(new.organization.as_str())
    .bind(new.store.as_str())
    .bind(new.person.as_str())
    .bind(&new.form.subject)
    .bind(&new.form.message)
    .bind(new.address)
    .bind(new.outbox.as_str())
    .bind(new.now)
    .execute(conn)
    .await?;
    Ok(())
}

/// A person's newest tickets in a store.
pub(super) async fn tickets(
    conn: &mut Conn<'_>,
    store: &StoreId,
    person: &PersonId,
    limit: i64,
) -> Result<Vec<TicketRow>> {
    sql("SELECT t.id, t.subject, t.state, o.state AS mail, t.created_at
         FROM ticket t LEFT JOIN outbox o ON o.id = t.outbox_id
         WHERE t.store_id = $1 AND t.person_id = $2 ORDER BY t.created_at DESC, t.id DESC LIMIT $3")
    .bind(store.as_str())
    .bind(person.as_str())
    .bind(limit)
    .all(conn)
    .await
}

/// Closes a person's ticket; false where it is none of theirs, or closed.
pub(super) async fn close(
    conn: &mut Conn<'_>,
    store: &StoreId,
    person: &PersonId,
    id: &TicketId,
    now: i64,
) -> Result<bool> {
    let rows = sql("UPDATE ticket SET state = 'closed', closed_at = $1
         WHERE id = $2 AND store_id = $3 AND person_id = $4 AND state = 'open'")
    .bind(now)
    .bind(id.as_str())
    .bind(store.as_str())
    .bind(person.as_str())
    .execute(conn)
    .await?;
    Ok(rows == 1)
}

pub(super) async fn known(
    conn: &mut Conn<'_>,
    store: &StoreId,
    person: &PersonId,
    id: &TicketId,
) -> Result<bool> {
    let row: Option<KnownRow> =
        sql("SELECT id FROM ticket WHERE id = $1 AND store_id = $2 AND person_id = $3")
            .bind(id.as_str())
            .bind(store.as_str())
            .bind(person.as_str())
            .optional(conn)
            .await?;
    Ok(row.is_some_and(|row| row.id == id.as_str()))
}

pub(crate) async fn ticket_to_mail(
    conn: &mut Conn<'_>,
    id: &TicketId,
) -> Result<Option<TicketMailRow>> {
    sql("SELECT t.store_id, s.name AS store, t.subject, t.message, t.address, p.email,
             p.first_name, p.last_name
         FROM ticket t JOIN store s ON s.id = t.store_id JOIN person p ON p.id = t.person_id
         WHERE t.id = $1")
    .bind(id.as_str())
    .optional(conn)
    .await
}

pub(super) async fn vote(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    article: &str,
    person: &PersonId,
) -> Result<Option<bool>> {
    let row: Option<VoteRow> = sql("SELECT useful FROM help_vote
         WHERE organization_id = $1 AND article = $2 AND person_id = $3")
    .bind(organization.as_str())
    .bind(article)
    .bind(person.as_str())
    .optional(conn)
    .await?;
    Ok(row.map(|row| row.useful))
}

pub(super) async fn put_vote(
    conn: &mut Conn<'_>,
    (organization, article, person): (&OrganizationId, &str, &PersonId),
    useful: bool,
    now: i64,
) -> Result<()> {
    sql("INSERT INTO help_vote (organization_id, article, person_id, useful, voted_at)
         VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (organization_id, article, person_id)
             DO UPDATE SET useful = excluded.useful, voted_at = excluded.voted_at")
    .bind(organization.as_str())
    .bind(article)
    .bind(person.as_str())
    .bind(useful)
    .bind(now)
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn sums(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    article: &str,
) -> Result<Option<SumsRow>> {
    sql("SELECT votes, useful FROM help_count WHERE organization_id = $1 AND article = $2")
        .bind(organization.as_str())
        .bind(article)
        .optional(conn)
        .await
}

/// Adds to the sums of an article.
pub(super) async fn add(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    article: &str,
    (votes, useful): (i64, i64),
) -> Result<()> {
    sql("INSERT INTO help_count (organization_id, article, votes, useful) VALUES ($1, $2, $3, $4)
         ON CONFLICT (organization_id, article)
             DO UPDATE SET votes = help_count.votes + excluded.votes,
                 useful = help_count.useful + excluded.useful")
    .bind(organization.as_str())
    .bind(article)
    .bind(votes)
    .bind(useful)
    .execute(conn)
    .await?;
    Ok(())
}
