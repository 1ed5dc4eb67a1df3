//! Lists of e-mail domains, and whom they let in.
use super::store;
use crate::{Error, Result, db::Conn};
use model::{FieldError, OrganizationId, check::Fault};

/// The domains in a typed text, separated by commas, spaces or lines: in lower case, each once.
///
/// # Errors
/// [`Fault::Domain`], and [`Fault::TooLong`] for more than a thousand characters.
pub fn read(text: &str) -> Result<Vec<String>, Fault> {
    if text.chars().count() > 1000 {
        return Err(Fault::TooLong { max: 1000 });
    }
    let mut domains: Vec<String> = Vec::new();
    for part in text.split([',', ';', ' ', '\n', '\r', '\t']).filter(|part| !part.is_empty()) {
        let domain = part.trim_start_matches('@').to_lowercase();
        // What can stand behind the @ of an address.
        model::check::email(&format!("x@{domain}")).map_err(|_| Fault::Domain)?;
        if !domains.contains(&domain) {
            domains.push(domain);
        }
    }
    Ok(domains)
}

/// Whether an e-mail address is of one of the stored domains; any is if there are none.
pub(crate) fn admits(stored: &str, email: &str) -> bool {
    let domain = email.rsplit('@').next().unwrap_or_default();
    stored.is_empty() || stored.split(',').any(|allowed| allowed == domain)
}

/// Whether the organization invites people with this e-mail address.
///
/// # Errors
/// What the database says.
pub async fn invites(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    email: &str,
) -> Result<bool> {
    Ok(admits(&store::load(conn, organization).await?.invitation_domains, email))
}

/// Refuses an address that the organization does not invite.
///
/// # Errors
/// [`Error::Invalid`] (`email`).
pub async fn check_invited(
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    email: &str,
) -> Result<()> {
    if invites(conn, organization, email).await? {
        return Ok(());
    }
    Err(Error::Invalid(vec![FieldError::new("email", Fault::InvitationDomain)]))
}
