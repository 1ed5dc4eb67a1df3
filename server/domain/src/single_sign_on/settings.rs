use super::{Failure, Problem, StoreChoice, provider, secret_place, store};
use crate::{
    Domain, Error, Result,
    access::{ManageSecurity, OrganizationAccess},
    db::Conn,
    security::{
        Changing, domains, refused,
        store::{self as security, SecurityRow},
    },
};
use model::{
    FieldError, Refusal, StoreId,
    access::StoreRole,
    check::{self, Fault},
};
use std::fmt;

type Access = OrganizationAccess<ManageSecurity>;

/// The form of single sign-on as it was typed.
#[derive(Clone, Default)]
pub struct Form {
    /// The provider's address.
    pub issuer: String,
    /// Our name there.
    pub client: String,
    /// Our secret there; empty: it stays.
    pub secret: String,
    /// Domains of e-mail addresses.
    pub domains: String,
    /// Whether people of those domains join by signing in.
    pub join: bool,
    /// The stores that they then belong to.
    pub stores: Vec<String>,
    /// Their role there.
    pub role: String,
}

impl fmt::Debug for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Form(..)")
    }
}

/// What of a form is stored.
struct Checked {
    issuer: String,
    client: String,
    secret: String,
    domains: Vec<String>,
    stores: Vec<StoreId>,
    role: StoreRole,
}

fn checked(form: &Form) -> Result<Checked> {
    let issuer = form.issuer.trim().to_owned();
    let (client, secret) = (form.client.trim().to_owned(), form.secret.trim().to_owned());
    let domains = domains::read(&form.domains);
    let stores: Result<Vec<StoreId>, _> = form.stores.iter().map(|store| store.parse()).collect();
    // An Administrator is made by people, not by a provider.
    let role = StoreRole::from_code(&form.role).filter(|role| *role != StoreRole::Administrator);
    let mut errors = Vec::new();
    let mut fault = |field: &str, fault: Fault| errors.push(FieldError::new(field, fault));
    if let Err(wrong) = check::required(&issuer, 300).and_then(|()| address(&issuer)) {
        fault("issuer", wrong);
    }
    if let Err(wrong) = check::required(&client, 300) {
        fault("client", wrong);
    }
    if let Err(wrong) = check::plain(&secret, 500, false) {
        fault("secret", wrong);
    }
    match &domains {
        Err(wrong) => fault("domains", *wrong),
        Ok(domains) if form.join && domains.is_empty() => fault("domains", Fault::Required),
        Ok(_) => {}
    }
    if stores.is_err() {
        fault("stores", Fault::Choice);
    }
    if role.is_none() {
        fault("role", Fault::Choice);
    }
    match (domains, stores, role) {
        (Ok(domains), Ok(stores), Some(role)) if errors.is_empty() => {
            Ok(Checked { issuer, client, secret, domains, stores, role })
        }
        _ => Err(Error::Invalid(errors)),
    }
}

/// An address of a provider: as a web address, but with hosts and ports of any kind, for a test's
/// or a company's own; whether it may be asked is found out when it is.
fn address(text: &str) -> Result<(), Fault> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let odd = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '\\' | '@' | '?' | '#');
    match rest {
        Some(rest) if !rest.is_empty() && !rest.starts_with('/') && !rest.contains(odd) => Ok(()),
        _ => Err(Fault::Url),
    }
}

/// Sets single sign-on up, or changes it. An empty secret stays as it is, unless the provider is
/// another one: a secret is never sent to whom it is not for.
///
/// # Errors
/// [`Error::Invalid`] (`issuer`, `client`, `secret`, `domains`, `stores`, `role`); as
/// `Changing::begin`.
pub async fn save(domain: &Domain, access: &Access, form: &Form) -> Result<()> {
    let (checked, join) = (checked(form)?, form.join);
    let (domain_, access) = (domain.clone(), access.clone());
    let write = async move |conn: &mut Conn<'_>| {
        let changing = Changing::begin(&domain_, conn, &access).await?;
        let before = &changing.before;
        let organization = access.organization();
        let known = store::stores(conn, organization).await?;
        if checked.stores.iter().any(|s| !known.iter().any(|row| row.id == s.as_str())) {
            return Err(Error::Invalid(vec![FieldError::new("stores", Fault::Choice)]));
        }
        let same = before.sso_issuer.as_deref() == Some(&checked.issuer);
        let secret = match checked.secret.as_str() {
            "" if same => before.sso_client_secret.clone(),
            "" => return Err(Error::Invalid(vec![FieldError::new("secret", Fault::Required)])),
            new => Some(domain_.keys.seal(&secret_place(organization), new.as_bytes())),
        };
        let choice = |store| StoreChoice { store, role: checked.role.code().to_owned() };
        let stores: Vec<StoreChoice> = checked.stores.into_iter().map(choice).collect();
        let stores = serde_json::to_string(&stores).map_err(|e| Error::Corrupt(e.to_string()))?;
        let after = SecurityRow {
            sso_issuer: Some(checked.issuer),
            sso_client_id: Some(checked.client),
            sso_client_secret: secret,
            sso_domains: checked.domains.join(","),
            sso_join: join,
            sso_stores: stores,
            // Another provider must first prove that people can come by it.
            sso_enforced: before.sso_enforced && same,
            ..before.clone()
        };
        changing.finish(conn, "security.single_sign_on", after).await.map(drop)
    };
    domain.db.write(write).await
}

/// Takes the provider away: everybody signs in with e-mail and password again.
///
/// # Errors
/// As `Changing::begin`.
pub async fn remove(domain: &Domain, access: &Access) -> Result<()> {
    let (domain_, access) = (domain.clone(), access.clone());
    let write = async move |conn: &mut Conn<'_>| {
        let changing = Changing::begin(&domain_, conn, &access).await?;
        let none = SecurityRow::default();
        let after = SecurityRow {
            sso_issuer: None,
            sso_client_id: None,
            sso_client_secret: None,
            sso_domains: none.sso_domains,
            sso_join: false,
            sso_stores: none.sso_stores,
            sso_enforced: false,
            ..changing.before.clone()
        };
        changing.finish(conn, "security.single_sign_on", after).await.map(drop)
    };
    domain.db.write(write).await
}

/// Demands that members come by the provider, or no longer. The Owner may still use a password.
///
/// # Errors
/// [`Refusal::NoSingleSignOn`] where there is no provider; as `Changing::begin`.
pub async fn enforce(domain: &Domain, access: &Access, on: bool) -> Result<()> {
    let (domain_, access_) = (domain.clone(), access.clone());
    let write = async move |conn: &mut Conn<'_>| {
        let changing = Changing::begin(&domain_, conn, &access_).await?;
        if on && changing.before.sso_issuer.is_none() {
            return Err(Refusal::NoSingleSignOn.into());
        }
        let after = SecurityRow { sso_enforced: on, ..changing.before.clone() };
        changing.finish(conn, "security.single_sign_on", after).await.map(drop)
    };
    let answer = domain.db.write(write).await;
    refused(domain, access, "security.single_sign_on.refused", answer).await
}

/// Asks the provider what it is able to do.
///
/// # Errors
/// [`Problem`]; faults of the database.
pub async fn test_connection(domain: &Domain, access: &Access) -> Result<(), Failure> {
    let row =
        domain.db.read(async |conn| security::load(conn, access.organization()).await).await?;
    let issuer = row.sso_issuer.ok_or(Problem::NotSetUp)?;
    provider::discover(&domain.outgoing, &issuer).await.map_err(Problem::from)?;
    Ok(())
}
