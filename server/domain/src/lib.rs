//! What the product does, apart from how it is shown: rules (`service`) and SQL (`store`), a folder
//! a slice. Everything it needs from outside comes through [`Domain`].
#![warn(missing_docs)]

pub mod access;
pub mod account;
pub mod address_rules;
pub mod audit;
pub mod backup;
pub mod branding;
pub mod context;
pub mod crypto;
pub mod db;
pub mod demo;
mod error;
pub mod flash;
pub mod format;
pub mod gate;
pub mod help;
pub mod housekeeping;
pub mod images;
pub mod impact;
pub mod instance;
pub mod invitation;
pub mod localization;
pub mod mail;
pub mod mailbox;
pub mod members;
pub mod metrics;
pub mod notifications;
pub mod organization;
pub mod outbox;
pub mod outgoing;
pub mod passkey;
pub mod password_reset;
mod people;
pub mod presence;
pub mod reference;
pub mod registration;
pub mod roles;
pub mod search;
pub mod security;
pub mod session;
pub mod settings;
pub mod shop_sign_in;
pub mod single_sign_on;
pub mod store_home;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod two_factor;

pub use context::Domain;
pub use error::{Error, Result};
