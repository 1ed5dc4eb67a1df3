use super::SignedIn;
use crate::{Error, Result, people};
use model::{OrganizationId, Refusal};

/// For so long after somebody proved who they are they may do dangerous things, in milliseconds.
pub const CONFIRMED_FOR: i64 = 15 * 60 * 1000;

/// How a session was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Method {
    /// By the password, and a second factor where there is one.
    Password,
    /// By a passkey.
    Passkey,
    /// By the single sign-on of this organization.
    SingleSignOn(OrganizationId),
    /// By a link from a connected shop of this organization.
    ShopLink(OrganizationId),
    /// By accepting an invitation.
    Invitation,
}

impl Method {
    /// Its name in the database.
    pub const fn code(&self) -> &'static str {
        match self {
            Method::Password => "password",
            Method::Passkey => "passkey",
            Method::SingleSignOn(_) => "single_sign_on",
            Method::ShopLink(_) => "shop_link",
            Method::Invitation => "invitation",
        }
    }

    /// The organization that opened it: the only one that it enters.
    pub const fn organization(&self) -> Option<&OrganizationId> {
        match self {
            Method::SingleSignOn(organization) | Method::ShopLink(organization) => {
                Some(organization)
            }
            _ => None,
        }
    }

    /// Whether it proves possession and knowledge at once, as a passkey does that asks for a PIN or
    /// a finger: no second factor needs to follow.
    pub const fn is_strong(&self) -> bool {
        matches!(self, Method::Passkey)
    }

    /// Whether it proves who the person is. A link from a shop proves it to the shop only, so that
    /// dangerous things are asked for again.
    pub const fn confirms(&self) -> bool {
        !matches!(self, Method::ShopLink(_))
    }

    /// The method as stored.
    pub(crate) fn read(code: &str, organization: Option<String>) -> Result<Method> {
        Ok(match (code, organization) {
            ("password", _) => Method::Password,
            ("passkey", _) => Method::Passkey,
            ("single_sign_on", Some(organization)) => {
                Method::SingleSignOn(people::id(organization)?)
            }
            ("shop_link", Some(organization)) => Method::ShopLink(people::id(organization)?),
            ("invitation", _) => Method::Invitation,
            _ => return Err(Error::Corrupt(format!("session method {code}"))),
        })
    }
}

impl SignedIn {
    /// Whether the person proved who they are a short while ago, as dangerous things demand.
    ///
    /// # Errors
    /// [`Refusal::ConfirmIdentity`], which leads to the page that asks for it.
    pub fn recently_confirmed(&self, now: i64) -> Result<()> {
        if now - self.confirmed_at < CONFIRMED_FOR {
            Ok(())
        } else {
            Err(Refusal::ConfirmIdentity.into())
        }
    }
}
