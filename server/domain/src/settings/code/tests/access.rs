use super::*;
use crate::testing::{self, join};
use model::access::StoreRole;

both_engines! {
    async fn people_get_what_they_may_see_and_change_what_they_may(t: TestDomain) {
        let d = &t.domain;
        let company = company(d, "Casa Ana").await;
        let (store, organization) = (Place::from(&company.store), Place::from(&company.organization));
        fill(d, &company, &company.store, 0).await;
        let marketer = testing::person(d, "mark@shop.example").await;
        join(d, &company, &marketer, StoreRole::Marketer).await;
        let marketer = person(&marketer);
        assert!(matches!(export(d, &marketer, &store, T).await, Err(Error::Forbidden(_))));
        // Of the organization they see what it says of itself, and nothing of the store.
        let text = export(d, &marketer, &organization, T).await.unwrap();
        assert!(text.contains("[organization.information]") && !text.contains(company.store.as_str()), "{text}");
        assert!(!editable(d, &marketer, &organization).await.unwrap());
        assert!(editable(d, &person(&company.owner), &organization).await.unwrap());
        let before = t.dump(&[]).await;
        let apply_as = async |text: &str| apply(d, &marketer, &organization, text, &nothing, None, T).await.unwrap();
        // Their own export changes nothing and is fine; what they may not change is told where it stands.
        assert_eq!(changes(&apply_as(&text).await), [""; 0]);
        let more = format!("format = 1\n[organization.information]\ntax_id = \"=[x]\"\n[stores.{}.store-details]\ncity = \"Lyon\"\n", company.store);
        assert_eq!(told(&apply_as(&more).await), [
            "3:10 Information: you can view these settings but not change them.".to_owned(),
            format!("4:9 This organization has no open store “{}”.", company.store),
        ]);
        assert_eq!(t.dump(&[]).await, before);
    }

    async fn strangers_know_of_nothing(t: TestDomain) {
        let d = &t.domain;
        let company = company(d, "Casa Ana").await;
        let other = testing::company(d, "Other").await;
        for place in [Place::from(&company.store), Place::from(&company.organization)] {
            let stranger = person(&other.owner);
            assert!(matches!(export(d, &stranger, &place, T).await, Err(Error::NotFound)));
            let applied = apply(d, &stranger, &place, "format = 1", &nothing, None, T).await;
            assert!(matches!(applied, Err(Error::NotFound)));
        }
    }

    async fn who_applies_is_written_down(t: TestDomain) {
        let d = &t.domain;
        let company = company(d, "Casa Ana").await;
        fill(d, &company, &company.store, 0).await;
        let text = "format = 1\n[store.store-details]\ncity = \"Lyon\"\n";
        let who = person(&company.owner);
        let answer = apply(d, &who, &Place::from(&company.store), text, &nothing, None, T).await.unwrap();
        assert_eq!(changes(&answer).len(), 1);
        let by = count(d, "SELECT COUNT(*) AS n FROM setting_change c JOIN person p ON p.id = c.saved_by
                           WHERE c.how = 'apply' AND c.address = '192.0.2.1'").await;
        assert_eq!(by, 1);
    }

    async fn what_was_previewed_before_others_saved_is_stale(t: TestDomain) {
        let d = &t.domain;
        let company = company(d, "Casa Ana").await;
        fill(d, &company, &company.store, 0).await;
        let (place, who) = (Place::from(&company.store), person(&company.owner));
        let text = "format = 1\n[store.store-details]\ncity = \"Lyon\"\n";
        let Answer::Fine(seen) = preview(d, &who, &place, text, &nothing, T).await.unwrap() else { panic!("fine") };
        // A section that the file does not name does not matter.
        enter(d, &company.owner, place.clone(), Specimen::SECTION, 1).await;
        let Answer::Fine(same) = preview(d, &who, &place, text, &nothing, T).await.unwrap() else { panic!("fine") };
        assert_eq!(same.base, seen.base);
        enter(d, &company.owner, place.clone(), StoreDetails::SECTION, 1).await;
        let before = t.dump(&[]).await;
        let answer = apply(d, &who, &place, text, &nothing, Some(&seen.base), T).await.unwrap();
        let Answer::Stale(now) = &answer else { panic!("{answer:?}") };
        assert_eq!(changes(&answer), ["store-details.city: =[x] -> Lyon"]);
        assert_eq!(t.dump(&[]).await, before);
        let answer = apply(d, &who, &place, text, &nothing, Some(&now.base), T).await.unwrap();
        assert!(matches!(answer, Answer::Fine(_)), "{answer:?}");
    }
}
