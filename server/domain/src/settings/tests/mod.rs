mod every;
mod new_stores;
mod organization;
mod race;
mod stale;

use super::*;
use crate::{
    Domain, Error,
    access::{SectionEdit, SignedIn, section_edit, section_view},
    both_engines,
    db::Conn,
    row,
    testing::{Company, audited, company, count, execute, faults, refusal},
};
use model::{
    Input, Refusal, StoreId,
    settings::{Settings as _, StoreDetails, Value},
    view::SectionView,
};

row! { struct Text { text: String } }

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

async fn edit(domain: &Domain, who: &SignedIn, store: &StoreId) -> SectionEdit {
    section_edit(domain, who, store, StoreDetails::SECTION).await.unwrap()
}

async fn shown(domain: &Domain, who: &SignedIn, store: &StoreId) -> SectionView {
    let access = section_view(domain, who, store, StoreDetails::SECTION).await.unwrap();
    view(domain, &access).await.unwrap()
}

/// A company whose owner may edit its store's details.
async fn owned(domain: &Domain) -> (Company, SectionEdit) {
    let company = company(domain, "Casa Ana").await;
    let access = edit(domain, &company.owner, &company.store).await;
    (company, access)
}

async fn text(domain: &Domain, statement: &'static str) -> String {
    let read = async |conn: &mut Conn<'_>| crate::db::sql(statement).one::<Text>(conn).await;
    domain.db.read(read).await.unwrap().text
}

