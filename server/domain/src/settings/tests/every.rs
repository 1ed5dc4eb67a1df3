//! What every section has, the registered ones and a specimen with every kind of field: made from
//! their declarations.
use super::*;
use crate::{
    db::testing::TestDomain,
    settings::{Author, Commit, How, commit, document_at, lock, secret, stored},
    testing::{samples, specimen},
};
use model::{
    check::Fault,
    settings::{Document, Kind, Place, Row, Scope, Section, compact, forgets, sections, validate},
};

/// Somebody who may change a section, and how its form begins.
struct Bench {
    t: TestDomain,
    company: Company,
}

impl Bench {
    async fn new(t: TestDomain) -> Bench {
        specimen::install();
        let company = company(&t.domain, "Casa Ana").await;
        Bench { t, company }
    }

    fn place(&self, section: &Section) -> Place {
        match section.scope {
            Scope::Store { .. } => Place::from(&self.company.store),
            Scope::Organization { .. } => Place::from(&self.company.organization),
        }
    }

    async fn edit(&self, section: &'static Section) -> SectionEdit {
        section_edit(&self.t.domain, &self.company.owner, self.place(section), section)
            .await
            .unwrap()
    }

    async fn version(&self, section: &'static Section) -> i64 {
        self.now(section).await.0
    }

    async fn now(&self, section: &'static Section) -> (i64, Document) {
        let place = self.place(section);
        let read = async |conn: &mut Conn<'_>| Ok(stored(conn, place.id(), section).await);
        let stored = self.t.domain.db.read(read).await.unwrap().unwrap();
        (stored.version, stored.document)
    }

    async fn at(&self, section: &'static Section, version: i64) -> Document {
        let place = self.place(section);
        let read =
            async |conn: &mut Conn<'_>| Ok(document_at(conn, place.id(), section, version).await);
        self.t.domain.db.read(read).await.unwrap().unwrap()
    }

    /// Saves right values with these in their place.
    async fn save(
        &self,
        section: &'static Section,
        with: &[(String, String)],
    ) -> crate::Result<i64> {
        let version = self.version(section).await;
        save(&self.t.domain, &self.edit(section).await, version, &input(section, with), &[]).await
    }
}

fn input(section: &Section, with: &[(String, String)]) -> Input {
    let key = |name: &str| name.split('.').next().unwrap_or_default().to_owned();
    let own: Vec<String> = with.iter().map(|(name, _)| key(name)).collect();
    let rest = samples::complete(section).into_iter().filter(|(name, _)| !own.contains(&key(name)));
    rest.chain(with.iter().cloned()).collect()
}

