//! Server functions of the help pages.
use crate::{
    answer::{actor, answer},
    error::AppError,
    path::Path,
    session::api::fields,
};
use domain::{
    access::{self, EditSettings, ViewStore},
    help::{self, TicketForm},
};
use leptos::{prelude::*, server_fn::ServerFn};
use model::{
    Input, Notice, Outcome, Refusal, StoreId,
    settings::{Notifications, Place, Section, Settings as _, sections},
};

/// Opens a support ticket (C-51).
#[server(endpoint = "help/ticket")]
pub async fn open_ticket(
    store: StoreId,
    subject: String,
    message: String,
) -> Result<Outcome, AppError> {
    let page = Path::StoreHelp(store.clone());
    let input = fields(&[("subject", &subject), ("message", &message)]);
    let result = async {
        let (domain, person) = actor()?;
        let access = access::store::<ViewStore>(&domain, &person, &store).await?;
        help::open(&domain, &access, &TicketForm { subject, message }).await?;
        Ok(Outcome::done(Notice::TicketSent, Path::StoreHelp(store).to_string()))
    };
    answer(OpenTicket::PATH, &page, input, result.await).await
}

/// Says that one's own ticket is solved.
#[server(endpoint = "help/ticket/close")]
pub async fn close_ticket(store: StoreId, ticket: String) -> Result<Outcome, AppError> {
    let page = Path::StoreHelp(store.clone());
    let result = async {
        let (domain, person) = actor()?;
        let access = access::store::<ViewStore>(&domain, &person, &store).await?;
        let ticket = ticket.parse().map_err(|_| Refusal::Gone)?;
        help::close(&domain, &access, &ticket).await?;
        Ok(Outcome::done(Notice::Saved, Path::StoreHelp(store).to_string()))
    };
    answer(CloseTicket::PATH, &page, Input::new(), result.await).await
}

/// Says whether the article of a section was useful: of a store or an organization (`place`).
#[server(endpoint = "help/vote")]
pub async fn vote(place: String, section: String, useful: String) -> Result<Outcome, AppError> {
    let found = find(&place, &section);
    let page = match &found {
        Some((place, section)) => Path::of_section(place, section, "help"),
        None => Path::Stores,
    };
    let result = async {
        let (domain, person) = actor()?;
        let (place, section) = found.ok_or(domain::Error::NotFound)?;
        let useful = match useful.as_str() {
            "yes" => true,
            "no" => false,
            _ => return Err(Refusal::Malformed.into()),
        };
        let access = access::section_view(&domain, &person, place, section).await?;
        help::vote(&domain, &access, useful).await?;
        let location = page.to_string();
        // The page itself says what was counted.
        Ok(Outcome::Done { notice: None, location, reload: false })
    };
    let result = result.await;
    answer(Vote::PATH, &page, Input::new(), result).await
}

fn find(place: &str, section: &str) -> Option<(Place, &'static Section)> {
    let store = place.parse().map(Place::Store);
    let place = store.or_else(|_| place.parse().map(Place::Organization)).ok()?;
    Some((place, sections().find(|known| known.key == section)?))
}

/// Mails the person a sample of the store's notifications.
#[server(endpoint = "notifications/test")]
pub async fn send_test(store: StoreId) -> Result<Outcome, AppError> {
    let place = Place::Store(store.clone());
    let page = Path::section(&place, Notifications::SECTION);
    let result = async {
        let (domain, person) = actor()?;
        let access = access::store::<EditSettings>(&domain, &person, &store).await?;
        domain::notifications::send_sample(&domain, &access).await?;
        Ok(Outcome::done(Notice::TestSent, page.to_string()))
    };
    let result = result.await;
    answer(SendTest::PATH, &page, Input::new(), result).await
}
