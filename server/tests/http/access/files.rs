use super::{Expected, Surprises, asks_to_sign_in, expect, world};
use crate::harness::{Actor, TestApp, World};
use server::http::DOWNLOADS;

/// A file that is made when it is asked for: its address, and the status that each actor gets.
type Row = (&'static str, fn(&World) -> String, Expected);

const ROWS: &[Row] = &[
    (
        "/organizations/{organization}/audit.csv",
        |w| format!("/organizations/{}/audit.csv", w.company.organization),
        expect(302, 404, 403, 403).manager(200),
    ),
    (
        "/stores/{store}/settings.toml",
        |w| format!("/stores/{}/settings.toml", w.company.store),
        expect(302, 404, 403, 200).custom(200),
    ),
    // Everybody in it sees what an organization says of itself.
    (
        "/organizations/{organization}/settings.toml",
        |w| format!("/organizations/{}/settings.toml", w.company.organization),
        expect(302, 404, 200, 200).manager(200),
    ),
];

#[test]
fn every_file_has_a_row() {
    let rows: Vec<&str> = ROWS.iter().map(|row| row.0).collect();
    assert_eq!(rows, DOWNLOADS);
}

domain::both_engines! {
    async fn everybody_gets_what_they_may_and_nothing_else(t: TestDomain) {
        let app = TestApp::new(t);
        let w = world(&app, 0).await;
        let (before, mut surprises) = (app.stored().await, Surprises::default());
        for (pattern, address, expected) in ROWS {
            for actor in Actor::ALL {
                let answer = w.client(&app, actor).get(&address(&w)).await;
                surprises.compare(pattern, actor, &answer, *expected);
                if answer.code() != 200 {
                    assert!(!answer.text().contains("invited@"), "{pattern} tells {actor:?}");
                }
                if actor == Actor::Anonymous {
                    asks_to_sign_in(&app, &answer).await;
                }
            }
        }
        surprises.none();
        assert_eq!(app.stored().await, before, "looking changes nothing");
    }
}
