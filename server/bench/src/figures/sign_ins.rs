//! P10: people who sign in.
use super::{Bench, ratio};
use crate::{
    Failure,
    connection::{Connection, post},
    load::{Visitor, closed},
    pairs::interleaved,
    process,
    report::Figure,
    world::PASSWORD,
};
use std::time::Duration;

struct Person {
    connection: Connection,
    request: Vec<u8>,
}

impl Visitor for Person {
    async fn step(&mut self) -> Result<Duration, Failure> {
        let answer = self.connection.ask(&self.request).await?;
        if answer.status != 200 || answer.header("set-cookie").is_none() {
            return Err(format!("{} {}", answer.status, answer.text()).into());
        }
        Ok(answer.first_byte)
    }
}

pub(super) async fn measure(bench: &Bench<'_>) -> Result<Vec<Figure>, Failure> {
    let plan = bench.plan;
    if !plan.wants("P10") {
        return Ok(Vec::new());
    }
    let mut people = Vec::new();
    for (number, email) in bench.world.people.iter().enumerate() {
        let headers = format!("x-forwarded-for: 203.0.113.{number}\r\n");
        let fields = [("email", email.as_str()), ("password", PASSWORD)];
        people.push(Person {
            connection: Connection::open(bench.server.address).await?,
            request: post("/api/session/sign-in", &headers, &fields)?,
        });
    }
    let (time, seconds) = (plan.time(), plan.seconds.to_string());
    let arguments = ["hashes", "--seconds", &seconds];
    let outcome = interleaved(
        plan.pairs,
        async || closed(&mut people, time).await,
        async || process::figure(&arguments).await,
    )
    .await?;
    let against = "hashes by the same Argon2id alone";
    Ok(vec![ratio("P10", "sign-ins", "/s", against, outcome, (0.95, 1.0))])
}
