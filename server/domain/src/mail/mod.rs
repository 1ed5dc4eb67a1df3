//! What mails say. They are made when they are delivered, from the rows they are about, in the
//! language their effect names, as text and as HTML.
mod changes;
mod happened;
mod layout;
mod letter;
mod security;
mod store;
#[cfg(test)]
mod tests;
mod ticket;

pub use layout::Mail;
pub(crate) use letter::letter;