both_engines! {
    async fn defaults_are_valid(t: TestDomain) {
        let bench = Bench::new(t).await;
        for section in sections() {
            let defaults: Document =
                section.fields().map(|field| (field.key.to_owned(), field.default_value())).collect();
            let faults = validate(section, &defaults, |_, _| true);
            let missing = |e: &model::FieldError| {
                let field = section.field(&e.field).unwrap();
                e.fault == Fault::Required && field.required && field.default.is_empty()
            };
            assert!(faults.iter().all(missing), "{}: {faults:?}", section.key);
            let saved = bench.save(section, &[]).await;
            assert!(saved.is_ok(), "{}: {saved:?}", section.key);
        }
    }

    async fn each_constraint_is_refused_with_the_field_named(t: TestDomain) {
        let bench = Bench::new(t).await;
        for section in sections() {
            let before = (bench.now(section).await, audited(&bench.t.domain, "").await);
            for field in section.fields() {
                for wrong in samples::wrong(section, field) {
                    let told = match bench.save(section, &wrong.input).await {
                        Err(Error::Invalid(faults)) => faults,
                        other => panic!("{}.{}: {other:?} for {wrong:?}", section.key, field.key),
                    };
                    let named = told.iter().any(|e| e.field == wrong.at && e.fault == wrong.fault);
                    assert!(named, "{}: {told:?} for {wrong:?}", section.key);
                }
            }
            let after = (bench.now(section).await, audited(&bench.t.domain, "").await);
            assert_eq!(after, before, "{}", section.key);
        }
    }

    async fn what_is_saved_comes_back_and_every_past_version_can_be_had(t: TestDomain) {
        let bench = Bench::new(t).await;
        for section in sections() {
            let (first, document) = bench.now(section).await;
            let mut seen = vec![document];
            for field in section.fields().filter(|field| !field.is_secret()) {
                for right in samples::right(section, field) {
                    let mut wanted = Document::from([(
                        field.key.to_owned(),
                        field.read(&input(section, &right)).unwrap(),
                    )]);
                    compact(&mut wanted);
                    bench.save(section, &right).await.unwrap();
                    let (version, document) = bench.now(section).await;
                    assert_eq!(document[field.key], wanted[field.key], "{} {right:?}", section.key);
                    if version as usize > first as usize + seen.len() - 1 {
                        seen.push(document);
                    }
                }
            }
            for (version, document) in (first..).zip(&seen) {
                assert_eq!(&bench.at(section, version).await, document, "{} {version}", section.key);
            }
            assert!(seen.len() > 1, "{}", section.key);
        }
    }

    async fn going_back_restores_what_was(t: TestDomain) {
        let bench = Bench::new(t).await;
        for section in sections() {
            bench.save(section, &[]).await.unwrap();
            let (before, document) = bench.now(section).await;
            for field in section.fields() {
                for right in samples::right(section, field) {
                    bench.save(section, &right).await.unwrap();
                }
            }
            let place = bench.place(section);
            let organization = bench.company.organization.clone();
            let (domain, author) = (bench.t.domain.clone(), Author::from(&bench.company.owner));
            let wanted = document.clone();
            let back = async move |conn: &mut Conn<'_>| {
                lock(conn, &place).await?;
                let how = How::Return(before);
                let (organization, author, document) = (&organization, &author, &wanted);
                let next = Commit { place: &place, organization, section, author, how, document };
                commit(&domain, conn, &next).await
            };
            bench.t.domain.db.write(back).await.unwrap();
            assert_eq!(bench.now(section).await.1, document, "{}", section.key);
        }
    }

    async fn a_secret_is_sealed_kept_forgotten_and_never_told(t: TestDomain) {
        let bench = Bench::new(t).await;
        let section = specimen::Specimen::SECTION;
        let typed = |text: &str| vec![("secret".to_owned(), text.to_owned())];
        bench.save(section, &typed("canary-1")).await.unwrap();
        let (_, first) = bench.now(section).await;
        bench.save(section, &typed("")).await.unwrap();
        assert_eq!(bench.now(section).await.1["secret"], first["secret"], "left empty it is kept");
        bench.save(section, &typed("canary-2")).await.unwrap();
        let id = bench.now(section).await.1["secret"].text().to_owned();
        let (domain, store) = (bench.t.domain.clone(), bench.company.store.clone());
        let field = section.field("secret").unwrap();
        let open = async |conn: &mut Conn<'_>| {
            Ok(secret(&domain, conn, store.as_str(), section, field, &id).await)
        };
        let opened = bench.t.domain.db.read(open).await.unwrap().unwrap().unwrap();
        assert_eq!(opened.as_str(), "canary-2");
        let access = section_view(&domain, &bench.company.owner, &store, section).await.unwrap();
        let page = format!("{:?}", view(&domain, &access).await.unwrap());
        assert!(!page.contains("canary") && !page.contains(&id), "{page}");
        let audit = text(&domain, "SELECT MAX(new_value) AS text FROM audit_entry WHERE subject = 'specimen'").await;
        assert!(!audit.contains("canary") && !audit.contains(&id), "{audit}");
        let forget = vec![(forgets(field), "on".to_owned())];
        bench.save(section, &forget).await.unwrap();
        assert!(bench.now(section).await.1["secret"].is_empty());
    }

    async fn another_places_secret_is_no_value(t: TestDomain) {
        let bench = Bench::new(t).await;
        let section = specimen::Specimen::SECTION;
        bench.save(section, &[("secret".to_owned(), "canary".to_owned())]).await.unwrap();
        let mut document = bench.now(section).await.1;
        let other = crate::testing::another_store(&bench.t.domain, &bench.company, "Other").await;
        document.insert("text".to_owned(), Value::from("x"));
        let (domain, author) = (bench.t.domain.clone(), Author::from(&bench.company.owner));
        let organization = bench.company.organization.clone();
        let copy = async move |conn: &mut Conn<'_>| {
            let place = Place::from(&other);
            lock(conn, &place).await?;
            let (organization, author, document) = (&organization, &author, &document);
            let how = How::Apply;
            let next = Commit { place: &place, organization, section, author, how, document };
            commit(&domain, conn, &next).await
        };
        assert_eq!(faults(bench.t.domain.db.write(copy).await), ["secret"]);
    }

    async fn lists_that_both_changed_are_merged(t: TestDomain) {
        let bench = Bench::new(t).await;
        let section = specimen::Specimen::SECTION;
        let row = |n: u32, text: &str| (format!("links.{n}.title"), text.to_owned());
        let tags = |text: &str| ("tags".to_owned(), text.to_owned());
        bench.save(section, &[tags("a\nb"), row(0, "one")]).await.unwrap();
        let base = bench.version(section).await;
        bench.save(section, &[tags("a\nb\nc"), row(0, "one"), row(1, "two")]).await.unwrap();
        let mine = input(section, &[tags("b\nd"), row(0, "one"), row(1, "three")]);
        save(&bench.t.domain, &bench.edit(section).await, base, &mine, &[]).await.unwrap();
        let document = bench.now(section).await.1;
        assert_eq!(document["tags"].as_input(), "b\nc\nd");
        let titles: Vec<_> = document["links"].rows().map(|row: &Row| row["title"].as_str()).collect();
        assert_eq!(titles, ["one", "two", "three"]);
        // Both replaced the same entry: a person must decide.
        let base = bench.version(section).await;
        bench.save(section, &[tags("b\nc\nx")]).await.unwrap();
        let mine = input(section, &[tags("b\nc\ny")]);
        let stale = save(&bench.t.domain, &bench.edit(section).await, base, &mine, &[]).await;
        assert!(matches!(stale, Err(Error::Stale(_))), "{stale:?}");
    }
}

#[test]
fn every_kind_has_a_specimen() {
    let kinds: Vec<String> = specimen::Specimen::SECTION
        .fields()
        .map(|field| {
            format!("{:?}", field.kind).split(['(', ' ', '{']).next().unwrap_or("").to_owned()
        })
        .collect();
    for field in sections().flat_map(Section::fields) {
        let kind = format!("{:?}", field.kind);
        let kind = kind.split(['(', ' ', '{']).next().unwrap_or("");
        assert!(kinds.iter().any(|known| known == kind), "{kind} of {}", field.key);
        if let Kind::Rows(columns) = field.kind {
            let simple = |column: &model::settings::Field| {
                matches!(
                    column.kind,
                    Kind::Text
                        | Kind::Email
                        | Kind::Url { .. }
                        | Kind::Select(_)
                        | Kind::Choice(_)
                        | Kind::Color { .. }
                        | Kind::Number { .. }
                        | Kind::Phone
                )
            };
            assert!(columns.iter().all(simple), "cells of {} are of one line", field.key);
        }
    }
}
