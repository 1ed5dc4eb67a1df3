//! P1a, P2: the page of members, rendered for each request.
use super::{Bench, plain, ratio};
use crate::{
    Failure,
    arguments::Plan,
    connection::{Connection, get},
    load::{self, Visitor, closed, open},
    pairs::{Outcome, interleaved},
    process::Process,
    report::Figure,
    world::{ROWS, Visitor as Person},
};
use futures::future::try_join;
use std::{io::Write as _, net::SocketAddr, time::Duration};
use tempfile::NamedTempFile;

/// How often an answer is looked at.
const SAMPLE: u32 = 64;

/// Somebody who loads one page over and over.
pub(super) struct Reader {
    address: SocketAddr,
    connection: Connection,
    request: Vec<u8>,
    length: usize,
    rows: usize,
    steps: u32,
}

impl Visitor for Reader {
    async fn step(&mut self) -> Result<Duration, Failure> {
        if self.connection.stale() {
            self.connection = Connection::open(self.address).await?;
        }
        let answer = self.connection.ask(&self.request).await?;
        if answer.status != 200 {
            return Err(format!("{} {}", answer.status, answer.text()).into());
        }
        let took = answer.first_byte;
        // What differs between two answers is some times and a nonce.
        let (length, near) = (answer.body.len(), self.length.abs_diff(answer.body.len()) < 512);
        if self.steps.is_multiple_of(SAMPLE) && (!near || rows(answer.body) != self.rows) {
            return Err(format!("a page of {length} bytes").into());
        }
        self.steps += 1;
        // A server with little room left keeps nobody's connection.
        if answer.header("connection") == Some("close") {
            self.connection = Connection::open(self.address).await?;
        }
        Ok(took)
    }
}

/// The rows of the tables in a page.
fn rows(body: &[u8]) -> usize {
    String::from_utf8_lossy(body).matches("<tr").count().saturating_sub(1)
}

/// Somebody for each connection, with the page they will get.
pub(super) async fn readers(
    address: SocketAddr,
    request: &[u8],
    shown: usize,
    number: usize,
) -> Result<Vec<Reader>, Failure> {
    let mut readers = Vec::with_capacity(number);
    for _ in 0..number {
        let mut connection = Connection::open(address).await?;
        let answer = connection.ask(request).await?;
        let (status, found) = (answer.status, rows(answer.body));
        if status != 200 || found != shown {
            return Err(format!("status {status}, {found} rows instead of {shown}").into());
        }
        let length = answer.body.len();
        let request = request.to_vec();
        readers.push(Reader { address, connection, request, length, rows: shown, steps: 0 });
    }
    Ok(readers)
}

pub(super) fn request(person: &Person) -> Vec<u8> {
    let path = format!("/stores/{}/settings/general/members", person.store);
    get(&path, &format!("accept: text/html\r\n{}", person.cookie))
}

/// A floor that gives the same bytes.
async fn floor(address: SocketAddr, request: &[u8]) -> Result<(Process, NamedTempFile), Failure> {
    let mut connection = Connection::open(address).await?;
    let answer = connection.ask(request).await?;
    let kind = answer.header("content-type").unwrap_or("text/html").to_owned();
    let mut file = NamedTempFile::new()?;
    file.write_all(answer.body)?;
    Ok((Process::page(file.path(), &kind).await?, file))
}

/// What pages are held against.
pub(super) const SAME_BYTES: &str = "raw axum handler, same bytes";

/// The members page of a server, and the same bytes of the floor.
pub(super) struct Sides {
    ours: Vec<Reader>,
    theirs: Vec<Reader>,
    // Kept for their effect.
    _floor: Process,
    _file: NamedTempFile,
}

impl Sides {
    pub(super) async fn new(bench: &Bench<'_>) -> Result<Sides, Failure> {
        let request = request(&bench.world.reader);
        let ours = readers(bench.server.address, &request, ROWS, bench.plan.visitors).await?;
        let (floor, file) = floor(bench.server.address, &request).await?;
        let theirs = readers(floor.address, &get("/", ""), ROWS, bench.plan.visitors).await?;
        Ok(Sides { ours, theirs, _floor: floor, _file: file })
    }

    /// Pages a second of both sides. `beside` goes on as long as ours is asked.
    pub(super) async fn compare(
        &mut self,
        plan: &Plan,
        mut beside: impl AsyncFnMut() -> Result<(), Failure>,
    ) -> Result<Outcome, Failure> {
        let time = plan.time();
        interleaved(
            plan.pairs,
            async || Ok(try_join(closed(&mut self.ours, time), beside()).await?.0),
            async || closed(&mut self.theirs, time).await,
        )
        .await
    }
}

pub(super) async fn measure(bench: &Bench<'_>) -> Result<Vec<Figure>, Failure> {
    let plan = bench.plan;
    let mut figures = Vec::new();
    if !plan.wants("P1a") && !plan.wants("P2") {
        return Ok(figures);
    }
    let time = plan.time();
    let mut sides = Sides::new(bench).await?;
    let outcome = sides.compare(plan, async || Ok(())).await?;
    let what = "members page, 50 rows, rendered, without a cache";
    figures.push(ratio("P1a", what, "requests/s", SAME_BYTES, outcome, (0.11, 0.40)));
    if plan.wants("P2") {
        let rate = outcome.median.ours / 2.0;
        let took = open(&mut sides.ours, rate, time * 5).await?;
        let ms = load::percentile(&took, 0.99).as_secs_f64() * 1_000.0;
        let what = "first byte of the members page at half that load, p99";
        figures.push(plain("P2", what, "ms", ms, (10.0, 3.0)));
    }
    Ok(figures)
}
