//! What mails say. They are made when they are delivered, from the rows they are about, in the
//! language their effect names, as text and as HTML.
mod layout;
mod letter;
mod security;
mod store;
#[cfg(test)]
mod tests;

pub use layout::Mail;
pub(crate) use letter::letter;
