use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::{
    answer::{actor, load},
    context::request,
    search::{LABELS, entries},
};
#[cfg(feature = "ssr")]
use domain::session;
use leptos::{prelude::*, server_fn::codec::GetUrl};
#[cfg(feature = "ssr")]
use model::{
    search::pack,
    text::{Key, Texts},
};

/// What the person can look for at a store or an organization: the palette's labels, then the
/// entries as [`model::search::pack`] makes them.
#[server(endpoint = "search/index", input = GetUrl)]
pub async fn load_index(#[server(default)] place: String) -> Result<Vec<String>, AppError> {
    let result = async {
        let (domain, person) = actor()?;
        let t = Texts::of(request().map(|request| request.lang).unwrap_or_default());
        let viewer = session::viewer(&domain, &person).await?;
        let place = entries::place(&place);
        let entries = entries::entries(&domain, &person, &viewer, t, place).await?;
        let mut texts: Vec<String> = LABELLED.map(|key| t.get(key).to_owned()).into();
        texts.extend(pack(entries));
        Ok(texts)
    };
    load(result.await)
}

/// The palette's labels.
#[cfg(feature = "ssr")]
const LABELLED: [Key; LABELS] = [
    Key::SearchSettings,
    Key::SearchPages,
    Key::SearchPlaces,
    Key::SearchCommands,
    Key::SearchRecent,
    Key::SearchNone,
    Key::SearchAll,
];
