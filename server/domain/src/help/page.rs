use super::{Ticket, store, ticket};
use crate::{
    Domain, Result,
    access::{StoreAccess, ViewStore},
    db::Conn,
    format::Locale,
    localization, settings,
};
use model::{access::Permission, settings::Help, text::Texts};

/// Tickets listed.
const TICKETS: i64 = 20;

/// A store's help page.
#[derive(Clone, Debug)]
pub struct Page {
    /// What the store's settings say.
    pub help: Help,
    /// How the store writes dates.
    pub locale: Locale,
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
    let t = Texts::of(access.signed_in().person.language);
    let read = async |conn: &mut Conn<'_>| {
        let help: Help = settings::read(conn, store.as_str()).await?;
        let tickets = store::tickets(conn, store, person, TICKETS).await?;
        // Without a ticket there is no time to be written.
        let locale = match tickets.is_empty() {
            true => Locale::without_store(t, "UTC"),
            false => localization::locale(conn, store, t).await?,
        };
        Ok((help, tickets, locale))
    };
    let (help, rows, locale) = domain.db.read(read).await?;
    Ok(Page {
        help,
        locale,
        tickets: rows.into_iter().map(ticket::read).collect::<Result<_>>()?,
        editable: access.permissions().contains(Permission::EditSettings),
    })
}
