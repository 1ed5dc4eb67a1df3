//! Around signing in: second factor, passkey, forgotten password, links of mails.
pub mod api;
pub mod pages;
