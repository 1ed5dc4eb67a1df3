//! Putting back what settings were before.
use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::{
    answer::{actor, answer_anew},
    path::Path,
    settings::presence::at,
};
#[cfg(feature = "ssr")]
use domain::settings::history::{self, What};
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use leptos::server_fn::ServerFn;
use model::Outcome;
#[cfg(feature = "ssr")]
use model::{Input, Notice, Refusal};

/// Undoes a version (`undo`) or returns to it (`return`), as its preview showed it when the version
/// `seen` was stored; the fields in `leave`, with commas between them, stay as they are.
#[server(endpoint = "settings/put-back")]
pub async fn put_back(
    place: String,
    section: String,
    what: String,
    version: i64,
    seen: i64,
    #[server(default)] leave: String,
) -> Result<Outcome, AppError> {
    let spot = at(&place, &section);
    let below = |rest: &str| match &spot {
        Ok((place, section)) => Path::of_section(place, section, &format!("history{rest}")),
        Err(_) => Path::Stores,
    };
    let list = below("");
    let page = match what.as_str() {
        "undo" | "return" => below(&format!("/{version}/{what}")),
        _ => list.clone(),
    };
    let result = async {
        let (domain, person) = actor()?;
        let (place, section) = spot?;
        let access = domain::access::section_edit(&domain, &person, place, section).await?;
        let what = match what.as_str() {
            "undo" => What::Undo(version),
            "return" => What::Return(version),
            _ => return Err(Refusal::Malformed.into()),
        };
        let leave: Vec<String> = leave.split(',').map(str::to_owned).collect();
        history::put_back(&domain, &access, what, seen, &leave).await?;
        Ok(Outcome::done(Notice::PutBack, list.to_string()))
    };
    answer_anew(PutBack::PATH, &page, Input::new(), result.await).await
}
