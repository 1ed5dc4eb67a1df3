use super::store::{self, DocumentRow};
use crate::{
    Domain, Error, Result,
    access::{self, SignedIn, ViewOrganization, ViewStore},
    settings::shown,
};
use model::{
    OrganizationId,
    access::{OrganizationPermission, OrganizationRole, Permission, PermissionSet},
    settings::{Document, Field, Kind, Place, Scope, Section, Value, sections},
    text::Texts,
};
use std::collections::BTreeMap;

/// Of a value only its beginning is searched, in characters.
const LONGEST: usize = 200;

/// What the person may do at a place.
#[derive(Clone, Copy, Debug)]
pub enum Standing {
    /// In a store.
    Store(PermissionSet),
    /// In an organization.
    Organization(OrganizationRole),
}

impl Standing {
    /// Whether the person may do this in the store.
    pub fn may(self, permission: Permission) -> bool {
        matches!(self, Standing::Store(set) if set.contains(permission))
    }

    /// Whether the person may do this in the organization.
    pub fn may_in_organization(self, permission: OrganizationPermission) -> bool {
        matches!(self, Standing::Organization(role) if role.allows(permission))
    }

    fn sees(self, scope: Scope) -> bool {
        match scope {
            Scope::Store { view, .. } => self.may(view),
            Scope::Organization { view, .. } => self.may_in_organization(view),
        }
    }
}

/// A section at a place.
#[derive(Clone, Debug)]
pub struct Found {
    /// Which.
    pub section: &'static Section,
    /// Whether the person may see what it holds.
    pub open: bool,
    /// What its fields hold, as people read it, by key: nothing secret, and nothing at all where
    /// the person may not see it.
    pub values: BTreeMap<&'static str, String>,
}

/// A store or an organization with its sections.
#[derive(Clone, Debug)]
pub struct Shelf {
    /// Which.
    pub place: Place,
    /// Its name.
    pub name: String,
    /// The organization that it is, or that owns the store.
    pub organization: OrganizationId,
    /// What the person may do there.
    pub standing: Standing,
    /// Its sections, in the order of the tab selector.
    pub sections: Vec<Found>,
}

/// What the person can look for at `place`; nothing where they may not even know of it, or may not
/// enter now.
///
/// # Errors
/// Faults of the database only.
pub async fn shelf(
    domain: &Domain,
    signed_in: &SignedIn,
    t: Texts,
    place: &Place,
) -> Result<Option<Shelf>> {
    let entered = enter(domain, signed_in, place).await;
    let (name, organization, standing) = match entered {
        Ok(entered) => entered,
        Err(
            Error::NotFound
            | Error::Stopped(_)
            | Error::Forbidden(_)
            | Error::ForbiddenInOrganization(_)
            | Error::Refused(_),
        ) => return Ok(None),
        Err(error) => return Err(error),
    };
    let documents: BTreeMap<String, Document> = domain
        .db
        .read(async |conn| store::documents(conn, place.id()).await)
        .await?
        .into_iter()
        .map(parse)
        .collect::<Result<_>>()?;
    let here = sections().filter(|section| of(place, section.scope));
    let sections = here.map(|section| {
        let open = standing.sees(section.scope);
        let document = documents.get(section.key).filter(|_| open);
        let values = document.map(|document| values(t, section, document, domain.now()));
        Found { section, open, values: values.unwrap_or_default() }
    });
    let sections = sections.collect();
    Ok(Some(Shelf { place: place.clone(), name, organization, standing, sections }))
}

async fn enter(
    domain: &Domain,
    signed_in: &SignedIn,
    place: &Place,
) -> Result<(String, OrganizationId, Standing)> {
    match place {
        Place::Store(id) => {
            let access = access::store::<ViewStore>(domain, signed_in, id).await?;
            let standing = Standing::Store(access.permissions());
            Ok((access.store_name().to_owned(), access.organization().clone(), standing))
        }
        Place::Organization(id) => {
            let access = access::organization::<ViewOrganization>(domain, signed_in, id).await?;
            let standing = Standing::Organization(access.role());
            Ok((access.name().to_owned(), id.clone(), standing))
        }
    }
}

const fn of(place: &Place, scope: Scope) -> bool {
    matches!(
        (place, scope),
        (Place::Store(_), Scope::Store { .. })
            | (Place::Organization(_), Scope::Organization { .. })
    )
}

fn parse(row: DocumentRow) -> Result<(String, Document)> {
    let document = serde_json::from_str(&row.body)
        .map_err(|error| Error::Corrupt(format!("settings: {error}")))?;
    Ok((row.section, document))
}

fn values(
    t: Texts,
    section: &Section,
    document: &Document,
    now: i64,
) -> BTreeMap<&'static str, String> {
    let value = |field: &'static Field| {
        let value = document.get(field.key).filter(|value| !value.is_empty())?;
        Some((field.key, words(t, field, value, now)?))
    };
    section.fields().filter_map(value).collect()
}

/// What a value is found by: as people read it and, where that differs, as it is stored.
fn words(t: Texts, field: &Field, value: &Value, now: i64) -> Option<String> {
    // Neither says anything in words, and nobody may read a secret.
    if matches!(field.kind, Kind::Secret | Kind::Image | Kind::Toggle) {
        return None;
    }
    let hidden = |columns: &[Field]| columns.iter().any(Field::is_secret);
    if matches!(field.kind, Kind::Rows(columns) if hidden(columns)) {
        return None;
    }
    let mut words = shown(t, field, value, now);
    if matches!(field.kind, Kind::Select(_)) {
        words = format!("{words} {}", value.text());
    }
    Some(words.chars().take(LONGEST).collect())
}
