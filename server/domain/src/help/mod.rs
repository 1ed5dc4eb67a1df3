//! What people find behind the Help button: their store's own text and links, what they thought of
//! the product's articles, and tickets to the store's specialists.
mod page;
mod store;
#[cfg(test)]
mod tests;
mod ticket;
mod vote;

pub use page::{Page, page};
pub(crate) use store::ticket_to_mail;
pub use ticket::{State, Ticket, TicketForm, close, open};
pub use vote::{Opinion, opinion, vote};
