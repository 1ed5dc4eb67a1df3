use super::{secret_place, store};
use crate::{
    Domain, Result,
    access::{ManageSecurity, OrganizationAccess},
    crypto::random_token,
    db::Conn,
    people,
    security::{Affected, Changing, store as security, store::SecurityRow},
};
use model::{Refusal, StoreId};
use serde_json::json;

type Access = OrganizationAccess<ManageSecurity>;

/// A store and its secret.
#[derive(Clone, Debug)]
pub struct Shop {
    /// The store.
    pub store: StoreId,
    /// Its name.
    pub name: String,
    /// Since when it has its secret, if it has one.
    pub since: Option<i64>,
}

/// Sign-in from shops, as its page shows it.
#[derive(Clone, Debug)]
pub struct Overview {
    /// Whether it is on (O-38: as long as nobody switches it off).
    pub on: bool,
    /// The stores, by name.
    pub shops: Vec<Shop>,
}

/// Sign-in from shops.
///
/// # Errors
/// Faults of the database only.
pub async fn overview(domain: &Domain, access: &Access) -> Result<Overview> {
    let read = async |conn: &mut Conn<'_>| {
        let on = security::load(conn, access.organization()).await?.shop_sign_in;
        Ok((on, store::shops(conn, access.organization()).await?))
    };
    let (on, rows) = domain.db.read(read).await?;
    let shop = |row: store::ShopRow| {
        Ok(Shop { store: people::id(row.id)?, name: row.name, since: row.since })
    };
    Ok(Overview { on, shops: rows.into_iter().map(shop).collect::<Result<_>>()? })
}

/// The members who have come that way, by name: whom switching it off concerns.
///
/// # Errors
/// Faults of the database only.
pub async fn used_by(domain: &Domain, access: &Access) -> Result<Vec<Affected>> {
    let rows = domain.db.read(async |conn| store::used_by(conn, access.organization()).await);
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

/// Switches it on or off. Off, everybody signs in with e-mail and password (O-39): what such links
/// have opened ends.
///
/// # Errors
/// As `Changing::begin`.
pub async fn set(domain: &Domain, access: &Access, on: bool) -> Result<()> {
    let (domain_, access) = (domain.clone(), access.clone());
    let write = async move |conn: &mut Conn<'_>| {
        let changing = Changing::begin(&domain_, conn, &access).await?;
        if !on {
            store::end_sessions(conn, access.organization(), domain_.now()).await?;
        }
        let after = SecurityRow { shop_sign_in: on, ..changing.before.clone() };
        changing.finish(conn, "security.shop_sign_in", after).await.map(drop)
    };
    domain.db.write(write).await
}

/// Makes a new secret for a store; the former one works no longer. It can be
/// [revealed](reveal) with what this gives, by the same session and for a while.
///
/// # Errors
/// [`Refusal::Gone`] where the organization has no such store; as `Changing::begin`.
pub async fn make_secret(domain: &Domain, access: &Access, store: &StoreId) -> Result<String> {
    let secret = format!("shs_{}", random_token(domain).expose());
    let sealed = domain.keys.seal(&secret_place(store), secret.as_bytes());
    let (domain_, access_, store_) = (domain.clone(), access.clone(), store.clone());
    let write = async move |conn: &mut Conn<'_>| {
        let (access, store) = (&access_, &store_);
        let changing = Changing::begin(&domain_, conn, access).await?;
        let shops = store::shops(conn, access.organization()).await?;
        let shop = shops.iter().find(|row| row.id == store.as_str()).ok_or(Refusal::Gone)?;
        store::set_secret(conn, store, &sealed, access.person(), domain_.now()).await?;
        let values =
            (json!({ "secret_since": shop.since }), json!({ "secret_since": domain_.now() }));
        changing.record(conn, "shop_secret.make", store.as_str(), values).await
    };
    domain.db.write(write).await?;
    let shown = format!("{}\n{secret}", domain.now() + SHOWN);
    Ok(domain.keys.seal(&reveal_place(access, store), shown.as_bytes()))
}

/// For so long after it was made a secret can be looked at, in milliseconds.
const SHOWN: i64 = 5 * 60 * 1000;

fn reveal_place(access: &Access, store: &StoreId) -> String {
    format!("shop_secret.reveal.{store}.{}", access.signed_in().session)
}

/// The secret that was just made in this session, or nothing any more.
pub fn reveal(domain: &Domain, access: &Access, store: &StoreId, shown: &str) -> Option<String> {
    let opened = domain.keys.open(&reveal_place(access, store), shown).ok()?;
    let text = String::from_utf8(opened.to_vec()).ok()?;
    let (until, secret) = text.split_once('\n')?;
    let until: i64 = until.parse().ok()?;
    (domain.now() < until).then(|| secret.to_owned())
}
