use super::{Ticket, store, ticket};
use crate::{
    Domain, Result,
    access::{StoreAccess, ViewStore},
    db::Conn,
    settings,
};
use model::{access::Permission, settings::Help};

/// Tickets listed.
const TICKETS: i64 = 20;

/// A store's help page.
#[derive(Clone, Debug)]
pub struct Page {
    /// What the store's settings say.
    pub help: Help,
    /// The person's own tickets, newest first.
    pub tickets: Vec<Ticket>,
    /// Whether the person may change the settings.
    pub editable: bool,
}

/// What a store's people find behind the Help button (C-51, C-52).
///
/// # Errors
/// Faults of the database only.
pub async fn page(domain: &Domain, access: &StoreAccess<ViewStore>) -> Result<Page> {
    let (store, person) = (access.store(), access.person());
    let read = async |conn: &mut Conn<'_>| {
        let help: Help = settings::read(conn, store.as_str()).await?;
        Ok((help, store::tickets(conn, store, person, TICKETS).await?))
    };
    let (help, rows) = domain.db.read(read).await?;
    Ok(Page {
        help,
        tickets: rows.into_iter().map(ticket::read).collect::<Result<_>>()?,
        editable: access.permissions().contains(Permission::EditSettings),
    })
}
