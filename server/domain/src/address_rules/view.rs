use super::store::{self, PersonRow};
use crate::{
    Domain, Result,
    access::{ManageSecurity, OrganizationAccess},
    gate::{Decision, Known, Session},
    people,
    security::store as security,
};
use model::{AddressRuleId, PersonId};

/// A line of the list as its page shows it.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its identifier.
    pub id: AddressRuleId,
    /// Which addresses.
    pub network: String,
    /// What it is called.
    pub label: String,
    /// Until when.
    pub expires_at: Option<i64>,
    /// Whether that has passed.
    pub expired: bool,
    /// When it was added.
    pub created_at: i64,
    /// Who added it.
    pub created_by: String,
}

/// A member whom the list does not concern.
#[derive(Clone, Debug)]
pub struct Exemption {
    /// Who.
    pub who: Someone,
    /// Since when.
    pub since: i64,
}

/// A member.
#[derive(Clone, Debug)]
pub struct Someone {
    /// Who.
    pub id: PersonId,
    /// First and last name.
    pub name: String,
    /// E-mail address.
    pub email: String,
}

/// The list and whom it does not concern.
#[derive(Clone, Debug)]
pub struct Overview {
    /// Whether the list counts.
    pub only: bool,
    /// Its lines, oldest first.
    pub lines: Vec<Line>,
    /// Whom it does not concern.
    pub exemptions: Vec<Exemption>,
    /// What is decided of the reader, here and now, would the list count.
    pub own: Decision,
}

fn someone(row: &PersonRow) -> Result<Someone> {
    Ok(Someone {
        id: people::id(row.person_id.clone())?,
        name: format!("{} {}", row.first_name, row.last_name).trim().to_owned(),
        email: row.email.clone(),
    })
}

/// The list and whom it does not concern.
///
/// # Errors
/// Faults of the database only.
pub async fn overview(
    domain: &Domain,
    access: &OrganizationAccess<ManageSecurity>,
) -> Result<Overview> {
    let (organization, now) = (access.organization(), domain.now());
    let read = async |conn: &mut crate::db::Conn<'_>| {
        let only = security::load(conn, organization).await?.addresses_only;
        let (rules, exempt) =
            (store::rules(conn, organization).await?, store::exemptions(conn, organization).await?);
        let known = Known::load(conn, organization, access.person(), now).await;
        Ok((only, rules, exempt, known))
    };
    let (only, rules, exempt, known) = domain.db.read(read).await?;
    let line = |row: store::RuleRow| {
        Ok(Line {
            id: people::id(row.id)?,
            network: row.network,
            label: row.label,
            expires_at: row.expires_at,
            expired: row.expires_at.is_some_and(|end| end <= now),
            created_at: row.created_at,
            created_by: row.created_by.trim().to_owned(),
        })
    };
    let exemption = |row: &PersonRow| Ok(Exemption { who: someone(row)?, since: row.created_at });
    let address = super::address(&access.signed_in().origin.address);
    Ok(Overview {
        only,
        lines: rules.into_iter().map(line).collect::<Result<_>>()?,
        exemptions: exempt.iter().map(exemption).collect::<Result<_>>()?,
        own: known?.decide(now, address, Session::fresh(now)),
    })
}

/// The members of the organization to choose from, by name; the first thousand.
///
/// # Errors
/// Faults of the database only.
pub async fn members(
    domain: &Domain,
    access: &OrganizationAccess<ManageSecurity>,
) -> Result<Vec<Someone>> {
    let rows = domain.db.read(async |conn| store::members(conn, access.organization()).await);
    rows.await?.iter().map(someone).collect()
}
