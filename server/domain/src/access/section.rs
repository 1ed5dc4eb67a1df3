//! Access to the sections of settings, of stores as of organizations.
use super::{
    Membership, OrganizationMembership, SignedIn, organization, recheck, recheck_organization,
    service,
};
use crate::{Domain, Error, Result, db::Conn};
use model::{
    OrganizationId, PersonId, StoreId,
    settings::{Place, Scope, Section, sections},
};

/// A membership in what the settings belong to.
#[derive(Clone, Debug)]
enum Holder {
    Store(Membership),
    Organization(OrganizationMembership),
}

/// What all access to sections has in common.
#[derive(Clone, Debug)]
struct Held {
    place: Place,
    holder: Holder,
    section: &'static Section,
}

macro_rules! held {
    ($name:ident) => {
        impl $name {
            /// The section.
            pub fn section(&self) -> &'static Section {
                self.held.section
            }

            /// What its document belongs to.
            pub fn place(&self) -> &Place {
                &self.held.place
            }

            /// The organization that it is, or that owns the store.
            pub fn organization(&self) -> &OrganizationId {
                match &self.held.holder {
                    Holder::Store(membership) => membership.organization(),
                    Holder::Organization(membership) => membership.organization(),
                }
            }

            /// The store, where it is a store's section.
            pub fn store(&self) -> Option<&StoreId> {
                match &self.held.holder {
                    Holder::Store(membership) => Some(membership.store()),
                    Holder::Organization(_) => None,
                }
            }

            /// Who it is.
            pub fn signed_in(&self) -> &SignedIn {
                match &self.held.holder {
                    Holder::Store(membership) => membership.signed_in(),
                    Holder::Organization(membership) => membership.signed_in(),
                }
            }

            /// The person's identifier: the actor in the audit log.
            pub fn person(&self) -> &PersonId {
                &self.signed_in().person.id
            }
        }
    };
}

/// Proof that a person may see a section of settings. Only [`section_view`] makes one.
#[derive(Clone, Debug)]
pub struct SectionAccess {
    held: Held,
    editable: bool,
}
held!(SectionAccess);

impl SectionAccess {
    /// Whether the person may also change it.
    pub fn editable(&self) -> bool {
        self.editable
    }
}

/// Proof that a person may change a section of settings. Only [`section_edit`] makes one.
#[derive(Clone, Debug)]
pub struct SectionEdit {
    held: Held,
}
held!(SectionEdit);

/// Access to see `section` of a store or an organization.
///
/// # Errors
/// As [`store`](super::store) and [`organization`](super::organization), for the section's own
/// permission; [`Error::NotFound`] where such a place has no such section.
pub async fn section_view(
    domain: &Domain,
    signed_in: &SignedIn,
    place: impl Into<Place>,
    section: &'static Section,
) -> Result<SectionAccess> {
    let held = hold(domain, signed_in, place.into(), section).await?;
    held.demand(Need::View)?;
    let editable = held.demand(Need::Edit).is_ok();
    Ok(SectionAccess { held, editable })
}

/// Access to every section of a store or an organization that the person may see.
///
/// # Errors
/// As [`section_view`]; where there is no such section, why the last one may not be seen.
pub async fn section_views(
    domain: &Domain,
    signed_in: &SignedIn,
    place: impl Into<Place>,
) -> Result<Vec<SectionAccess>> {
    let place = place.into();
    let here = |section: &&'static Section| {
        matches!(
            (&place, section.scope),
            (Place::Store(_), Scope::Store { .. })
                | (Place::Organization(_), Scope::Organization { .. })
        )
    };
    let all: Vec<&'static Section> = sections().filter(here).collect();
    let first = all.first().copied().ok_or(Error::NotFound)?;
    let held = hold(domain, signed_in, place.clone(), first).await?;
    let (mut views, mut refused) = (Vec::new(), Error::NotFound);
    for section in all {
        let held = Held { section, ..held.clone() };
        match held.demand(Need::View) {
            Ok(()) => {
                let editable = held.demand(Need::Edit).is_ok();
                views.push(SectionAccess { held, editable });
            }
            Err(error) => refused = error,
        }
    }
    if views.is_empty() { Err(refused) } else { Ok(views) }
}

/// Access to change `section` of a store or an organization.
///
/// # Errors
/// As [`section_view`].
pub async fn section_edit(
    domain: &Domain,
    signed_in: &SignedIn,
    place: impl Into<Place>,
    section: &'static Section,
) -> Result<SectionEdit> {
    let held = hold(domain, signed_in, place.into(), section).await?;
    held.demand(Need::Edit)?;
    Ok(SectionEdit { held })
}

/// Checks again, inside the transaction of a change, that the actor may still make it.
///
/// # Errors
/// As [`section_edit`].
pub(crate) async fn recheck_section(
    domain: &Domain,
    conn: &mut Conn<'_>,
    access: &SectionEdit,
) -> Result<()> {
    match (&access.held.holder, access.held.section.scope) {
        (Holder::Store(membership), Scope::Store { edit, .. }) => {
            recheck(domain, conn, membership, edit).await
        }
        (Holder::Organization(membership), Scope::Organization { edit, .. }) => {
            recheck_organization(domain, conn, membership, edit).await
        }
        _ => Err(Error::NotFound),
    }
}

/// Checks again, inside the transaction of a change, that the actor may still see the section.
///
/// # Errors
/// As [`section_view`].
pub(crate) async fn recheck_section_view(
    domain: &Domain,
    conn: &mut Conn<'_>,
    access: &SectionAccess,
) -> Result<()> {
    match (&access.held.holder, access.held.section.scope) {
        (Holder::Store(membership), Scope::Store { view, .. }) => {
            recheck(domain, conn, membership, view).await
        }
        (Holder::Organization(membership), Scope::Organization { view, .. }) => {
            recheck_organization(domain, conn, membership, view).await
        }
        _ => Err(Error::NotFound),
    }
}

async fn hold(
    domain: &Domain,
    signed_in: &SignedIn,
    place: Place,
    section: &'static Section,
) -> Result<Held> {
    let holder = match (&place, section.scope) {
        (Place::Store(id), Scope::Store { .. }) => {
            Holder::Store(service::membership(domain, signed_in, id).await?)
        }
        (Place::Organization(id), Scope::Organization { .. }) => {
            Holder::Organization(organization::membership(domain, signed_in, id).await?)
        }
        _ => return Err(Error::NotFound),
    };
    Ok(Held { place, holder, section })
}

#[derive(Clone, Copy)]
enum Need {
    View,
    Edit,
}

impl Held {
    fn demand(&self, need: Need) -> Result<()> {
        match (&self.holder, self.section.scope) {
            (Holder::Store(membership), Scope::Store { view, edit }) => {
                let permission = if matches!(need, Need::View) { view } else { edit };
                service::demand(membership.permissions(), permission)
            }
            (Holder::Organization(membership), Scope::Organization { view, edit }) => {
                let permission = if matches!(need, Need::View) { view } else { edit };
                organization::demand(membership.role(), permission)
            }
            _ => Err(Error::NotFound),
        }
    }
}
