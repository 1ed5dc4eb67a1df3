//! The first documents of a store.
use super::{
    service::complete,
    store::{self, Saved},
};
use crate::{
    Domain, audit,
    db::{self, Conn},
};
use model::{
    OrganizationId, PersonId, StoreId,
    settings::{Document, Localization, Section, Settings, StoreDefaults, StoreDetails, Value},
};
use std::collections::BTreeMap;

/// The sections that a store has from its first moment on. What one of them says was decided when
/// the store was made; every other section begins with its defaults.
const FIRST: [&Section; 2] = [StoreDetails::SECTION, Localization::SECTION];

/// What is known of a store that is being made, by the key of the field: a value goes into the
/// section that has such a field.
pub type FirstValues<'a> = BTreeMap<&'a str, &'a str>;

/// Writes the first documents, version 1, of a store in the transaction that makes it; that one's
/// audit entry tells of it. What its organization has chosen for new stores counts more than
/// `values`.
pub(crate) async fn create_store(
    domain: &Domain,
    conn: &mut Conn<'_>,
    organization: &OrganizationId,
    store: &StoreId,
    values: &FirstValues<'_>,
    by: &PersonId,
) -> db::Result<()> {
    let defaults: StoreDefaults = super::read(conn, organization.as_str()).await?;
    let mut values: FirstValues<'_> = values.iter().map(|(key, value)| (*key, *value)).collect();
    for (key, value) in chosen(&defaults) {
        values.insert(key, value);
    }
    for section in FIRST {
        let known = values.iter().filter(|(key, _)| section.field(key).is_some());
        let document: Document =
            known.map(|(key, value)| ((*key).to_owned(), Value::from(*value))).collect();
        super::create(domain, conn, store.as_str(), section, &document, by).await?;
    }
    Ok(())
}

/// What an organization has chosen for its new stores.
fn chosen(defaults: &StoreDefaults) -> impl Iterator<Item = (&'static str, &str)> {
    let all = [
        ("language", &defaults.language),
        ("fallback_language", &defaults.fallback_language),
        ("time_zone", &defaults.time_zone),
        ("currency", &defaults.currency),
        ("date_format", &defaults.date_format),
        ("number_format", &defaults.number_format),
        ("week_start", &defaults.week_start),
    ];
    let filled = all.into_iter().filter(|(_, value)| !value.is_empty());
    filled.map(|(key, value)| (key, value.as_str()))
}

/// Writes the first document of a section for a scope that was made before there was that section;
/// whether there was none until now.
pub(crate) async fn adopt<S: Settings>(
    domain: &Domain,
    conn: &mut Conn<'_>,
    scope: &str,
    document: &Document,
) -> db::Result<bool> {
    let section = S::SECTION;
    let body = serde_json::to_string(&complete(section, document))
        .map_err(|e| sqlx::Error::Encode(e.into()))?;
    let (by, at) = (audit::SYSTEM, domain.now());
    let saved = Saved { scope, section, version: 1, body: &body, touched: "{}", by, at };
    store::put_new(conn, &saved).await
}
