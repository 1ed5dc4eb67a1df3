//! What came of an uploaded file, as it waits for the page that shows it and for who applies it.
use domain::{
    Domain, Error, Result,
    access::SignedIn,
    flash,
    settings::code::{Answer, Difference, Fault, Who},
};
use model::{OrganizationId, StoreId, settings::Place};
use serde::{Deserialize, Serialize};

/// What came of a file.
#[derive(Serialize, Deserialize)]
pub(super) enum Report {
    /// It is wrong in these places. The file is not kept: a secret might stand in it.
    Wrong(Vec<Fault>),
    /// What it changes, and the file itself, in which no secret stands.
    Fine {
        /// The file.
        text: String,
        /// What it changes.
        difference: Difference,
        /// Somebody saved since it was last previewed.
        stale: bool,
    },
}

impl Report {
    /// What `answer` says of the file `text`.
    pub(super) fn of(text: String, answer: Answer) -> Report {
        match answer {
            Answer::Wrong(faults) => Report::Wrong(faults),
            Answer::Fine(difference) => Report::Fine { text, difference, stale: false },
            Answer::Stale(difference) => Report::Fine { text, difference, stale: true },
        }
    }

    /// Keeps it for this person at this place; the token finds it again.
    pub(super) async fn keep(
        &self,
        domain: &Domain,
        place: &Place,
        person: &SignedIn,
    ) -> Result<String> {
        flash::prepare(domain, &person.person.id, &kind(place), self).await
    }

    /// What was kept for this person at this place.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is nothing, or no longer.
    pub(super) async fn find(
        domain: &Domain,
        place: &Place,
        person: &SignedIn,
        token: &str,
    ) -> Result<Report> {
        flash::prepared(domain, &person.person.id, &kind(place), token).await
    }
}

fn kind(place: &Place) -> String {
    format!("settings file of {}", place.id())
}

/// The store or organization with this identifier.
///
/// # Errors
/// [`Error::NotFound`] where it can be neither.
pub(super) fn place(id: &str) -> Result<Place> {
    let store = id.parse::<StoreId>().map(Place::Store);
    store.or_else(|_| {
        id.parse::<OrganizationId>().map(Place::Organization).map_err(|_| Error::NotFound)
    })
}

/// Somebody on the web.
pub(super) fn who(person: &SignedIn) -> Who {
    Who::Person(Box::new(person.clone()))
}
