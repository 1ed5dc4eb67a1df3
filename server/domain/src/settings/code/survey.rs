//! What a file can hold: the store or organization, its stores, and what of it one may see.
use super::store;
use crate::{
    Domain, Error, Result,
    access::{self, SectionEdit, SignedIn},
    audit,
    context::Origin,
    db::Conn,
    settings::Author,
};
use model::{
    OrganizationId, StoreId,
    settings::{Place, Scope, Section, sections},
};

/// Who exports or applies a file.
#[derive(Clone, Debug)]
pub enum Who {
    /// The operator, on the command line: nothing is closed to them.
    Operator,
    /// Somebody who is signed in.
    Person(Box<SignedIn>),
}

impl Who {
    pub(super) fn author(&self) -> Author {
        match self {
            Who::Operator => Author { actor: audit::SYSTEM.to_owned(), origin: Origin::default() },
            Who::Person(person) => Author::from(person.as_ref()),
        }
    }
}

/// A section of a place, and what one may do with it.
#[derive(Debug)]
pub(super) struct Open {
    pub(super) section: &'static Section,
    pub(super) view: bool,
    pub(super) edit: bool,
    /// To be proved again where something is written; the operator needs none.
    pub(super) proof: Option<SectionEdit>,
}

/// A store or an organization whose settings stand in the file.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) place: Place,
    pub(super) name: String,
    pub(super) sections: Vec<Open>,
}

/// All that a file of `parts[0]` can hold: that place first, then an organization's stores in the
/// order of their identifiers.
#[derive(Debug)]
pub(super) struct Survey {
    pub(super) organization: OrganizationId,
    pub(super) parts: Vec<Part>,
}

impl Survey {
    pub(super) fn target(&self) -> &Part {
        &self.parts[0]
    }
}

/// Whether somebody may apply a file at all: whether there is a section that they may change.
///
/// # Errors
/// [`Error::NotFound`] where they may not know of the place, [`Error::Forbidden`] and
/// [`Error::ForbiddenInOrganization`] where they may see no section of it.
pub async fn editable(domain: &Domain, who: &Who, target: &Place) -> Result<bool> {
    let survey = survey(domain, who, target).await?;
    Ok(survey.parts.iter().any(|part| part.sections.iter().any(|open| open.edit)))
}

/// What a file of `target` can hold for `who`. Archived stores have no part in it.
///
/// # Errors
/// As [`editable`].
pub(super) async fn survey(domain: &Domain, who: &Who, target: &Place) -> Result<Survey> {
    let place = target.clone();
    let read = async |conn: &mut Conn<'_>| match &place {
        Place::Store(id) => store::store(conn, id).await,
        Place::Organization(id) => store::organization(conn, id).await,
    };
    let row = domain.db.read(read).await?.ok_or(Error::NotFound)?;
    let organization: OrganizationId = crate::people::id(row.organization_id)?;
    let mut parts = vec![part(domain, who, target.clone(), row.name).await?];
    if let Place::Organization(id) = target {
        let read = async |conn: &mut Conn<'_>| store::stores(conn, id).await;
        for row in domain.db.read(read).await? {
            let id: StoreId = crate::people::id(row.id)?;
            match part(domain, who, Place::Store(id), row.name).await {
                Ok(part) => parts.push(part),
                // A store that this person does not work in, or whose settings they may not see.
                Err(Error::NotFound | Error::Forbidden(_)) => {}
                Err(error) => return Err(error),
            }
        }
    }
    Ok(Survey { organization, parts })
}

async fn part(domain: &Domain, who: &Who, place: Place, name: String) -> Result<Part> {
    let mut open = Vec::new();
    let mut refused = None;
    for section in sections().filter(|section| belongs(section, &place)) {
        let one = match who {
            Who::Operator => Open { section, view: true, edit: true, proof: None },
            Who::Person(person) => match access_of(domain, person, &place, section).await {
                Ok(one) => one,
                Err(error @ (Error::Forbidden(_) | Error::ForbiddenInOrganization(_))) => {
                    refused = Some(error);
                    Open { section, view: false, edit: false, proof: None }
                }
                Err(error) => return Err(error),
            },
        };
        open.push(one);
    }
    match refused {
        Some(error) if !open.iter().any(|one| one.view) => Err(error),
        _ => Ok(Part { place, name, sections: open }),
    }
}

async fn access_of(
    domain: &Domain,
    person: &SignedIn,
    place: &Place,
    section: &'static Section,
) -> Result<Open> {
    let access = access::section_view(domain, person, place.clone(), section).await?;
    let proof = if access.editable() {
        Some(access::section_edit(domain, person, place.clone(), section).await?)
    } else {
        None
    };
    Ok(Open { section, view: true, edit: proof.is_some(), proof })
}

/// Whether such a place has such a section.
pub(super) fn belongs(section: &Section, place: &Place) -> bool {
    matches!(
        (section.scope, place),
        (Scope::Store { .. }, Place::Store(_))
            | (Scope::Organization { .. }, Place::Organization(_))
    )
}
