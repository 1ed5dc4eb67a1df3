use super::*;

both_engines! {
    async fn no_save_slips_past_a_lock_that_is_being_set(t: TestDomain) {
        let d = &t.domain;
        let other = t.another_process().await;
        for round in 0..6 {
            let acme = company(d, &format!("Acme {round}")).await;
            let access = manage(d, &acme.owner, &acme).await;
            let draft = poland();
            // All else that a save needs is there already.
            save_details(d, &acme.owner, &acme.store, &[("country", "GB")]).await.unwrap();
            let (set, _) = tokio::join!(
                set_lock(d, &access, &draft, Existing::Change(None)),
                save_details(&other, &acme.owner, &acme.store, &[("country", "US")]),
            );
            set.unwrap();
            // Whichever came first: nothing that contradicts is left unseen.
            bulk::work_due(d).await.unwrap();
            assert_eq!(details(d, &acme.store).await.country, "PL");
        }
    }

    async fn of_two_who_lock_the_same_one_does(t: TestDomain) {
        let d = &t.domain;
        let other = t.another_process().await;
        let acme = company(d, "Acme").await;
        let access = manage(d, &acme.owner, &acme).await;
        let british = lock("country", Rule::Value("GB".into()));
        let polish = poland();
        let (first, second) = tokio::join!(
            set_lock(d, &access, &polish, Existing::Stay),
            set_lock(&other, &access, &british, Existing::Stay),
        );
        assert_eq!([first.is_ok(), second.is_ok()].iter().filter(|ok| **ok).count(), 1);
        assert_eq!(list(d, &access).await.unwrap().len(), 1);
        assert_eq!(testing::audited(d, "policy.set").await, 1);
    }
}
