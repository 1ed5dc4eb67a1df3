//! The access simulator (A5): what would be decided of a person who comes from an address.
use super::network;
use crate::{
    Domain, Error, Result,
    access::{ManageSecurity, OrganizationAccess},
    db::Conn,
    gate::{Decision, Known, Listed, Reason, Session},
    session,
};
use model::{FieldError, PersonId, check::Fault};

/// How somebody signs in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum How {
    /// By password, and a second factor where there is one.
    #[default]
    Password,
    /// By a passkey.
    Passkey,
    /// By the organization's single sign-on.
    SingleSignOn,
}

impl How {
    /// Every way.
    pub const ALL: [How; 3] = [How::Password, How::Passkey, How::SingleSignOn];

    /// Its name in forms.
    pub const fn code(self) -> &'static str {
        match self {
            How::Password => "password",
            How::Passkey => "passkey",
            How::SingleSignOn => "single_sign_on",
        }
    }

    /// The way with this code.
    pub fn from_code(code: &str) -> Option<How> {
        How::ALL.into_iter().find(|how| how.code() == code)
    }
}

/// What would be decided.
#[derive(Clone, Debug)]
pub struct Simulation {
    /// The decision and its rule.
    pub decision: Decision,
    /// The line of the list that lets them in.
    pub line: Option<Listed>,
    /// The address, as requests from it are seen.
    pub address: String,
}

/// What would be decided of a person who has just signed in, from an address: by the very
/// function that decides.
///
/// # Errors
/// [`Error::Invalid`] (`address`).
pub async fn simulate(
    domain: &Domain,
    access: &OrganizationAccess<ManageSecurity>,
    person: &PersonId,
    address: &str,
    how: How,
) -> Result<Simulation> {
    let wrong = || Error::Invalid(vec![FieldError::new("address", Fault::Network)]);
    let address = network::address(address).ok_or_else(wrong)?;
    let now = domain.now();
    let read = async |conn: &mut Conn<'_>| {
        let known = Known::load(conn, access.organization(), person, now).await;
        Ok((known, session::has_second_factor(conn, person).await?))
    };
    let (known, second_factor) = domain.db.read(read).await?;
    let known = known?;
    let session = Session {
        single_sign_on: how == How::SingleSignOn,
        second_factor: second_factor || how == How::Passkey,
        ..Session::fresh(now)
    };
    let decision = known.decide(now, Some(address), session);
    let line = match &decision {
        Decision::Allowed(Reason::Listed(id)) => {
            known.list().iter().find(|line| line.id == *id).cloned()
        }
        _ => None,
    };
    Ok(Simulation { decision, line, address: address.to_string() })
}
