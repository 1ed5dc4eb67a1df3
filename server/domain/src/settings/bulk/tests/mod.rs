mod workers;

use super::*;
use crate::{
    Domain, Error, Result,
    access::{self, ManageStoreSettings, OrganizationAccess, SignedIn},
    both_engines, flash,
    settings::{policy, read, save, view},
    testing::{self, Company, another_store, colleague, company, count, execute, faults, refusal},
};
use model::{
    BatchId, Input, Refusal, StoreId,
    access::StoreRole,
    settings::{Settings as _, StoreDetails},
};

type Manage = OrganizationAccess<ManageStoreSettings>;

/// A company with stores called A (the first), B, C ...
struct Scene {
    acme: Company,
    access: Manage,
    stores: Vec<StoreId>,
}

async fn scene(domain: &Domain, names: &[&str]) -> Scene {
    let acme = company(domain, "A").await;
    let access = access::organization(domain, &acme.owner, &acme.organization).await.unwrap();
    let mut stores = vec![acme.store.clone()];
    for name in names {
        stores.push(another_store(domain, &acme, name).await);
    }
    Scene { acme, access, stores }
}

impl Scene {
    /// Prepares to apply fields of the first store to the others.
    async fn draft(&self, domain: &Domain, fields: &[&str]) -> Draft {
        let key = StoreDetails::SECTION.key;
        let chosen: Vec<String> = fields.iter().map(|field| format!("{key}.{field}")).collect();
        let task = choose(domain, &self.access, &self.stores[0], &chosen).await.unwrap();
        Draft { task, stores: self.stores[1..].to_vec() }
    }

    async fn start(&self, domain: &Domain, fields: &[&str]) -> BatchId {
        let draft = self.draft(domain, fields).await;
        self.started(domain, &draft).await.unwrap()
    }

    async fn started(&self, domain: &Domain, draft: &Draft) -> Result<BatchId> {
        let token = flash::prepare(domain, self.access.person(), "bulk", draft).await?;
        start(domain, &self.access, &token, draft, "A").await
    }

    async fn states(&self, domain: &Domain, batch: &BatchId) -> Vec<(String, State)> {
        let (rows, next) = results(domain, &self.access, batch, None, None).await.unwrap();
        assert_eq!(next, None);
        rows.into_iter().map(|row| (row.name, row.state)).collect()
    }
}

async fn write(domain: &Domain, who: &SignedIn, store: &StoreId, fields: &[(&str, &str)]) {
    let edit = access::section_edit(domain, who, store, StoreDetails::SECTION).await.unwrap();
    let seen = access::section_view(domain, who, store, StoreDetails::SECTION).await.unwrap();
    let page = view(domain, &seen).await.unwrap();
    let must = [
        ("store_url", "https://acme.example"),
        ("contact_email", "a@acme.example"),
        ("time_zone", "UTC"),
    ];
    let input: Input = must
        .iter()
        .chain(fields)
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    save(domain, &edit, page.version, &input, &[]).await.unwrap();
}

async fn details(domain: &Domain, store: &StoreId) -> StoreDetails {
    domain.db.read(async |conn| read::<StoreDetails>(conn, store.as_str()).await).await.unwrap()
}

/// Works until nothing waits that could be done now.
async fn work(domain: &Domain) {
    while work_due(domain).await.unwrap() > 0 {}
}

