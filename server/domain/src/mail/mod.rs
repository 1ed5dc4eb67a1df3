//! What mails say. They are made when they are delivered, from the rows they are about, in the
//! language their effect names, as text and as HTML. A store's mails have its logo and colours and
//! write dates as it does.
mod changes;
mod dress;
mod happened;
mod layout;
mod letter;
mod security;
mod store;
#[cfg(test)]
mod tests;
mod ticket;

pub(crate) use layout::LOGO;
pub use layout::Mail;
pub(crate) use letter::letter;
