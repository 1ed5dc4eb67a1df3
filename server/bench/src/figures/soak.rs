//! P17: whether memory grows with what was asked for. A fifth of the requests are given up by who
//! asked: before they are whole, before the answer, or within it.
use super::{
    Bench, MEGABYTE,
    pages::{self, Reader},
    told,
};
use crate::{
    Failure,
    connection::{Connection, get},
    load::Visitor,
    report::Figure,
    world::ROWS,
};
use futures::future::try_join_all;
use std::{cell::Cell, net::SocketAddr, time::Duration};

const VISITORS: usize = 16;
/// One request of so many is given up.
const GIVEN_UP: u64 = 5;

/// Somebody who reads, looks at other pages, and goes away in between.
struct Guest {
    reader: Reader,
    address: SocketAddr,
    page: Vec<u8>,
    others: Vec<Vec<u8>>,
}

impl Guest {
    async fn step(&mut self, number: u64) -> Result<(), Failure> {
        if number.is_multiple_of(GIVEN_UP) {
            return self.give_up(number / GIVEN_UP).await;
        }
        if number % 4 == 1 {
            let other = &self.others[number as usize % self.others.len()];
            let status = Connection::open(self.address).await?.ask(other).await?.status;
            return if status == 200 { Ok(()) } else { Err(format!("status {status}").into()) };
        }
        self.reader.step().await.map(drop)
    }

    async fn give_up(&self, number: u64) -> Result<(), Failure> {
        let mut connection = Connection::open(self.address).await?;
        let half = &self.page[..self.page.len() / 2];
        match number % 3 {
            0 => connection.say(half).await,
            1 => connection.say(&self.page).await,
            _ => {
                connection.say(&self.page).await?;
                connection.more().await
            }
        }
    }
}

pub(super) async fn measure(bench: &Bench<'_>) -> Result<Vec<Figure>, Failure> {
    let plan = bench.plan;
    if !plan.wants("P17") {
        return Ok(Vec::new());
    }
    let mut guests = guests(bench).await?;
    let done = Cell::new(0);
    until(&mut guests, &done, plan.requests / 10).await?;
    let early = settled(bench).await?;
    until(&mut guests, &done, plan.requests).await?;
    let late = settled(bench).await?;
    let ratio = late / early;
    Ok(vec![told(Figure {
        id: "P17",
        what: "memory after all requests of a long run, a fifth of them given up",
        unit: "MB",
        ours: late,
        against: Some(("after the first tenth of them", early)),
        ratio: Some(ratio),
        spread: Some((ratio, ratio)),
        good: 1.02,
        aim: 1.0,
        less_is_better: true,
    })])
}

async fn guests(bench: &Bench<'_>) -> Result<Vec<Guest>, Failure> {
    let (address, person) = (bench.server.address, &bench.world.reader);
    let page = pages::request(person);
    let headers = format!("accept: text/html\r\n{}", person.cookie);
    let general = format!("/stores/{}/settings/general", person.store);
    let others = [
        get("/sign-in", "accept: text/html\r\n"),
        get("/stores", &headers),
        get(&format!("{general}/store-details"), &headers),
        get("/healthz", ""),
    ];
    let readers = pages::readers(address, &page, ROWS, VISITORS).await?;
    let guest = |reader| Guest { reader, address, page: page.clone(), others: others.to_vec() };
    Ok(readers.into_iter().map(guest).collect())
}

/// Everybody asks until so many requests were made in all.
async fn until(guests: &mut [Guest], done: &Cell<u64>, requests: u64) -> Result<(), Failure> {
    let one = async |guest: &mut Guest| {
        while done.get() < requests {
            done.set(done.get() + 1);
            guest.step(done.get()).await?;
        }
        Ok::<_, Failure>(())
    };
    try_join_all(guests.iter_mut().map(one)).await.map(drop)
}

/// The memory once nothing is under way any more.
async fn settled(bench: &Bench<'_>) -> Result<f64, Failure> {
    tokio::time::sleep(Duration::from_secs(2)).await;
    Ok(bench.server.memory()? as f64 / MEGABYTE)
}
