use super::{policy, store};
use crate::{Result, db::Conn, images, reference};
use model::{
    FieldError,
    settings::{Document, Field, Kind, Place, Section, validate},
};
use std::collections::BTreeSet;

/// Every fault of a document that is to become `current`'s next version: of its form, of what it
/// refers to, and of what the organization has locked.
pub(super) async fn faults(
    conn: &mut Conn<'_>,
    place: &Place,
    section: &'static Section,
    document: &Document,
    current: &Document,
) -> Result<Vec<FieldError>> {
    // A value that is stored already stays valid when the lists lose it.
    let kept = |field: &Field| document.get(field.key) == current.get(field.key);
    let mut found = BTreeSet::new();
    for field in section.fields() {
        let id = document.get(field.key).map_or("", |value| value.text());
        let known = match field.kind {
            _ if id.is_empty() => false,
            Kind::Image => images::exists(conn, place, id).await?,
            Kind::Secret => {
                kept(field)
                    || store::secret(conn, (place.id(), section, field), id).await?.is_some()
            }
            _ => false,
        };
        if known {
            found.insert(id.to_owned());
        }
    }
    let mut faults = validate(section, document, |field, value| match field.kind {
        Kind::Select(source) => reference::known(source, value) || kept(field),
        _ => found.contains(value),
    });
    let unknown = section.fields().filter(|field| field.is_secret()).filter(|field| {
        let id = document.get(field.key).map_or("", |value| value.text());
        !id.is_empty() && !found.contains(id)
    });
    faults.extend(unknown.map(|field| FieldError::new(field.key, model::check::Fault::Choice)));
    let locks = policy::locks(conn, place, section).await?;
    faults.extend(policy::check(&locks, document));
    Ok(faults)
}
