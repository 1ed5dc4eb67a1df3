mod races;
mod rules;

use super::*;
use crate::{
    Domain, Result,
    access::{self, ManageStoreSettings, OrganizationAccess, SignedIn},
    both_engines, flash,
    settings::{bulk, read, save, view},
    testing::{self, Company, another_store, colleague, company, count, faults, person, refusal},
};
use model::{
    BatchId, Input, Refusal, StoreId,
    access::StoreRole,
    settings::{Settings as _, StoreDetails, Value},
};

pub(super) type Manage = OrganizationAccess<ManageStoreSettings>;

pub(super) async fn manage(domain: &Domain, who: &SignedIn, company: &Company) -> Manage {
    access::organization(domain, who, &company.organization).await.expect("access")
}

/// A lock on a field of the store's details.
pub(super) fn lock(field: &str, rule: Rule) -> Draft {
    Draft {
        section: StoreDetails::SECTION.key.to_owned(),
        field: field.to_owned(),
        rule,
        reason: "One price list".to_owned(),
        version: 0,
    }
}

pub(super) fn poland() -> Draft {
    lock("country", Rule::Value("PL".into()))
}

pub(super) async fn set_lock(
    domain: &Domain,
    access: &Manage,
    draft: &Draft,
    existing: Existing,
) -> Result<Option<BatchId>> {
    let token = flash::prepare(domain, access.person(), "policy", draft).await?;
    set(domain, access, &token, draft, existing).await
}

/// Saves the details of a store as its owner does; what is not said stays.
pub(super) async fn save_details(
    domain: &Domain,
    who: &SignedIn,
    store: &StoreId,
    fields: &[(&str, &str)],
) -> Result<i64> {
    let edit = access::section_edit(domain, who, store, StoreDetails::SECTION).await?;
    let seen = access::section_view(domain, who, store, StoreDetails::SECTION).await?;
    let version = view(domain, &seen).await?.version;
    let must = [
        ("name", "Acme"),
        ("store_url", "https://acme.example"),
        ("contact_email", "a@acme.example"),
        ("time_zone", "UTC"),
    ];
    let input: Input = must
        .iter()
        .chain(fields)
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    save(domain, &edit, version, &input, &[]).await
}

pub(super) async fn details(domain: &Domain, store: &StoreId) -> StoreDetails {
    domain.db.read(async |conn| read::<StoreDetails>(conn, store.as_str()).await).await.unwrap()
}

