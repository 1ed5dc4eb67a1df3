//! Who else has a section open: what a page of settings asks for by itself while it is seen. It is
//! no use of the session (see `domain::session::find_unattended`).
use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::{
    answer::{actor, load},
    panel::draw_editors,
};
#[cfg(feature = "ssr")]
use domain::{
    Error, access,
    presence::{self, Editor},
};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use model::{
    panel::Editors,
    settings::{Place, Section, sections},
    text::{Key, Texts},
};

/// The page is open still. Answers who else has it open: their names, a line break, and the markup
/// that says so.
#[server(endpoint = "presence/stay")]
pub async fn stay(place: String, section: String) -> Result<String, AppError> {
    let result = async {
        let (domain, person) = actor()?;
        let (place, section) = at(&place, &section)?;
        let access = access::section_view(&domain, &person, place.clone(), section).await?;
        let editors = presence::stay(&domain, &access).await?;
        let t = Texts::of(person.person.language);
        let editors = block(t, &place, section, editors);
        Ok(format!("{}\n{}", editors.who, draw_editors(&editors)))
    };
    load(result.await)
}

/// The page was left.
#[server(endpoint = "presence/leave")]
pub async fn leave(place: String, section: String) -> Result<(), AppError> {
    let result = async {
        let (domain, person) = actor()?;
        let (place, section) = at(&place, &section)?;
        let access = access::section_view(&domain, &person, place, section).await?;
        presence::leave(&domain, &access).await
    };
    load(result.await)
}

/// The place and section that a form names.
///
/// # Errors
/// [`Error::NotFound`] where there are none of these names.
#[cfg(feature = "ssr")]
pub(super) fn at(place: &str, section: &str) -> domain::Result<(Place, &'static Section)> {
    let store = place.parse().map(Place::Store);
    let place = store.or_else(|_| place.parse().map(Place::Organization));
    let section = sections().find(|known| known.key == section);
    place.ok().zip(section).ok_or(Error::NotFound)
}

/// What a section's page says of who else has it open.
#[cfg(feature = "ssr")]
pub(super) fn block(t: Texts, place: &Place, section: &Section, editors: Vec<Editor>) -> Editors {
    let names: Vec<&str> = editors.iter().map(|editor| editor.name.as_str()).collect();
    let line = |editor: &Editor| {
        let values = [("person", editor.name.as_str()), ("time", &editor.since)];
        t.fill(Key::PresenceEditing, &values)
    };
    Editors {
        spot: format!("place={}&section={}", place.id(), section.key),
        // A name holds no line breaks.
        who: names.join(", "),
        lines: editors.iter().map(line).collect(),
    }
}
