//! Single sign-on by OpenID Connect, one provider an organization: the authorization code flow with
//! PKCE, state and nonce.
//!
//! People are found again by issuer and subject, never by e-mail address. The first time, a
//! verified address finds a member who belongs to this organization alone: for that person the
//! organization may speak. Whoever belongs to others as well must link the provider themselves,
//! else one organization's provider could open another's doors. For the same reason such a session
//! enters no other organization.
mod finish;
mod link;
mod problem;
mod provider;
mod settings;
mod start;
mod store;
#[cfg(test)]
mod tests;
mod view;

pub use finish::{Arrived, Return, finish};
pub use link::{Linked, linked, unlink};
pub use problem::{Failure, Problem};
pub use settings::{Form, enforce, remove, save, test_connection};
pub use start::{Started, Waiting, find_organization, start, waiting};
pub use view::{Overview, StoreChoice, overview, without_identity};

/// Where a provider sends people back to, below the public address.
pub const CALLBACK: &str = "/account/sso/callback";
/// How long a sign-in at the provider may take, in milliseconds.
pub const VALID: i64 = 10 * 60 * 1000;

/// Where the client's secret of an organization is kept.
fn secret_place(organization: &model::OrganizationId) -> String {
    format!("organization_security.sso_client_secret.{organization}")
}