both_engines! {
    async fn a_lock_shows_what_contradicts_and_changes_it_on_demand(t: TestDomain) {
        let d = &t.domain;
        let acme = company(d, "Acme").await;
        let second = another_store(d, &acme, "Second").await;
        let other = company(d, "Other").await;
        for (store, owner, country) in [
            (&acme.store, &acme.owner, "US"),
            (&second, &acme.owner, "PL"),
            (&other.store, &other.owner, "DE"),
        ] {
            save_details(d, owner, store, &[("country", country)]).await.unwrap();
        }
        let access = manage(d, &acme.owner, &acme).await;
        let seen = preview(d, &access, &poland(), None).await.unwrap();
        assert_eq!((seen.stores, seen.contradicting.len()), (2, 1));
        assert_eq!((&seen.page[0].store, &seen.page[0].value), (&acme.store, &"US".into()));
        assert!(seen.next.is_none());

        let before = count(d, "SELECT COUNT(*) AS n FROM audit_entry").await;
        let batch = set_lock(d, &access, &poland(), Existing::Change(None)).await.unwrap().unwrap();
        assert_eq!(count(d, "SELECT COUNT(*) AS n FROM audit_entry").await, before + 1);
        assert_eq!(bulk::work_due(d).await.unwrap(), 1);
        let done = bulk::batch(d, &access, &batch).await.unwrap();
        assert_eq!((done.stores, done.count(bulk::State::Applied)), (1, 1));
        assert_eq!(details(d, &acme.store).await.country, "PL");
        assert_eq!(details(d, &other.store).await.country, "DE", "nobody else's business");
        assert_eq!(count(d, "SELECT COUNT(*) AS n FROM setting_change WHERE how LIKE 'batch:bat_%'").await, 1);
    }

    async fn what_contradicts_may_stay_until_it_is_saved(t: TestDomain) {
        let d = &t.domain;
        let acme = company(d, "Acme").await;
        save_details(d, &acme.owner, &acme.store, &[("country", "US")]).await.unwrap();
        let access = manage(d, &acme.owner, &acme).await;
        assert_eq!(set_lock(d, &access, &poland(), Existing::Stay).await.unwrap(), None);
        assert_eq!(details(d, &acme.store).await.country, "US");
        // The page shows what is allowed, that it is fixed, by whom and why.
        let seen = access::section_view(d, &acme.owner, &acme.store, StoreDetails::SECTION).await.unwrap();
        let page = view(d, &seen).await.unwrap();
        let note = &page.notes["country"];
        assert_eq!(page.values["country"], Value::from("PL"));
        assert!(note.fixed);
        let text = note.locked.clone().unwrap();
        for word in ["Acme", "Owner", "One price list", "United States"] {
            assert!(text.contains(word), "{word} in {text}");
        }
        assert_eq!(page.notes["name"].locked, None);
        // Whoever saves must comply, whatever they change, and hears of all faults at once.
        let stays = save_details(d, &acme.owner, &acme.store, &[("city", "Łódź"), ("contact_phone", "1")]).await;
        assert_eq!(faults(stays), ["contact_phone", "country"]);
        let fields = [("city", "Łódź"), ("country", "PL")];
        save_details(d, &acme.owner, &acme.store, &fields).await.unwrap();
        let found = details(d, &acme.store).await;
        assert_eq!((found.city.as_str(), found.country.as_str()), ("Łódź", "PL"));
        let again = save_details(d, &acme.owner, &acme.store, &[("country", "US")]).await;
        assert_eq!(faults(again), ["country"]);
    }

    async fn stores_choose_among_what_is_allowed(t: TestDomain) {
        let d = &t.domain;
        let acme = company(d, "Acme").await;
        save_details(d, &acme.owner, &acme.store, &[]).await.unwrap();
        let access = manage(d, &acme.owner, &acme).await;
        let some = lock("country", Rule::OneOf(vec!["DE".into(), "US".into()]));
        let change = Existing::Change(Some("US".into()));
        set_lock(d, &access, &some, change).await.unwrap().unwrap();
        bulk::work_due(d).await.unwrap();
        assert_eq!(details(d, &acme.store).await.country, "US");
        let seen = access::section_view(d, &acme.owner, &acme.store, StoreDetails::SECTION).await.unwrap();
        let page = view(d, &seen).await.unwrap();
        let offered: Vec<&str> = page.choices["country"].iter().map(|c| c.value.as_str()).collect();
        assert_eq!(offered, ["DE", "US"]);
        save_details(d, &acme.owner, &acme.store, &[("country", "DE")]).await.unwrap();
        let wrong = save_details(d, &acme.owner, &acme.store, &[("country", "PL")]).await;
        assert_eq!(faults(wrong), ["country"]);
    }

    async fn new_stores_begin_with_what_is_locked(t: TestDomain) {
        let d = &t.domain;
        let acme = company(d, "Acme").await;
        let access = manage(d, &acme.owner, &acme).await;
        let draft = lock("city", Rule::Value("Łódź".into()));
        set_lock(d, &access, &draft, Existing::Stay).await.unwrap();
        let draft = lock("country", Rule::OneOf(vec!["PL".into(), "DE".into()]));
        set_lock(d, &access, &draft, Existing::Stay).await.unwrap();
        let stores = access::organization(d, &acme.owner, &acme.organization).await.unwrap();
        let form = crate::organization::NewStoreForm { name: "New".into(), url: String::new() };
        let store = crate::organization::add_store(d, &stores, &form).await.unwrap();
        let found = details(d, &store).await;
        assert_eq!((found.name.as_str(), found.city.as_str(), found.country.as_str()), ("New", "Łódź", "PL"));
        assert_eq!(testing::audited(d, "store.register").await, 1);
    }

    async fn locks_are_changed_and_removed_once(t: TestDomain) {
        let d = &t.domain;
        let acme = company(d, "Acme").await;
        let access = manage(d, &acme.owner, &acme).await;
        set_lock(d, &access, &poland(), Existing::Stay).await.unwrap();
        // Somebody else was quicker: what was prepared without that lock says nothing of it.
        assert_eq!(refusal(set_lock(d, &access, &poland(), Existing::Stay).await), Refusal::Gone);
        let found = list(d, &access).await.unwrap().remove(0);
        assert_eq!((found.version, found.reason.as_str()), (1, "One price list"));
        let next = Draft { version: 1, rule: Rule::Value("US".into()), ..poland() };
        set_lock(d, &access, &next, Existing::Stay).await.unwrap();
        let changed = find(d, &access, &found.id).await.unwrap();
        assert_eq!((changed.version, changed.rule.only()), (2, Some(&"US".into())));
        // A draft is used once.
        let token = flash::prepare(d, access.person(), "policy", &next).await.unwrap();
        let next = Draft { version: 2, ..next };
        set(d, &access, &token, &next, Existing::Stay).await.unwrap();
        assert_eq!(refusal(set(d, &access, &token, &next, Existing::Stay).await), Refusal::Gone);
        let other = company(d, "Other").await;
        let stranger = manage(d, &other.owner, &other).await;
        assert!(matches!(remove(d, &stranger, &found.id).await, Err(crate::Error::NotFound)));
        assert!(list(d, &stranger).await.unwrap().is_empty());
        remove(d, &access, &found.id).await.unwrap();
        assert!(list(d, &access).await.unwrap().is_empty());
        save_details(d, &acme.owner, &acme.store, &[("country", "DE")]).await.unwrap();
        for (action, n) in [("policy.set", 1), ("policy.change", 2), ("policy.remove", 1)] {
            assert_eq!(testing::audited(d, action).await, n, "{action}");
        }
    }

    async fn only_who_manages_the_organization_locks(t: TestDomain) {
        let d = &t.domain;
        let acme = company(d, "Acme").await;
        let (member, _) = colleague(d, &acme, "ad.min@acme.example", StoreRole::Administrator).await;
        let stranger = person(d, "eve@eve.example").await;
        let refused = access::organization::<ManageStoreSettings>(d, &member, &acme.organization).await;
        assert!(matches!(refused, Err(crate::Error::ForbiddenInOrganization(_))));
        let unknown = access::organization::<ManageStoreSettings>(d, &stranger, &acme.organization).await;
        assert!(matches!(unknown, Err(crate::Error::NotFound)));
        // What somebody has prepared is nobody else's.
        let token = flash::prepare(d, &acme.owner.person.id, "policy", &poland()).await.unwrap();
        for (who, kind) in [(&member, "policy"), (&acme.owner, "bulk")] {
            let found = flash::prepared::<Draft>(d, &who.person.id, kind, &token).await;
            assert!(matches!(found, Err(crate::Error::NotFound)));
        }
        let own = flash::prepared::<Draft>(d, &acme.owner.person.id, "policy", &token).await.unwrap();
        assert_eq!(own, poland());
    }

    async fn values_of_every_kind_are_locked(t: TestDomain) {
        let d = &t.domain;
        testing::specimen::install();
        let section = testing::specimen::Specimen::SECTION;
        let acme = company(d, "Acme").await;
        let edit = access::section_edit(d, &acme.owner, &acme.store, section).await.unwrap();
        let with = |pairs: &[(&str, &str)]| -> Input {
            let all = [("text", "x"), ("toggle", "on")].into_iter().chain(pairs.iter().copied());
            all.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
        };
        save(d, &edit, 0, &with(&[("number", "90")]), &[]).await.unwrap();
        let access = manage(d, &acme.owner, &acme).await;
        let link = Input::from([("links.0.title".to_owned(), "A".to_owned())]);
        let links = section.field("links").unwrap().read(&link).unwrap();
        for (field, rule, becomes) in [
            ("number", Rule::Range { min: 1, max: 30 }, Value::from("30")),
            ("toggle", Rule::Value(Value::Flag(false)), Value::Flag(false)),
            ("choice", Rule::OneOf(vec!["large".into()]), "large".into()),
            ("links", Rule::Value(links.clone()), links),
        ] {
            let draft = Draft { section: "specimen".into(), ..lock(field, rule) };
            set_lock(d, &access, &draft, Existing::Change(None)).await.unwrap().unwrap();
            bulk::work_due(d).await.unwrap();
            let scope = acme.store.as_str();
            let now = d.db.read(async |conn| Ok(crate::settings::stored(conn, scope, section).await));
            let now = now.await.unwrap().unwrap();
            assert_eq!(now.document[field], becomes, "{field}");
        }
        let seen = access::section_view(d, &acme.owner, &acme.store, section).await.unwrap();
        let page = view(d, &seen).await.unwrap();
        assert_eq!(page.notes["number"].range, Some((1, 30)));
        assert!(page.notes["toggle"].fixed && !page.notes["number"].fixed);
        // What is wrong with each is told at once, of a list at its first cell.
        let wrong = with(&[("number", "31"), ("choice", "small"), ("links.0.title", "B")]);
        let told = faults(save(d, &edit, page.version, &wrong, &[]).await);
        assert_eq!(told, ["choice", "links.0.title", "number", "toggle"]);
    }
}
