//! Two people save the same section.
use super::*;
use crate::testing::colleague;
use model::{Conflict, access::StoreRole};

fn conflict(result: crate::Result<i64>) -> Conflict {
    match result {
        Err(Error::Stale(conflict)) => *conflict,
        other => panic!("not stale but {other:?}"),
    }
}

/// Owner and colleague, both about to save version 2.
async fn two(domain: &Domain) -> (Company, SectionEdit, SectionEdit) {
    let (company, mine) = owned(domain).await;
    save(domain, &mine, 1, &form(&[("city", "Lugo")]), &[]).await.unwrap();
    let role = StoreRole::Administrator;
    let (other, _) = colleague(domain, &company, "eva.cruz@ana.example", role).await;
    let theirs = edit(domain, &other, &company.store).await;
    (company, mine, theirs)
}

both_engines! {
    async fn a_stale_save_shows_both_sides_field_by_field(t: TestDomain) {
        let (_, mine, theirs) = two(&t.domain).await;
        let first = form(&[("city", "Vigo"), ("region", "Galicia")]);
        save(&t.domain, &theirs, 2, &first, &[]).await.unwrap();
        let second = form(&[("city", "Ourense"), ("region", "Galicia")]);
        save(&t.domain, &theirs, 3, &second, &[]).await.unwrap();
        t.advance(180_000);
        let before = audited(&t.domain, "").await;

        let form = form(&[("city", "Madrid"), ("region", ""), ("postal_code", "28001")]);
        let conflict = conflict(save(&t.domain, &mine, 2, &form, &[]).await);
        assert_eq!(conflict.version, 4);
        let fields: Vec<_> = conflict.fields.iter()
            .map(|f| (f.field.as_str(), f.untouched, f.mine_shown.as_str(), f.theirs_shown.as_str()))
            .collect();
        // The postal code is mine alone; the region, which I left as it was, is theirs.
        assert_eq!(fields, [("city", false, "Madrid", "Ourense"), ("region", true, "(empty)", "Galicia")]);
        assert!(conflict.fields.iter().all(|f| f.by == "Eva Cruz" && f.at == "3 minutes ago"));
        assert_eq!(audited(&t.domain, "").await, before, "nothing was written");
    }

    async fn the_merged_save_keeps_mine_and_takes_theirs(t: TestDomain) {
        let (company, mine, theirs) = two(&t.domain).await;
        let other = form(&[("city", "Vigo"), ("region", "Galicia")]);
        save(&t.domain, &theirs, 2, &other, &[]).await.unwrap();
        let form = form(&[("city", "Madrid"), ("region", ""), ("postal_code", "28001")]);
        let conflict = conflict(save(&t.domain, &mine, 2, &form, &[]).await);
        let take = ["region".to_owned(), "no_such_field".to_owned()];
        assert_eq!(save(&t.domain, &mine, conflict.version, &form, &take).await.unwrap(), 4);
        let values = shown(&t.domain, &company.owner, &company.store).await.values;
        let found = ["city", "region", "postal_code"].map(|key| values[key].as_input().into_owned());
        assert_eq!(found, ["Madrid", "Galicia", "28001"]);
    }

    async fn a_merge_that_is_stale_again_is_refused_again(t: TestDomain) {
        let (_, mine, theirs) = two(&t.domain).await;
        save(&t.domain, &theirs, 2, &form(&[("city", "Vigo")]), &[]).await.unwrap();
        let stale = conflict(save(&t.domain, &mine, 2, &form(&[("city", "Madrid")]), &[]).await);
        save(&t.domain, &theirs, 3, &form(&[("city", "Ourense")]), &[]).await.unwrap();
        let again = save(&t.domain, &mine, stale.version, &form(&[("city", "Madrid")]), &[]).await;
        let again = conflict(again);
        assert_eq!((again.version, again.fields[0].theirs_shown.as_str()), (4, "Ourense"));
    }

    async fn saving_the_same_as_the_other_side_is_no_conflict(t: TestDomain) {
        let (_, mine, theirs) = two(&t.domain).await;
        save(&t.domain, &theirs, 2, &form(&[("city", "Vigo")]), &[]).await.unwrap();
        let same = form(&[("city", "Vigo")]);
        assert_eq!(save(&t.domain, &mine, 2, &same, &[]).await.unwrap(), 3);
        let more = form(&[("city", "Vigo"), ("region", "Galicia")]);
        assert_eq!(save(&t.domain, &mine, 2, &more, &[]).await.unwrap(), 4);
    }

    async fn a_change_taken_back_by_the_other_side_is_no_conflict(t: TestDomain) {
        let (_, mine, theirs) = two(&t.domain).await;
        save(&t.domain, &theirs, 2, &form(&[("city", "Vigo")]), &[]).await.unwrap();
        save(&t.domain, &theirs, 3, &form(&[("city", "Lugo")]), &[]).await.unwrap();
        let untouched = form(&[("city", "Lugo"), ("region", "Galicia")]);
        assert_eq!(save(&t.domain, &mine, 2, &untouched, &[]).await.unwrap(), 5);
    }

    async fn of_two_saves_at_once_one_wins_and_none_is_lost(t: TestDomain) {
        let (_, mine, theirs) = two(&t.domain).await;
        let processes = [t.domain.clone(), t.another_process().await];
        for round in 0..8 {
            let version = 2 + round;
            let savers = [mine.clone(), theirs.clone()].into_iter().enumerate().map(|(i, access)| {
                let domain = processes[i].clone();
                let input = form(&[("city", &format!("{round} of {i}"))]);
                tokio::spawn(async move { save(&domain, &access, version, &input, &[]).await })
            });
            let answers = futures::future::join_all(savers.collect::<Vec<_>>()).await;
            let (won, lost): (Vec<_>, Vec<_>) =
                answers.into_iter().map(Result::unwrap).partition(Result::is_ok);
            assert_eq!(won.len(), 1, "round {round}");
            let conflict = conflict(lost.into_iter().next().unwrap());
            assert_eq!((won[0].as_ref().unwrap(), conflict.version), (&(version + 1), version + 1));
            assert_eq!(conflict.fields[0].field, "city");
        }
        assert_eq!(count(&t.domain, "SELECT COUNT(*) AS n FROM setting_change").await, 9);
        assert_eq!(audited(&t.domain, "settings.save").await, 9);
        assert_eq!(crate::audit::verify(&t.domain).await.unwrap().broken, []);
    }
}
