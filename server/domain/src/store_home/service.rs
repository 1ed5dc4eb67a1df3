use super::store;
use crate::{
    Domain, Result,
    access::{self, SignedIn, StoreAccess, ViewStore},
    db::{self, Conn},
    format::Locale,
    reference, settings,
};
use model::{
    StoreId,
    access::{Permission, PermissionSet, RoleRef},
    settings::{Localization, StoreDetails},
    text::{Lang, Texts},
    view::StoreHome,
};

/// Administrators named to somebody who needs one.
const NAMED: i64 = 5;

/// A store's home page: what it is called, where it is, and whom to ask for access.
///
/// # Errors
/// Faults of the database only.
pub async fn home(domain: &Domain, access: &StoreAccess<ViewStore>) -> Result<StoreHome> {
    let (store, organization) = (access.store(), access.organization());
    let now = domain.now();
    let t = Texts::of(access.signed_in().person.language);
    let (organization, details, localization, administrators) = domain
        .db
        .read(async |conn| {
            let organization = store::organization(conn, organization).await?;
            let details: StoreDetails = settings::read(conn, store.as_str()).await?;
            let localization: Localization = settings::read(conn, store.as_str()).await?;
            Ok((organization, details, localization, named(conn, store, now).await?))
        })
        .await?;
    let zone = localization.time_zone.replace('_', " ");
    let local_time = Locale::of(t, &localization).date_time(now);
    let logo = Some(&details.logo).filter(|logo| !logo.is_empty());
    Ok(StoreHome {
        name: access.store_name().to_owned(),
        organization,
        logo: logo.map(|id| format!("/media/{id}")),
        address: address(&details, access.signed_in().person.language),
        url: details.store_url,
        local_time: format!("{local_time} ({zone})"),
        role: access.role_name(t),
        role_help: description(&access.role(), access.permissions(), t),
        configurable: access.permissions().contains(Permission::ViewSettings),
        administrators,
    })
}

/// What a role allows, in words: a preset's sentence, or the list of a custom role's permissions.
fn description(role: &RoleRef, permissions: PermissionSet, t: Texts) -> String {
    match role {
        RoleRef::Preset(preset) => t.get(preset.description()).to_owned(),
        RoleRef::Custom(_) => {
            let labels: Vec<&str> = permissions.iter().map(|p| t.get(p.label())).collect();
            labels.join(", ")
        }
    }
}

/// The postal address, a line each; none where neither street nor city is known.
fn address(details: &StoreDetails, lang: Lang) -> Vec<String> {
    let place = format!("{} {}", details.postal_code, details.city);
    let country = reference::country(lang, &details.country).unwrap_or_default().to_owned();
    let mut lines: Vec<String> = details.street.lines().map(str::to_owned).collect();
    lines.extend([place, details.region.clone(), country]);
    lines.iter().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
}

/// What a member is told who may not open the store's settings (C-20).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The store's name.
    pub store: String,
    /// The person's own role in it.
    pub role: RoleRef,
    /// Names and e-mails of the Administrators to ask, at most five.
    pub administrators: Vec<(String, String)>,
}

/// Whom to ask for access to a store's settings.
///
/// # Errors
/// [`NotFound`](crate::Error::NotFound) for those who do not belong to the store.
pub async fn administrators(
    domain: &Domain,
    signed_in: &SignedIn,
    store: &StoreId,
) -> Result<Refused> {
    let access: StoreAccess<ViewStore> = access::store(domain, signed_in, store).await?;
    let now = domain.now();
    let administrators = domain.db.read(async |conn| named(conn, store, now).await).await?;
    Ok(Refused { store: access.store_name().to_owned(), role: access.role(), administrators })
}

async fn named(
    conn: &mut Conn<'_>,
    store: &StoreId,
    now: i64,
) -> db::Result<Vec<(String, String)>> {
    let rows = store::administrators(conn, store, now, NAMED).await?;
    let name = |row: store::PersonRow| {
        (format!("{} {}", row.first_name, row.last_name).trim().to_owned(), row.email)
    };
    Ok(rows.into_iter().map(name).collect())
}
