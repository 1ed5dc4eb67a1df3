//! What came of an uploaded file, as it waits for the page that shows it and for who applies it.
use domain::{
    Domain, Error, Result,
    access::SignedIn,
    flash,
    settings::code::{Answer, Difference, Fault, Who},
};
use model::{OrganizationId, PersonId, StoreId, settings::Place};
use serde::{Deserialize, Serialize};

/// How long one may look at a preview before applying it, in milliseconds.
const VALID: i64 = 60 * 60 * 1000;

/// What is told of a file.
#[derive(Serialize, Deserialize)]
pub(super) enum Told {
    /// It is wrong in these places.
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

/// What came of a file.
#[derive(Serialize, Deserialize)]
pub(super) struct Report {
    place: String,
    person: PersonId,
    pub(super) told: Told,
}

impl Report {
    /// What `answer` says of the file `text`. A file that is wrong is not kept: a secret might
    /// stand in it.
    pub(super) fn of(place: &Place, person: &SignedIn, text: String, answer: Answer) -> Report {
        let told = match answer {
            Answer::Wrong(faults) => Told::Wrong(faults),
            Answer::Fine(difference) => Told::Fine { text, difference, stale: false },
            Answer::Stale(difference) => Told::Fine { text, difference, stale: true },
        };
        Report { place: place.id().to_owned(), person: person.person.id.clone(), told }
    }

    /// Keeps it; the token finds it again.
    pub(super) async fn keep(&self, domain: &Domain) -> Result<String> {
        let body = serde_json::to_string(self).map_err(|e| Error::Corrupt(e.to_string()))?;
        Ok(flash::put_for(domain, &body, VALID).await?.expose().to_owned())
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
        let body = flash::get(domain, token).await?.ok_or(Error::NotFound)?;
        let report: Report = serde_json::from_str(&body).map_err(|_| Error::NotFound)?;
        let theirs = report.place == place.id() && report.person == person.person.id;
        if theirs { Ok(report) } else { Err(Error::NotFound) }
    }
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
