use super::{
    act::{Act, lock, name, record},
    load::{About, load},
    rules::{Action, Actor, decide},
    store,
};
use crate::{
    Domain, Error, Result,
    access::{ManageStores, OrganizationAccess, OrganizationMembership},
    db::Conn,
    impact::{Impact, members_of},
    people::{self, NewStore},
    roles,
    settings::{self, FirstValues},
};
use model::{
    FieldError, StoreId,
    access::OrganizationPermission,
    check,
    settings::{Document, Settings as _, StoreDetails},
    text::Texts,
};

type Manage = OrganizationAccess<ManageStores>;
const NEEDS: OrganizationPermission = OrganizationPermission::ManageStores;
/// Members are counted up to here.
const MOST: i64 = 1000;

/// A store as its organization's table shows it.
#[derive(Clone, Debug)]
pub struct OwnStore {
    /// The store.
    pub id: StoreId,
    /// Its name.
    pub name: String,
    /// Its web page; empty where not known.
    pub url: String,
    /// Its logo's address.
    pub logo: Option<String>,
    /// When it was registered.
    pub created_at: i64,
    /// Whether nobody has access to it.
    pub archived: bool,
    /// How many members it has, up to a thousand.
    pub members: i64,
    /// The name of the reader's own role in it.
    pub role: Option<String>,
}

/// The organization's stores, open ones first, by name.
///
/// # Errors
/// Faults of the database only.
pub async fn stores(
    domain: &Domain,
    access: &OrganizationMembership,
    t: Texts,
) -> Result<Vec<OwnStore>> {
    let (organization, person) = (access.organization(), access.person());
    let section = StoreDetails::SECTION.key;
    let read = async |conn: &mut Conn<'_>| {
        store::own_stores(conn, organization, person, section, MOST).await
    };
    let rows = domain.db.read(read).await?;
    // Who does not manage the organization sees the stores they work in.
    let seen = rows.into_iter().filter(|row| access.role().manages() || row.role.is_some());
    let stores = seen.map(|row| {
        let document: Document =
            row.body.and_then(|body| serde_json::from_str(&body).ok()).unwrap_or_default();
        let details = StoreDetails::read(&document);
        let role = row.role.map(|code| {
            let role = people::role(&code)?;
            Ok::<_, Error>(roles::name(&role, row.role_name.as_deref(), t))
        });
        Ok(OwnStore {
            id: people::id(row.id)?,
            name: row.name,
            url: details.store_url,
            logo: (!details.logo.is_empty()).then(|| format!("/media/{}", details.logo)),
            created_at: row.created_at,
            archived: row.archived,
            members: row.members,
            role: role.transpose()?,
        })
    });
    stores.collect()
}

/// A store to be registered.
#[derive(Clone, Debug, Default)]
pub struct NewStoreForm {
    /// Its name.
    pub name: String,
    /// Its web page, if it has one yet.
    pub url: String,
}

/// Registers a store; the actor becomes its Administrator.
///
/// # Errors
/// [`Error::Invalid`] (`name`, `url`); [`Refusal`](model::Refusal)s of the rules.
pub async fn add_store(domain: &Domain, access: &Manage, form: &NewStoreForm) -> Result<StoreId> {
    let (title, url) = (form.name.trim().to_owned(), form.url.trim().to_owned());
    let mut errors = Vec::new();
    if let Err(fault) = check::required(&title, 80) {
        errors.push(FieldError::new("name", fault));
    }
    if let Some(fault) =
        Some(&url).filter(|url| !url.is_empty()).and_then(|u| check::url(u, &[]).err())
    {
        errors.push(FieldError::new("url", fault));
    }
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    let (domain_, access) = (domain.clone(), access.clone());
    domain
        .db
        .write(async move |conn: &mut Conn<'_>| {
            lock(&domain_, conn, &access, NEEDS).await?;
            let (organization, person) = (access.organization(), access.person());
            let id = StoreId::from_u128(domain_.id_bits());
            let about = About { store: Some(id.clone()), ..About::default() };
            let state = load(conn, organization, person.as_str(), &about).await?;
            let action = Action::AddStore(id.clone());
            let effects = decide(&state, &Actor::Person(person.clone()), &action, domain_.now())?;
            let new = NewStore {
                id: id.clone(),
                organization: organization.clone(),
                name: title.clone(),
                created_at: domain_.now(),
            };
            people::insert_store(conn, &new).await?;
            for effect in &effects {
                store::write(&domain_, conn, organization, effect).await?;
            }
            let by = &access.signed_in().person;
            let first = FirstValues::from([
                ("name", title.as_str()),
                ("store_url", &url),
                ("contact_email", &by.email),
                ("language", by.language.code()),
            ]);
            settings::create_store(&domain_, conn, organization, &id, &first, person).await?;
            settings::policy::begin(&domain_, conn, organization, &id, person).await?;
            let values =
                (serde_json::Value::Null, serde_json::json!({ "name": title, "url": url }));
            let who = (person.as_str(), "store.register");
            let origin = &access.signed_in().origin;
            record(&domain_, conn, origin, organization, who, &about, values).await?;
            Ok(id)
        })
        .await
}

/// Whom archiving a store concerns: its name, and its members.
///
/// # Errors
/// [`Error::NotFound`] where the organization has no such store.
pub async fn impact(domain: &Domain, access: &Manage, id: &StoreId) -> Result<(String, Impact)> {
    let organization = access.organization();
    let read = async |conn: &mut Conn<'_>| store::store_name(conn, organization, id).await;
    let name = domain.db.read(read).await?.ok_or(Error::NotFound)?;
    let people = members_of(domain, organization, id).await?;
    Ok((name, Impact { people, ..Impact::default() }))
}

/// Closes a store for everybody; nothing of it is deleted.
///
/// # Errors
/// [`Refusal`](model::Refusal)s of the rules.
pub async fn archive(domain: &Domain, access: &Manage, id: &StoreId) -> Result<bool> {
    act(access, id, name!("store.archive"), Action::Archive(id.clone())).run(domain).await
}

/// Opens an archived store again, for the same members.
///
/// # Errors
/// As [`archive`].
pub async fn restore(domain: &Domain, access: &Manage, id: &StoreId) -> Result<bool> {
    act(access, id, name!("store.restore"), Action::Restore(id.clone())).run(domain).await
}

fn act(access: &Manage, id: &StoreId, name: super::act::Name, action: Action) -> Act {
    let about = About { store: Some(id.clone()), ..About::default() };
    let access: &OrganizationMembership = access;
    Act { access: access.clone(), needs: NEEDS, name, about, action }
}
