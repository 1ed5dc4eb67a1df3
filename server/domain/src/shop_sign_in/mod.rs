//! Sign-in straight from a connected shop (O-37 to O-39): the shop signs a short-lived link for a
//! member of the store, with a secret that only it and this server have.
//!
//! The link proves who somebody is to the shop, not to us. So it enters that store's organization
//! only, a second factor is still asked for, and dangerous things ask for the password.
mod enter;
mod link;
mod settings;
mod store;
#[cfg(test)]
mod tests;

pub use enter::{enter, greet};
pub use link::{Link, VALID};
pub use settings::{Overview, Shop, make_secret, overview, reveal, set, used_by};

/// Where the secret of a store is kept.
fn secret_place(store: &model::StoreId) -> String {
    format!("shop_secret.secret.{store}")
}
