use super::store;
use crate::{
    Domain, Error, Result,
    access::{self, StoreAccess, ViewStore},
    audit::{self, Change},
    db::Conn,
    localization,
    outbox::{self, Effect},
    people,
    session::attempts::{self, Subject},
    settings,
};
use model::{
    FieldError, Refusal, TicketId,
    access::Permission,
    check::{self, Fault},
    settings::Help,
};
use serde_json::{Value, json};

/// Tickets that one person opens within the attempts' window.
const LIMIT: i64 = 5;
/// The longest subject, in characters.
const SUBJECT: u32 = 120;
/// The longest message, in characters.
const MESSAGE: u32 = 5_000;

/// What somebody asks.
#[derive(Clone, Debug, Default)]
pub struct TicketForm {
    /// In a few words.
    pub subject: String,
    /// All of it.
    pub message: String,
}

/// What became of a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It waits for an answer.
    Open,
    /// Its mail could not be delivered.
    Failed,
    /// Who asked says that it is solved.
    Closed,
}

/// One's own ticket.
#[derive(Clone, Debug)]
pub struct Ticket {
    /// The ticket.
    pub id: TicketId,
    /// What it is about.
    pub subject: String,
    /// What became of it.
    pub state: State,
    /// When it was opened.
    pub created_at: i64,
}

pub(super) fn read(row: store::TicketRow) -> Result<Ticket> {
    let state = match row.state.as_str() {
        "closed" => State::Closed,
        _ if row.mail.as_deref() == Some("failed") => State::Failed,
        _ => State::Open,
    };
    Ok(Ticket { id: people::id(row.id)?, subject: row.subject, state, created_at: row.created_at })
}

/// Opens a ticket: mails it to the specialists that the store's settings name, with a copy to who
/// asks (C-51).
///
/// # Errors
/// [`Error::Invalid`] (`subject`, `message`); [`Refusal::TooManyAttempts`] after five in a quarter
/// of an hour; [`Refusal::Gone`] where the store names no specialists; as [`access::store`] where
/// access was lost in the meantime.
pub async fn open(
    domain: &Domain,
    access: &StoreAccess<ViewStore>,
    form: &TicketForm,
) -> Result<TicketId> {
    let form = checked(form)?;
    let (domain_, access) = (domain.clone(), access.clone());
    let write = async move |conn: &mut Conn<'_>| begin(&domain_, conn, &access, &form).await;
    domain.db.write(write).await
}

fn checked(form: &TicketForm) -> Result<TicketForm> {
    let subject = form.subject.trim().to_owned();
    let message = form.message.trim().replace("\r\n", "\n");
    let filled = |text: &str| if text.is_empty() { Err(Fault::Required) } else { Ok(()) };
    let faults = [
        ("subject", filled(&subject).and_then(|()| check::plain(&subject, SUBJECT, false))),
        ("message", filled(&message).and_then(|()| check::plain(&message, MESSAGE, true))),
    ];
    let faults = faults.into_iter();
    let faults: Vec<FieldError> =
        faults.filter_map(|(field, result)| Some(FieldError::new(field, result.err()?))).collect();
    if faults.is_empty() {
        Ok(TicketForm { subject, message })
    } else {
        Err(Error::Invalid(faults))
    }
}

async fn begin(
    domain: &Domain,
    conn: &mut Conn<'_>,
    access: &StoreAccess<ViewStore>,
    form: &TicketForm,
) -> Result<TicketId> {
    access::recheck(domain, conn, access, Permission::ViewStore).await?;
    let person = &access.signed_in().person;
    let subject = Subject::email(domain, "ticket", &person.email);
    attempts::limit(conn, &subject, LIMIT, domain.now()).await?;
    let help: Help = settings::read(conn, access.store().as_str()).await?;
    if help.address.is_empty() {
        return Err(Refusal::Gone.into());
    }
    let id = TicketId::from_u128(domain.id_bits());
    let lang = localization::language(conn, access.store()).await?;
    let mail = Effect::TicketMail { ticket: id.clone(), copy: false, lang };
    let outbox = outbox::enqueue(domain, conn, &mail).await?;
    let new = store::NewTicket {
        id: &id,
        organization: access.organization(),
        store: access.store(),
        person: &person.id,
        form,
        address: &help.address,
        outbox: &outbox,
        now: domain.now(),
    };
    store::insert(conn, &new).await?;
    let copy = Effect::TicketMail { ticket: id.clone(), copy: true, lang: person.language };
    outbox::enqueue(domain, conn, &copy).await?;
    // What was asked is between the person and the specialists; the log names the subject only.
    let new = json!({ "subject": form.subject, "address": help.address });
    record(domain, conn, access, ("ticket.open", &id), (Value::Null, new)).await?;
    Ok(id)
}

/// Says that one's own ticket is solved. Nothing happens to one that is.
///
/// # Errors
/// [`Refusal::Gone`] where the person has no such ticket here; as [`access::store`] where access
/// was lost in the meantime.
pub async fn close(domain: &Domain, access: &StoreAccess<ViewStore>, id: &TicketId) -> Result<()> {
    let (domain_, access, id) = (domain.clone(), access.clone(), id.clone());
    domain
        .db
        .write(async move |conn: &mut Conn<'_>| {
            access::recheck(&domain_, conn, &access, Permission::ViewStore).await?;
            let (store, person) = (access.store(), access.person());
            if store::close(conn, store, person, &id, domain_.now()).await? {
                let values = (json!({ "state": "open" }), json!({ "state": "closed" }));
                return record(&domain_, conn, &access, ("ticket.close", &id), values).await;
            }
            let known = store::known(conn, store, person, &id).await?;
            if known { Ok(()) } else { Err(Refusal::Gone.into()) }
        })
        .await
}

async fn record(
    domain: &Domain,
    conn: &mut Conn<'_>,
    access: &StoreAccess<ViewStore>,
    (action, id): (&'static str, &TicketId),
    (old, new): (Value, Value),
) -> Result<()> {
    let change = Change {
        chain: Some(access.organization()),
        store: Some(access.store()),
        actor: access.person().as_str(),
        action,
        subject: id.as_str(),
        old,
        new,
    };
    Ok(audit::record(domain, conn, &access.signed_in().origin, change).await?)
}
