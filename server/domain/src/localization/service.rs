use crate::{
    access::Person,
    db::{Conn, Result},
    format::Locale,
    settings,
};
use model::{
    StoreId,
    settings::{Localization, Place},
    text::{Lang, Texts},
};

/// How a store writes, for a reader of these texts. One query: ask only where something is to be
/// written.
///
/// # Errors
/// Faults of the database only.
pub async fn locale(conn: &mut Conn<'_>, store: &StoreId, t: Texts) -> Result<Locale> {
    let settings: Localization = settings::read(conn, store.as_str()).await?;
    Ok(Locale::of(t, &settings))
}

/// How the pages of a place write for `reader`: a store's as the store says, an organization's in
/// the reader's own time zone.
///
/// # Errors
/// Faults of the database only.
pub async fn of_place(conn: &mut Conn<'_>, place: &Place, reader: &Person) -> Result<Locale> {
    let t = Texts::of(reader.language);
    match place {
        Place::Store(store) => locale(conn, store, t).await,
        Place::Organization(_) => Ok(Locale::without_store(t, &reader.time_zone)),
    }
}

/// The language in which a store writes to people whose own language is not known.
///
/// # Errors
/// Faults of the database only.
pub async fn language(conn: &mut Conn<'_>, store: &StoreId) -> Result<Lang> {
    Ok(spoken(&settings::read(conn, store.as_str()).await?))
}

/// The store's language; its fallback language where the product does not speak that one.
pub fn spoken(settings: &Localization) -> Lang {
    let fallback = || Lang::from_code(&settings.fallback_language);
    Lang::from_code(&settings.language).or_else(fallback).unwrap_or_default()
}
