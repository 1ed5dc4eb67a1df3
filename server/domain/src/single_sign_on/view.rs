use super::{CALLBACK, store};
use crate::{
    Domain, Result,
    access::{ManageSecurity, OrganizationAccess},
    db::Conn,
    people,
    security::{Affected, store as security},
};
use model::{OrganizationId, StoreId};
use serde::{Deserialize, Serialize};

/// A store that people who join belong to, and their role there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoreChoice {
    /// The store.
    pub store: StoreId,
    /// The role's code.
    pub role: String,
}

/// What the stored list holds.
pub(super) struct Stores;

impl Stores {
    pub(super) fn read(stored: &str) -> Vec<StoreChoice> {
        serde_json::from_str(stored).unwrap_or_default()
    }
}

/// The settings of single sign-on, as their page shows them: never the client's secret.
#[derive(Clone, Debug)]
pub struct Overview {
    /// The provider's address.
    pub issuer: String,
    /// Our name there.
    pub client: String,
    /// Whether there is a secret.
    pub secret: bool,
    /// Domains of e-mail addresses, with commas between them.
    pub domains: String,
    /// Whether people of those domains join by signing in.
    pub join: bool,
    /// The stores that they then belong to.
    pub chosen: Vec<StoreChoice>,
    /// All stores to choose from, with their names.
    pub stores: Vec<(StoreId, String)>,
    /// Whether members must come that way.
    pub enforced: bool,
    /// What the provider must be told.
    pub redirect: String,
}

impl Overview {
    /// Whether there is a provider.
    pub fn set_up(&self) -> bool {
        !self.issuer.is_empty()
    }
}

/// The settings of single sign-on.
///
/// # Errors
/// Faults of the database only.
pub async fn overview(
    domain: &Domain,
    access: &OrganizationAccess<ManageSecurity>,
) -> Result<Overview> {
    let read = async |conn: &mut Conn<'_>| {
        let row = security::load(conn, access.organization()).await?;
        Ok((row, store::stores(conn, access.organization()).await?))
    };
    let (row, stores) = domain.db.read(read).await?;
    let stores = stores.into_iter().map(|row| Ok((people::id(row.id)?, row.name)));
    Ok(Overview {
        issuer: row.sso_issuer.unwrap_or_default(),
        client: row.sso_client_id.unwrap_or_default(),
        secret: row.sso_client_secret.is_some(),
        domains: row.sso_domains,
        join: row.sso_join,
        chosen: Stores::read(&row.sso_stores),
        stores: stores.collect::<Result<_>>()?,
        enforced: row.sso_enforced,
        redirect: format!("{}{CALLBACK}", domain.options.public_url),
    })
}

/// The members who have not come by the provider yet, by name: whom it stops until they do.
///
/// # Errors
/// Faults of the database only.
pub async fn without_identity(
    domain: &Domain,
    access: &OrganizationAccess<ManageSecurity>,
) -> Result<Vec<Affected>> {
    let (organization, now): (&OrganizationId, i64) = (access.organization(), domain.now());
    let rows = domain.db.read(async |conn| store::without_identity(conn, organization, now).await);
    let rows = rows.await?.into_iter().map(|row| {
        Ok(Affected {
            person: people::id(row.person_id)?,
            name: format!("{} {}", row.first_name, row.last_name).trim().to_owned(),
            email: row.email,
            role: people::organization_role(&row.role)?,
        })
    });
    rows.collect()
}
