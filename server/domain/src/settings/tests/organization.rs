//! What an organization says of itself goes the same ways as a store's settings.
use super::*;
use crate::testing::{colleague, person};
use model::{access::StoreRole, settings::Information};

async fn edit(domain: &Domain, who: &SignedIn, company: &Company) -> SectionEdit {
    section_edit(domain, who, &company.organization, Information::SECTION).await.unwrap()
}

async fn shown(domain: &Domain, who: &SignedIn, company: &Company) -> SectionView {
    let place = &company.organization;
    let access = section_view(domain, who, place, Information::SECTION).await.unwrap();
    view(domain, &access).await.unwrap()
}

fn form(fields: &[(&str, &str)]) -> Input {
    let pairs = [("name", "Casa Ana")].into_iter().chain(fields.iter().copied());
    pairs.map(|(key, value)| (key.to_owned(), value.to_owned())).collect()
}

/// The owner and an Administrator of the organization.
async fn two(domain: &Domain) -> (Company, SectionEdit, SectionEdit) {
    let company = company(domain, "Casa Ana").await;
    let (other, _) = colleague(domain, &company, "eva.cruz@ana.example", StoreRole::Marketer).await;
    execute(domain, "UPDATE organization_member SET role = 'administrator' WHERE role = 'member'")
        .await;
    let (mine, theirs) =
        (edit(domain, &company.owner, &company).await, edit(domain, &other, &company).await);
    (company, mine, theirs)
}

both_engines! {
    async fn it_begins_with_the_name_and_keeps_it_in_step(t: TestDomain) {
        let (company, access, _) = two(&t.domain).await;
        let view = shown(&t.domain, &company.owner, &company).await;
        assert_eq!((view.version, view.editable, view.values["name"].clone()), (1, true, Value::from("Casa Ana")));
        let before = audited(&t.domain, "").await;
        let input = form(&[("name", "Grupo Ana"), ("tax_id", "B12345674"), ("country", "ES")]);
        assert_eq!(save(&t.domain, &access, 1, &input, &[]).await.unwrap(), 2);
        assert_eq!(text(&t.domain, "SELECT name AS text FROM organization").await, "Grupo Ana");
        assert_eq!(text(&t.domain, "SELECT name AS text FROM store").await, "Casa Ana");
        assert_eq!(audited(&t.domain, "").await, before + 1);
        let chain = text(&t.domain, "SELECT chain AS text FROM audit_entry WHERE action = 'settings.save' AND store_id IS NULL").await;
        assert_eq!(chain, company.organization.as_str());
        let scope = company.organization.as_str();
        let read = async |conn: &mut Conn<'_>| read::<Information>(conn, scope).await;
        assert_eq!(t.domain.db.read(read).await.unwrap().tax_id, "B12345674");
        assert_eq!(crate::audit::verify(&t.domain).await.unwrap().broken, []);
    }

    async fn a_stale_save_is_refused_with_both_sides(t: TestDomain) {
        let (company, mine, theirs) = two(&t.domain).await;
        save(&t.domain, &theirs, 1, &form(&[("city", "Vigo"), ("tax_id", "1")]), &[]).await.unwrap();
        let before = audited(&t.domain, "").await;
        let form = form(&[("city", "Madrid"), ("tax_id", "2")]);
        let conflict = match save(&t.domain, &mine, 1, &form, &[]).await {
            Err(Error::Stale(conflict)) => *conflict,
            other => panic!("not stale but {other:?}"),
        };
        let fields: Vec<_> = conflict.fields.iter()
            .map(|f| (f.field.as_str(), f.mine_shown.as_str(), f.theirs_shown.as_str(), f.by.as_str())).collect();
        assert_eq!(fields, [("tax_id", "2", "1", "Eva Cruz"), ("city", "Madrid", "Vigo", "Eva Cruz")]);
        assert_eq!(audited(&t.domain, "").await, before);
        assert_eq!(save(&t.domain, &mine, 2, &form, &["city".to_owned()]).await.unwrap(), 3);
        let values = shown(&t.domain, &company.owner, &company).await.values;
        assert_eq!(["city", "tax_id"].map(|key| values[key].as_input().into_owned()), ["Vigo", "2"]);
    }

    async fn faults_are_told_and_images_are_the_organizations_own(t: TestDomain) {
        let (company, access, _) = two(&t.domain).await;
        let of_store = super::edit(&t.domain, &company.owner, &company.store).await;
        let stores = crate::images::tests::upload(&t.domain, &of_store).await;
        let wrong = form(&[("name", ""), ("contact_email", "x"), ("country", "XX"), ("logo", stores.as_str())]);
        let told = faults(save(&t.domain, &access, 1, &wrong, &[]).await);
        assert_eq!(told, ["name", "contact_email", "logo", "country"]);
        let own = crate::images::tests::upload(&t.domain, &access).await;
        assert_eq!(save(&t.domain, &access, 1, &form(&[("logo", own.as_str())]), &[]).await.unwrap(), 2);
        // Every member sees it, also who is in none of its stores; nobody else does.
        let (member, _) = colleague(&t.domain, &company, "leo.paz@ana.example", StoreRole::Marketer).await;
        execute(&t.domain, "DELETE FROM store_member").await;
        assert!(crate::images::image(&t.domain, &member, &own).await.unwrap().is_some());
        assert!(crate::images::image(&t.domain, &member, &stores).await.unwrap().is_none());
        let stranger = person(&t.domain, "o.ther@else.example").await;
        assert!(crate::images::image(&t.domain, &stranger, &own).await.unwrap().is_none());
        execute(&t.domain, "UPDATE organization_member SET suspended_at = 1 WHERE role = 'member'").await;
        assert!(crate::images::image(&t.domain, &member, &own).await.unwrap().is_none());
    }

    async fn members_see_it_and_who_manages_changes_it(t: TestDomain) {
        let (company, _, theirs) = two(&t.domain).await;
        let (domain, section) = (&t.domain, Information::SECTION);
        let (member, _) = colleague(domain, &company, "leo.paz@ana.example", StoreRole::Administrator).await;
        assert!(!shown(domain, &member, &company).await.editable);
        let denied = section_edit(domain, &member, &company.organization, section).await;
        assert!(matches!(denied, Err(Error::ForbiddenInOrganization(_))), "{denied:?}");
        let stranger = person(domain, "o.ther@else.example").await;
        let denied = section_view(domain, &stranger, &company.organization, section).await;
        assert!(matches!(denied, Err(Error::NotFound)));
        // A store has no such section, nor has an organization a store's.
        let denied = section_view(domain, &company.owner, &company.store, section).await;
        assert!(matches!(denied, Err(Error::NotFound)));
        let denied = section_edit(domain, &company.owner, &company.organization, StoreDetails::SECTION).await;
        assert!(matches!(denied, Err(Error::NotFound)));
        // Who was demoted in the meantime saves nothing.
        execute(domain, "UPDATE organization_member SET role = 'member' WHERE role = 'administrator'").await;
        let denied = save(domain, &theirs, 1, &form(&[("city", "Vigo")]), &[]).await;
        assert!(matches!(denied, Err(Error::ForbiddenInOrganization(_))), "{denied:?}");
    }
}