both_engines! {
    async fn each_store_gets_what_was_shown_and_can_give_it_back(t: TestDomain) {
        let d = &t.domain;
        let s = scene(d, &["B", "C", "D"]).await;
        write(d, &s.acme.owner, &s.stores[0], &[("name", "A"), ("country", "DE"), ("city", "Łódź"), ("region", "Lubelskie")]).await;
        for (store, country) in [(&s.stores[1], "US"), (&s.stores[2], "GB"), (&s.stores[3], "DE")] {
            let name = ["B", "C", "D"][s.stores.iter().position(|one| one == store).unwrap() - 1];
            let city = if name == "D" { "Łódź" } else { "Lyon" };
            write(d, &s.acme.owner, store, &[("name", name), ("country", country), ("city", city)]).await;
        }
        let draft = s.draft(d, &["country", "city"]).await;
        let (counts, rows, next) = preview(d, &s.access, &draft, Look::Concerned, None).await.unwrap();
        assert_eq!((counts, next), (Counts { changed: 2, same: 1, refused: 0 }, None));
        let names: Vec<(&str, usize)> = rows.iter().map(|row| (row.name.as_str(), row.changes.len())).collect();
        assert_eq!(names, [("B", 2), ("C", 2)]);
        let (_, rows, _) = preview(d, &s.access, &draft, Look::Same, None).await.unwrap();
        assert_eq!(rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), ["D"]);

        let before = count(d, "SELECT COUNT(*) AS n FROM audit_entry").await;
        let batch = s.started(d, &draft).await.unwrap();
        assert!(super::batch(d, &s.access, &batch).await.unwrap().running());
        work(d).await;
        let states = [("B".into(), State::Applied), ("C".into(), State::Applied), ("D".into(), State::Nothing)];
        assert_eq!(s.states(d, &batch).await, states);
        let found = details(d, &s.stores[1]).await;
        assert_eq!((found.name.as_str(), found.country.as_str(), found.city.as_str(), found.region.as_str()), ("B", "DE", "Łódź", ""));
        // One entry for the batch and one for each store that changed.
        assert_eq!(count(d, "SELECT COUNT(*) AS n FROM audit_entry").await, before + 3);

        // Taken back: what somebody has changed since stays, and is said.
        write(d, &s.acme.owner, &s.stores[2], &[("name", "C"), ("country", "SE"), ("city", "Łódź")]).await;
        assert_eq!(faults(undo(d, &s.access, &batch, "B").await), ["name"]);
        let back = undo(d, &s.access, &batch, "A").await.unwrap();
        assert_eq!(refusal(undo(d, &s.access, &batch, "A").await), Refusal::Gone);
        work(d).await;
        let (b, c) = (details(d, &s.stores[1]).await, details(d, &s.stores[2]).await);
        assert_eq!((b.country.as_str(), b.city.as_str()), ("US", "Lyon"));
        assert_eq!((c.country.as_str(), c.city.as_str()), ("SE", "Lyon"));
        let (rows, _) = results(d, &s.access, &back, None, None).await.unwrap();
        assert_eq!(rows.len(), 2, "the store in which nothing was done is left alone");
        assert!(rows[0].report.left.is_empty());
        assert_eq!(rows[1].report.left, [("store-details".to_owned(), "country".to_owned())]);
        let undone = super::batch(d, &s.access, &batch).await.unwrap();
        assert_eq!((undone.undone_by.as_ref(), undone.can_undo()), (Some(&back), false));
        assert_eq!(testing::audited(d, "batch.undo").await, 1);
    }

    async fn a_store_that_may_not_have_it_is_left_whole(t: TestDomain) {
        let d = &t.domain;
        let s = scene(d, &["B", "C"]).await;
        write(d, &s.acme.owner, &s.stores[0], &[("name", "A"), ("country", "US"), ("city", "Łódź")]).await;
        write(d, &s.acme.owner, &s.stores[1], &[("name", "B"), ("country", "PL")]).await;
        // B is complete; C lacks what its details demand, so that nothing can be saved there.
        let draft = s.draft(d, &["city", "country"]).await;
        let (counts, ..) = preview(d, &s.access, &draft, Look::Refused, None).await.unwrap();
        assert_eq!(counts, Counts { changed: 1, same: 0, refused: 1 });
        let batch = s.started(d, &draft).await.unwrap();
        // A lock that comes in between holds.
        let lock = policy::Draft {
            section: "store-details".into(), field: "country".into(),
            rule: policy::Rule::Value("PL".into()), reason: "x".into(), version: 0,
        };
        let token = flash::prepare(d, s.access.person(), "policy", &lock).await.unwrap();
        policy::set(d, &s.access, &token, &lock, policy::Existing::Stay).await.unwrap();
        work(d).await;
        assert_eq!(s.states(d, &batch).await, [("B".into(), State::Refused), ("C".into(), State::Refused)]);
        let (rows, _) = results(d, &s.access, &batch, Some(State::Refused), None).await.unwrap();
        let told: Vec<&str> = rows[0].report.faults.iter().map(|(_, fault)| fault.field.as_str()).collect();
        assert_eq!(told, ["country"]);
        assert!(rows[1].report.faults.len() > 1, "all of them");
        let b = details(d, &s.stores[1]).await;
        assert_eq!((b.country.as_str(), b.city.as_str()), ("PL", ""), "not even the city");
        assert_eq!(refusal_or_none(undo(d, &s.access, &batch, "A").await), None);
    }

    async fn a_store_gets_all_sections_or_none(t: TestDomain) {
        let d = &t.domain;
        testing::specimen::install();
        let specimen = testing::specimen::Specimen::SECTION;
        let s = scene(d, &["B", "C"]).await;
        for (store, name) in s.stores.iter().zip(["A", "B", "C"]) {
            write(d, &s.acme.owner, store, &[("name", name), ("city", name)]).await;
            let edit = access::section_edit(d, &s.acme.owner, store, specimen).await.unwrap();
            // Of B the number is not what the lock below allows.
            let number = if name == "B" { "50" } else { "10" };
            let input = [("text", name), ("number", number)];
            let input: Input = input.map(|(k, v)| (k.to_owned(), v.to_owned())).into();
            save(d, &edit, 0, &input, &[]).await.unwrap();
        }
        let lock = policy::Draft {
            section: "specimen".into(), field: "number".into(),
            rule: policy::Rule::Range { min: 1, max: 20 }, reason: "x".into(), version: 0,
        };
        let token = flash::prepare(d, s.access.person(), "policy", &lock).await.unwrap();
        policy::set(d, &s.access, &token, &lock, policy::Existing::Stay).await.unwrap();
        let chosen = ["store-details.city".to_owned(), "specimen.text".to_owned()];
        let task = choose(d, &s.access, &s.stores[0], &chosen).await.unwrap();
        let draft = Draft { task, stores: s.stores[1..].to_vec() };
        let (counts, ..) = preview(d, &s.access, &draft, Look::Concerned, None).await.unwrap();
        assert_eq!(counts, Counts { changed: 1, same: 0, refused: 1 });
        let batch = s.started(d, &draft).await.unwrap();
        work(d).await;
        assert_eq!(s.states(d, &batch).await, [("B".into(), State::Refused), ("C".into(), State::Applied)]);
        assert_eq!(details(d, &s.stores[1]).await.city, "B", "what came before the refused section is gone");
        assert_eq!(details(d, &s.stores[2]).await.city, "A");
        let (rows, _) = results(d, &s.access, &batch, Some(State::Applied), None).await.unwrap();
        assert_eq!(rows[0].report.changes.len(), 2);
    }

    async fn it_is_started_once_and_by_whom_it_concerns(t: TestDomain) {
        let d = &t.domain;
        let s = scene(d, &["B"]).await;
        write(d, &s.acme.owner, &s.stores[0], &[("name", "A"), ("country", "US")]).await;
        let draft = s.draft(d, &["country"]).await;
        let token = flash::prepare(d, s.access.person(), "bulk", &draft).await.unwrap();
        assert_eq!(faults(start(d, &s.access, &token, &draft, "a").await), ["name"]);
        start(d, &s.access, &token, &draft, " A ").await.unwrap();
        assert_eq!(refusal(start(d, &s.access, &token, &draft, "A").await), Refusal::Gone);
        assert_eq!(testing::audited(d, "batch.start").await, 1);
        assert_eq!(faults(choose(d, &s.access, &s.stores[0], &["store-details.logo".into()]).await), ["fields"]);
        // Another organization's stores can be neither read nor written.
        let other = company(d, "Other").await;
        let stranger: Manage = access::organization(d, &other.owner, &other.organization).await.unwrap();
        assert!(matches!(choose(d, &stranger, &s.stores[0], &["store-details".into()]).await, Err(Error::NotFound)));
        let batch = s.start(d, &["country"]).await;
        assert!(matches!(super::batch(d, &stranger, &batch).await, Err(Error::NotFound)));
        assert!(matches!(results(d, &stranger, &batch, None, None).await, Err(Error::NotFound)));
        assert!(matches!(undo(d, &stranger, &batch, "Other").await, Err(Error::NotFound)));
        let theirs = Draft { stores: vec![other.store.clone()], ..draft };
        let nothing = s.started(d, &theirs).await.unwrap();
        assert!(s.states(d, &nothing).await.is_empty());
        assert_eq!(targets(d, &s.access, "b").await.unwrap().len(), 1);
    }
}

fn refusal_or_none(result: Result<BatchId>) -> Option<Refusal> {
    match result {
        Err(Error::Refused(refusal)) => Some(refusal),
        _ => None,
    }
}
