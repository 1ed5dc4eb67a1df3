mod many;
mod random;
mod secrets;

use super::*;
use crate::{
    Domain, Error,
    access::{SectionAccess, SectionEdit, SignedIn, section_edit, section_view, section_views},
    audit::Reader,
    both_engines,
    db::Conn,
    settings::{How, document_at, save, stored},
    testing::{Company, audited, colleague, company, count, execute, refusal},
};
use model::{
    Input, Refusal,
    access::StoreRole,
    check::Fault,
    settings::{Document, Information, Settings as _, StoreDetails, Value},
    text::{Lang, Texts},
};

/// A form that is complete apart from these fields.
fn form(fields: &[(&str, &str)]) -> Input {
    let base = [
        ("name", "Casa Ana"),
        ("store_url", "https://ana.example"),
        ("contact_email", "hello@ana.example"),
    ];
    let pairs = base.iter().chain(fields);
    pairs.map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

/// A store's details in the hands of somebody who may change them.
struct Scene {
    domain: Domain,
    company: Company,
    edit: SectionEdit,
    view: SectionAccess,
    reader: Reader,
}

impl Scene {
    async fn new(domain: &Domain) -> Scene {
        let company = company(domain, "Casa Ana").await;
        Scene::of(domain, company.clone(), &company.owner).await
    }

    async fn of(domain: &Domain, company: Company, who: &SignedIn) -> Scene {
        let section = StoreDetails::SECTION;
        Scene {
            domain: domain.clone(),
            edit: section_edit(domain, who, &company.store, section).await.unwrap(),
            view: section_view(domain, who, &company.store, section).await.unwrap(),
            reader: Reader::of(Texts::of(Lang::En), &who.person),
            company,
        }
    }

    async fn save(&self, fields: &[(&str, &str)]) -> i64 {
        let (version, _) = self.now().await;
        save(&self.domain, &self.edit, version, &form(fields), &[]).await.unwrap()
    }

    async fn now(&self) -> (i64, Document) {
        let scope = self.company.store.as_str();
        let read = async |conn: &mut Conn<'_>| Ok(stored(conn, scope, StoreDetails::SECTION).await);
        let stored = self.domain.db.read(read).await.unwrap().unwrap();
        (stored.version, stored.document)
    }

    async fn at(&self, version: i64) -> Document {
        let scope = self.company.store.as_str();
        let read = async |conn: &mut Conn<'_>| {
            Ok(document_at(conn, scope, StoreDetails::SECTION, version).await)
        };
        self.domain.db.read(read).await.unwrap().unwrap()
    }

    async fn put_back(&self, what: What) -> crate::Result<i64> {
        put_back(&self.domain, &self.edit, what, self.now().await.0, &[]).await
    }

    async fn preview(&self, what: What) -> Preview {
        preview(&self.domain, &self.edit, &self.reader, what).await.unwrap()
    }

    async fn list(&self, at: At) -> HistoryPage {
        of_section(&self.domain, &self.view, &self.reader, at).await.unwrap()
    }
}

fn versions(page: &HistoryPage) -> Vec<i64> {
    page.versions.iter().map(|version| version.version).collect()
}

