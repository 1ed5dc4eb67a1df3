//! P1b: the members page as shipped, where a page may be sent again, while what it shows is changed.
use super::{Bench, pages, pages::SAME_BYTES, ratio};
use crate::{
    Failure,
    arguments::Plan,
    connection::{Connection, post},
    report::Figure,
    world::{COLLEAGUE, Visitor},
};
use std::time::{Duration, Instant};

/// The time between two changes.
const PAUSE: Duration = Duration::from_millis(50);
const ROLES: [&str; 2] = ["analyst", "manager"];

/// Somebody who changes a member's role, and looks whether the page shows it.
struct Editor {
    connection: Connection,
    page: Vec<u8>,
    headers: String,
    store: String,
    member: String,
    changes: usize,
}

impl Editor {
    async fn new(bench: &Bench<'_>) -> Result<Editor, Failure> {
        let Visitor { cookie, store } = &bench.world.reader;
        let mut connection = Connection::open(bench.server.address).await?;
        let page = pages::request(&bench.world.reader);
        let text = connection.ask(&page).await?.text();
        let row = text.split("<tr id=\"").find(|row| row.contains(COLLEAGUE)).ok_or("no member")?;
        let member = row.split('"').next().unwrap_or_default().to_owned();
        let headers = cookie.clone();
        Ok(Editor { connection, page, headers, store: store.clone(), member, changes: 0 })
    }

    /// Goes on for a while. A page that does not show what was acknowledged is a failure.
    async fn work(&mut self, time: Duration) -> Result<(), Failure> {
        let start = Instant::now();
        while start.elapsed() < time {
            let role = ROLES[self.changes % ROLES.len()];
            let fields = [("store", self.store.as_str()), ("member", &self.member), ("role", role)];
            let change = post("/api/members/role", &self.headers, &fields)?;
            let answer = self.connection.ask(&change).await?;
            if answer.status != 200 || !answer.text().contains("\"done\"") {
                return Err(format!("{} {}", answer.status, answer.text()).into());
            }
            let text = self.connection.ask(&self.page).await?.text();
            let row = text.split("<tr id=\"").find(|row| row.starts_with(&self.member));
            if !row.is_some_and(|row| row.contains(&format!("value=\"{role}\" selected"))) {
                return Err(format!("change {} is not shown", self.changes).into());
            }
            self.changes += 1;
            tokio::time::sleep(PAUSE).await;
        }
        Ok(())
    }
}

pub(super) async fn measure(plan: &Plan) -> Result<Vec<Figure>, Failure> {
    if !plan.wants("P1b") {
        return Ok(Vec::new());
    }
    let bench = Bench::embedded(plan, &[]).await?;
    let mut editor = Editor::new(&bench).await?;
    let mut sides = pages::Sides::new(&bench).await?;
    let outcome = sides.compare(plan, async || editor.work(plan.time()).await).await?;
    let what = "members page as shipped, while it is changed 20 times a second, 0 stale";
    Ok(vec![ratio("P1b", what, "requests/s", SAME_BYTES, outcome, (0.4, 0.85))])
}
