//! What was typed, while its consequences are looked at.
use crate::{panel::Visit, path::Path};
use domain::{
    Domain, Error, Result,
    access::{SectionAccess, SectionEdit},
    flash,
};
use model::{Input, Outcome, PersonId, Refusal, settings::clean, view::SectionView};
use serde::{Deserialize, Serialize};

/// What it is kept as.
const KIND: &str = "save";

/// A save that waits for its confirmation.
#[derive(Serialize, Deserialize)]
pub struct Draft {
    place: String,
    section: String,
    /// The version that the form was loaded with.
    pub version: i64,
    /// What was typed.
    pub input: Input,
    /// The fields that keep the other side's value.
    pub taken: Vec<String>,
}

/// Leads to the page that shows what a save affects, where that is why it was refused; it is kept
/// sealed, for it may hold a secret.
pub async fn ask(
    domain: &Domain,
    access: &SectionEdit,
    version: i64,
    input: &Input,
    taken: Vec<String>,
    error: Error,
) -> Result<Outcome> {
    if !matches!(error, Error::Refused(Refusal::ConfirmChange)) {
        return Err(error);
    }
    let (place, section) = (access.place(), access.section());
    let draft = Draft {
        place: place.id().to_owned(),
        section: section.key.to_owned(),
        version,
        input: input.clone(),
        taken,
    };
    let token = flash::prepare(domain, access.person(), KIND, &draft).await?;
    let location = Path::of_section(place, section, &format!("confirm/{token}")).to_string();
    Ok(Outcome::Done { notice: None, location, reload: false })
}

/// The save that a person prepared for this section of this place.
///
/// # Errors
/// [`Error::NotFound`] where there is none (any more).
pub async fn find(
    domain: &Domain,
    person: &PersonId,
    (place, section): (&str, &str),
    token: &str,
) -> Result<Draft> {
    let draft: Draft = flash::prepared(domain, person, KIND, token).await?;
    let here = draft.place == place && draft.section == section;
    if here { Ok(draft) } else { Err(Error::NotFound) }
}

/// Fills the form with what was typed, where its address says so. A secret has to be typed again.
pub async fn restore(visit: &Visit, access: &SectionAccess, view: &mut SectionView) {
    let spot = (access.place().id(), access.section().key);
    let token = visit.query("typed");
    if token.is_empty() {
        return;
    }
    if let Ok(draft) = find(&visit.domain, access.person(), spot, token).await {
        view.values = clean(access.section(), &draft.input, &view.values);
        view.version = draft.version;
    }
}