both_engines! {
    async fn a_page_has_values_choices_and_no_change_yet(t: TestDomain) {
        let (company, _) = owned(&t.domain).await;
        let view = shown(&t.domain, &company.owner, &company.store).await;
        assert_eq!((view.version, view.editable, view.last_change), (1, true, None));
        assert_eq!(view.values.len(), StoreDetails::SECTION.fields().count());
        assert_eq!(view.values["name"], Value::from("Casa Ana"));
        let fields: Vec<_> = view.choices.keys().map(String::as_str).collect();
        assert_eq!(fields, ["country"]);
        assert_eq!(view.choices["country"].len(), 249);
    }

    async fn what_is_saved_is_read_shown_and_recorded(t: TestDomain) {
        let (company, access) = owned(&t.domain).await;
        let before = audited(&t.domain, "").await;
        let input = form(&[("name", " Casa Nueva "), ("country", "ES"), ("contact_phone", "0034 915 550 100")]);
        assert_eq!(save(&t.domain, &access, 1, &input, &[]).await.unwrap(), 2);

        let scope = company.store.as_str();
        let read = async |conn: &mut Conn<'_>| read::<StoreDetails>(conn, scope).await;
        let details = t.domain.db.read(read).await.unwrap();
        assert_eq!((details.name.as_str(), details.country.as_str()), ("Casa Nueva", "ES"));
        assert_eq!(details.contact_phone, "+34915550100");
        assert_eq!(text(&t.domain, "SELECT name AS text FROM store").await, "Casa Nueva");

        t.advance(120_000);
        let view = shown(&t.domain, &company.owner, &company.store).await;
        let change = view.last_change.unwrap();
        assert_eq!((view.version, change.by, change.at.as_str()),
            (2, company.owner.person.name(), "2 minutes ago"));

        assert_eq!(audited(&t.domain, "").await, before + 1);
        assert_eq!(audited(&t.domain, "settings.save").await, 1);
        let old = text(&t.domain, "SELECT old_value AS text FROM audit_entry WHERE action = 'settings.save'").await;
        assert!(old.contains(r#""name":"Casa Ana""#) && !old.contains("region"), "{old}");
        let changes = text(&t.domain, "SELECT changes AS text FROM setting_change WHERE version = 2").await;
        assert!(changes.contains(r#"{"field":"country","old":"","new":"ES"}"#), "{changes}");
    }

    async fn saving_without_a_difference_writes_nothing(t: TestDomain) {
        let (_, access) = owned(&t.domain).await;
        assert_eq!(save(&t.domain, &access, 1, &form(&[]), &[]).await.unwrap(), 2);
        let before = audited(&t.domain, "").await;
        let same = form(&[("store_url", " https://ana.example ")]);
        assert_eq!(save(&t.domain, &access, 2, &same, &[]).await.unwrap(), 2);
        assert_eq!(audited(&t.domain, "").await, before);
        assert_eq!(count(&t.domain, "SELECT COUNT(*) AS n FROM setting_change").await, 1);
    }

    async fn all_faults_are_told_at_once_and_nothing_is_kept(t: TestDomain) {
        let (_, access) = owned(&t.domain).await;
        let before = audited(&t.domain, "").await;
        let wrong = form(&[
            ("name", ""), ("store_url", "javascript:alert(1)"), ("logo", "img_00000000000000000000000000000001"),
            ("contact_email", "x"), ("city", "a\0b"), ("country", "XX"),
            ("facebook", "https://evil.example/facebook.com"),
        ]);
        let told = faults(save(&t.domain, &access, 1, &wrong, &[]).await);
        assert_eq!(told, ["name", "store_url", "logo", "contact_email", "city", "country", "facebook"]);
        assert_eq!(audited(&t.domain, "").await, before);
        assert_eq!(count(&t.domain, "SELECT version AS n FROM setting_document WHERE section = 'store-details'").await, 1);
    }

    async fn text_that_looks_like_script_is_kept_as_it_is(t: TestDomain) {
        let (company, access) = owned(&t.domain).await;
        let script = "</textarea></title><script>alert('x')</script>";
        let input = form(&[("name", script), ("legal_name", script), ("street", script), ("city", script)]);
        save(&t.domain, &access, 1, &input, &[]).await.unwrap();
        let view = shown(&t.domain, &company.owner, &company.store).await;
        assert_eq!(view.values["street"], Value::from(script));
    }

    async fn another_stores_image_is_not_a_choice(t: TestDomain) {
        let (company, access) = owned(&t.domain).await;
        let other = crate::testing::company(&t.domain, "Other").await;
        let theirs = edit(&t.domain, &other.owner, &other.store).await;
        let image = crate::images::tests::upload(&t.domain, &theirs).await;
        let input = form(&[("logo", image.as_str())]);
        assert_eq!(faults(save(&t.domain, &access, 1, &input, &[]).await), ["logo"]);
        let own = crate::images::tests::upload(&t.domain, &access).await;
        let input = form(&[("logo", own.as_str())]);
        assert_eq!(save(&t.domain, &access, 1, &input, &[]).await.unwrap(), 2);
        let view = shown(&t.domain, &other.owner, &other.store).await;
        assert_eq!((view.version, view.values["name"].clone()), (1, Value::from("Other")));
        drop(company);
    }

    async fn who_lost_the_role_in_the_meantime_saves_nothing(t: TestDomain) {
        let (_, access) = owned(&t.domain).await;
        execute(&t.domain, "UPDATE store_member SET role = 'marketer'").await;
        let denied = save(&t.domain, &access, 1, &form(&[]), &[]).await;
        assert!(matches!(denied, Err(Error::Forbidden(_))), "{denied:?}");
        execute(&t.domain, "DELETE FROM store_member").await;
        let denied = save(&t.domain, &access, 1, &form(&[]), &[]).await;
        assert!(matches!(denied, Err(Error::NotFound)), "{denied:?}");
        assert_eq!(count(&t.domain, "SELECT version AS n FROM setting_document WHERE section = 'store-details'").await, 1);
    }

    async fn a_version_that_never_was_is_refused(t: TestDomain) {
        let (_, access) = owned(&t.domain).await;
        for version in [-1, 2, i64::MAX] {
            let refused = save(&t.domain, &access, version, &form(&[]), &[]).await;
            assert_eq!(refusal(refused), Refusal::Malformed);
        }
    }

    async fn a_section_nobody_saved_yet_has_its_defaults(t: TestDomain) {
        let (company, access) = owned(&t.domain).await;
        execute(&t.domain, "DELETE FROM setting_document").await;
        let view = shown(&t.domain, &company.owner, &company.store).await;
        assert_eq!((view.version, view.values["country"].clone()), (0, Value::from("")));
        assert_eq!(save(&t.domain, &access, 0, &form(&[]), &[]).await.unwrap(), 1);
        assert_eq!(shown(&t.domain, &company.owner, &company.store).await.version, 1);
    }

    async fn a_choice_that_the_lists_lost_may_stay_but_not_come(t: TestDomain) {
        let (_, access) = owned(&t.domain).await;
        save(&t.domain, &access, 1, &form(&[("country", "HR")]), &[]).await.unwrap();
        execute(&t.domain, "UPDATE setting_document SET body = REPLACE(body, '\"HR\"', '\"YU\"')").await;
        let keep = form(&[("country", "YU"), ("city", "Zadar")]);
        assert_eq!(save(&t.domain, &access, 2, &keep, &[]).await.unwrap(), 3);
        assert_eq!(faults(save(&t.domain, &access, 3, &form(&[("country", "DD")]), &[]).await), ["country"]);
    }
}
