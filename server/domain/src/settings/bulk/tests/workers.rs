use super::*;
use crate::{db::Conn, settings::bulk::store};

both_engines! {
    async fn any_number_of_workers_do_each_store_once(t: TestDomain) {
        let d = &t.domain;
        let names: Vec<String> = (0..20).map(|n| format!("Store {n:02}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let s = scene(d, &names).await;
        write(d, &s.acme.owner, &s.stores[0], &[("name", "A"), ("country", "US"), ("city", "Łódź")]).await;
        let fields = ["country", "city", "store_url", "contact_email"];
        let batch = s.start(d, &fields).await;
        let others = [t.another_process().await, t.another_process().await];
        tokio::join!(work(d), work(&others[0]), work(&others[1]));
        let states = s.states(d, &batch).await;
        assert_eq!(states.len(), 20);
        assert!(states.iter().all(|(_, state)| *state == State::Applied), "{states:?}");
        let changes = "SELECT COUNT(*) AS n FROM setting_change WHERE how LIKE 'batch:%'";
        assert_eq!(count(d, changes).await, 20);
    }

    async fn what_a_dead_worker_had_taken_is_done_by_another(t: TestDomain) {
        let d = &t.domain;
        let s = scene(d, &["B", "C"]).await;
        write(d, &s.acme.owner, &s.stores[0], &[("name", "A"), ("country", "US")]).await;
        let batch = s.start(d, &["country", "store_url", "contact_email"]).await;
        let (now, lease) = (d.now(), d.now() + 30_000);
        let claim = async move |conn: &mut Conn<'_>| store::claim(conn, now, lease, 8).await;
        let dead = d.db.write(claim).await.unwrap();
        assert_eq!(dead.len(), 2);
        assert_eq!(work_due(d).await.unwrap(), 0, "they are somebody's");
        t.advance(30_000);
        work(d).await;
        assert!(s.states(d, &batch).await.iter().all(|(_, state)| *state == State::Applied));
        // Should it only have slept, it finds nothing left to do.
        let late = dead[0].clone();
        let hold = async move |conn: &mut Conn<'_>| store::hold(conn, &late).await;
        assert!(!d.db.write(hold).await.unwrap());
    }

    async fn rights_and_stores_are_looked_at_again_when_it_is_their_turn(t: TestDomain) {
        let d = &t.domain;
        let s = scene(d, &["B", "C"]).await;
        write(d, &s.acme.owner, &s.stores[0], &[("name", "A"), ("country", "US")]).await;
        let (helper, _) = colleague(d, &s.acme, "hel.per@acme.example", StoreRole::Administrator).await;
        execute(d, "UPDATE organization_member SET role = 'administrator' WHERE role = 'member'").await;
        let access: Manage = access::organization(d, &helper, &s.acme.organization).await.unwrap();
        let s = Scene { access, ..s };
        let batch = s.start(d, &["country"]).await;
        execute(d, "UPDATE store SET archived_at = 1 WHERE name = 'C'").await;
        execute(d, "UPDATE organization_member SET role = 'member' WHERE role = 'administrator'").await;
        let before = count(d, "SELECT COUNT(*) AS n FROM setting_change").await;
        work(d).await;
        let found = "SELECT COUNT(*) AS n FROM batch_store WHERE state = 'forbidden'";
        assert_eq!(count(d, found).await, 1);
        assert_eq!(count(d, "SELECT COUNT(*) AS n FROM batch_store WHERE state = 'gone'").await, 1);
        assert_eq!(count(d, "SELECT COUNT(*) AS n FROM setting_change").await, before);
        assert_eq!(s.states(d, &batch).await[0], ("B".into(), State::Forbidden));
    }
}
