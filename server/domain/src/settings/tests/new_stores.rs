//! What an organization has chosen for new stores is what they begin with.
use super::*;
use crate::{
    access::{ManageStores, OrganizationAccess, organization},
    organization::{NewStoreForm, add_store},
};
use model::settings::{Localization, StoreDefaults};

async fn register(domain: &Domain, company: &Company, name: &str) -> StoreId {
    let access: OrganizationAccess<ManageStores> =
        organization(domain, &company.owner, &company.organization).await.unwrap();
    let form = NewStoreForm { name: name.to_owned(), url: String::new() };
    add_store(domain, &access, &form).await.unwrap()
}

async fn begins_with(domain: &Domain, store: &StoreId) -> Localization {
    let read = async |conn: &mut Conn<'_>| read::<Localization>(conn, store.as_str()).await;
    domain.db.read(read).await.unwrap()
}

#[test]
fn every_default_is_one_of_localization() {
    let localization = Localization::SECTION;
    let keys: Vec<_> = StoreDefaults::SECTION.fields().map(|field| field.key).collect();
    assert_eq!(keys, localization.fields().map(|field| field.key).collect::<Vec<_>>());
    assert!(StoreDefaults::SECTION.fields().all(|f| !f.required && f.default.is_empty()));
}

both_engines! {
    async fn a_store_that_is_registered_begins_with_what_was_chosen(t: TestDomain) {
        let d = &t.domain;
        let company = company(d, "Casa Ana").await;
        let usual = begins_with(d, &register(d, &company, "First").await).await;
        assert_eq!((usual.language.as_str(), usual.time_zone.as_str()), ("en", "UTC"), "as ever");

        let access = section_edit(d, &company.owner, &company.organization, StoreDefaults::SECTION).await.unwrap();
        let chosen = [("language", "pl"), ("time_zone", "Europe/Warsaw"), ("currency", "PLN"), ("week_start", "sunday")];
        let input = chosen.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        save(d, &access, 0, &input, &[]).await.unwrap();

        let new = begins_with(d, &register(d, &company, "Second").await).await;
        let values = (new.language.as_str(), new.time_zone.as_str(), new.currency.as_str(), new.week_start.as_str());
        assert_eq!(values, ("pl", "Europe/Warsaw", "PLN", "sunday"));
        assert_eq!((new.fallback_language, new.date_format), (usual.fallback_language.clone(), usual.date_format.clone()));
        // Who exists already is left alone, and so is everybody else.
        assert_eq!(begins_with(d, &company.store).await, usual);
        let other = crate::testing::company(d, "Other").await;
        assert_eq!(begins_with(d, &register(d, &other, "Theirs").await).await, usual);
        let wrong = save(d, &access, 1, &[("currency".to_owned(), "XXQ".to_owned())].into(), &[]).await;
        assert_eq!(faults(wrong), ["currency"]);
    }
}