both_engines! {
    async fn the_list_tells_who_when_from_where_how_and_what(t: TestDomain) {
        let s = Scene::new(&t.domain).await;
        let page = s.list(At::Newest).await;
        assert!(page.versions.is_empty() && page.created, "the first version is no change");
        s.save(&[("city", "Lugo"), ("country", "ES")]).await;
        let (jan, _) = colleague(&t.domain, &s.company, "jan.nowak@x.example", StoreRole::Administrator).await;
        let jan = Scene::of(&t.domain, s.company.clone(), &jan).await;
        t.advance(180_000);
        jan.save(&[("city", "Vigo"), ("country", "ES")]).await;
        jan.put_back(What::Undo(3)).await.unwrap();
        t.advance(60_000);
        let page = s.list(At::Newest).await;
        assert_eq!((versions(&page), page.created, page.current), (vec![4, 3, 2], true, 4));
        let newest = &page.versions[0];
        assert_eq!((newest.who.as_str(), newest.ago.as_str(), newest.address.as_str(), &newest.how),
            ("Jan Nowak", "1 minute ago", "192.0.2.1", &How::Undo(3)));
        let changes: Vec<_> = page.versions[2].changes.iter()
            .map(|c| (c.label.as_str(), c.old.as_str(), c.new.as_str())).collect();
        assert!(changes.contains(&("City", "(empty)", "Lugo")), "{changes:?}");
        assert!(changes.contains(&("Country", "(empty)", "Spain")), "{changes:?}");
    }

    async fn undoing_a_change_restores_what_was_before(t: TestDomain) {
        let s = Scene::new(&t.domain).await;
        s.save(&[("city", "Lugo")]).await;
        let before = s.now().await.1;
        s.save(&[("city", "Vigo"), ("region", "Galicia"), ("country", "PL")]).await;
        let entries = audited(&t.domain, "").await;
        assert_eq!(s.put_back(What::Undo(3)).await.unwrap(), 4);
        assert_eq!(s.now().await, (4, before));
        assert_eq!(audited(&t.domain, "").await, entries + 1, "one entry a change");
        assert_eq!(count(&t.domain, "SELECT COUNT(*) AS n FROM setting_change WHERE how = 'undo:3'").await, 1);
        // An undo is a change like any other.
        assert_eq!(s.put_back(What::Undo(4)).await.unwrap(), 5);
        assert_eq!(s.now().await.1, s.at(3).await);
    }

    async fn an_undo_touches_its_own_fields_only_and_tells_who_changed_them_since(t: TestDomain) {
        let s = Scene::new(&t.domain).await;
        s.save(&[]).await;
        s.save(&[("city", "Lugo"), ("region", "Galicia")]).await;
        t.advance(3_600_000);
        s.save(&[("city", "Madrid"), ("region", "Galicia"), ("legal_name", "Ana SL")]).await;
        let preview = s.preview(What::Undo(3)).await;
        assert_eq!((preview.version, preview.possible, preview.leave.len(), preview.rows.len()), (4, true, 0, 2));
        let city = preview.rows.iter().find(|row| row.label == "City").unwrap();
        assert_eq!((city.now.as_str(), city.will_be.as_str()), ("Madrid", "(empty)"));
        let again = city.again.as_ref().unwrap();
        assert_eq!((again.version, again.by.as_str(), again.at.as_str()),
            (4, s.company.owner.person.name().as_str(), "just now"));
        let region = preview.rows.iter().find(|row| row.label == "Region").unwrap();
        assert!(region.again.is_none() && preview.rows.iter().all(|row| row.fault.is_none()));
        s.put_back(What::Undo(3)).await.unwrap();
        let (_, now) = s.now().await;
        assert_eq!(["city", "region", "legal_name"].map(|key| now[key].text().to_owned()), ["", "", "Ana SL"]);
    }

    async fn what_cannot_go_back_is_named_and_the_rest_can(t: TestDomain) {
        let s = Scene::new(&t.domain).await;
        // The store began without an address of its shop, which is required.
        s.save(&[("city", "Lugo")]).await;
        let preview = s.preview(What::Undo(2)).await;
        let faults: Vec<_> = preview.rows.iter().filter_map(|row| Some((row.label.as_str(), row.fault?))).collect();
        assert_eq!(faults, [("Store URL", Fault::Required), ("Contact email", Fault::Required)]);
        assert_eq!((&preview.leave[..], preview.possible), (&["contact_email".to_owned(), "store_url".to_owned()][..], true));
        let refused = put_back(&t.domain, &s.edit, What::Undo(2), 2, &[]).await;
        assert!(matches!(&refused, Err(Error::Invalid(faults)) if faults.len() == 2), "{refused:?}");
        put_back(&t.domain, &s.edit, What::Undo(2), 2, &preview.leave).await.unwrap();
        let (_, now) = s.now().await;
        assert_eq!((now["city"].clone(), now["store_url"].clone()), (Value::from(""), Value::from("https://ana.example")));
        // Now nothing is left that could.
        assert!(!s.preview(What::Undo(2)).await.possible);
    }

    async fn an_image_that_is_gone_is_a_fault_at_its_field(t: TestDomain) {
        let s = Scene::new(&t.domain).await;
        let image = crate::images::tests::upload(&t.domain, &s.edit).await;
        s.save(&[("logo", image.as_str())]).await;
        s.save(&[("logo", ""), ("city", "Lugo")]).await;
        execute(&t.domain, "DELETE FROM image").await;
        let preview = s.preview(What::Return(2)).await;
        assert_eq!(preview.leave, ["logo"]);
        assert!(preview.possible);
        put_back(&t.domain, &s.edit, What::Return(2), 3, &preview.leave).await.unwrap();
        let (_, now) = s.now().await;
        assert_eq!((now["logo"].clone(), now["city"].clone()), (Value::from(""), Value::from("")));
    }

    async fn a_stale_preview_is_refused(t: TestDomain) {
        let s = Scene::new(&t.domain).await;
        s.save(&[("city", "Lugo")]).await;
        s.save(&[("city", "Vigo")]).await;
        s.save(&[("city", "Vigo"), ("region", "Galicia")]).await;
        let entries = audited(&t.domain, "").await;
        for what in [What::Undo(3), What::Return(2)] {
            for seen in [3, 5, 0, -1] {
                let refused = put_back(&t.domain, &s.edit, what, seen, &[]).await;
                assert_eq!(refusal(refused), Refusal::SettingsChanged);
            }
        }
        assert_eq!((s.now().await.0, audited(&t.domain, "").await), (4, entries));
    }

    async fn the_version_it_was_created_with_is_one_like_others(t: TestDomain) {
        let s = Scene::new(&t.domain).await;
        s.save(&[]).await;
        s.save(&[("city", "Lugo")]).await;
        let (first, current) = version(&t.domain, &s.view, &s.reader, 1).await.unwrap();
        assert!(first.is_none() && current == 3);
        for unknown in [0, 4, -1, i64::MAX] {
            let none = version(&t.domain, &s.view, &s.reader, unknown).await;
            assert!(matches!(none, Err(Error::NotFound)), "{unknown}");
            for what in [What::Undo(unknown), What::Return(unknown)] {
                assert!(matches!(s.put_back(what).await, Err(Error::NotFound)));
            }
            let compared = compare(&t.domain, &s.view, &s.reader, (1, unknown)).await.unwrap();
            assert!(compared.changes.is_none() && compared.current == 3);
        }
        assert!(matches!(s.put_back(What::Undo(1)).await, Err(Error::NotFound)), "it changed nothing");
        let compared = compare(&t.domain, &s.view, &s.reader, (1, 3)).await.unwrap();
        let labels: Vec<_> = compared.changes.unwrap().into_iter().map(|change| change.label).collect();
        assert_eq!(labels, ["Store URL", "Contact email", "City"]);
        let back = compare(&t.domain, &s.view, &s.reader, (3, 2)).await.unwrap().changes.unwrap();
        assert_eq!((back[0].old.as_str(), back[0].new.as_str(), back.len()), ("Lugo", "(empty)", 1));
        assert!(compare(&t.domain, &s.view, &s.reader, (2, 2)).await.unwrap().changes.unwrap().is_empty());
        s.put_back(What::Return(2)).await.unwrap();
        assert_eq!(s.now().await, (4, s.at(2).await));
    }

    async fn who_lost_the_permission_puts_nothing_back(t: TestDomain) {
        let s = Scene::new(&t.domain).await;
        s.save(&[]).await;
        s.save(&[("city", "Lugo")]).await;
        execute(&t.domain, "UPDATE store_member SET role = 'marketer'").await;
        let denied = put_back(&t.domain, &s.edit, What::Undo(3), 3, &[]).await;
        assert!(matches!(denied, Err(Error::Forbidden(_))), "{denied:?}");
        execute(&t.domain, "DELETE FROM store_member").await;
        let denied = put_back(&t.domain, &s.edit, What::Undo(3), 3, &[]).await;
        assert!(matches!(denied, Err(Error::NotFound)), "{denied:?}");
    }

    async fn the_history_of_a_place_has_its_own_versions_only(t: TestDomain) {
        let (one, two) = (Scene::new(&t.domain).await, {
            let company = company(&t.domain, "Other").await;
            Scene::of(&t.domain, company.clone(), &company.owner).await
        });
        one.save(&[("city", "Lugo")]).await;
        two.save(&[("city", "Vigo")]).await;
        let owner = &one.company.owner;
        let all = section_views(&t.domain, owner, &one.company.store).await.unwrap();
        let page = of_place(&t.domain, &all, &one.reader, At::Newest).await.unwrap();
        assert_eq!(versions(&page), [2]);
        assert!(page.versions[0].changes.iter().any(|change| change.new == "Lugo"));
        let all = section_views(&t.domain, owner, &one.company.organization).await.unwrap();
        assert!(all.iter().any(|access| access.section().key == Information::SECTION.key));
        assert!(of_place(&t.domain, &all, &one.reader, At::Newest).await.unwrap().versions.is_empty());
        let stranger = section_views(&t.domain, owner, &two.company.store).await;
        assert!(matches!(stranger, Err(Error::NotFound)));
        let (mark, _) = colleague(&t.domain, &one.company, "mark.eter@x.example", StoreRole::Marketer).await;
        let refused = section_views(&t.domain, &mark, &one.company.store).await;
        assert!(matches!(refused, Err(Error::Forbidden(_))));
    }
}
