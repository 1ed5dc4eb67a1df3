//! P18, P19: more is asked for than can be done, by one organization or by clients that only hold on.
//! Each side is the same server, without what burdens it.
use super::{
    Bench, MEGABYTE,
    pages::{self, Reader},
    plain, ratio,
};
use crate::{
    Failure,
    load::{Visitor as _, closed, open, percentile},
    pairs::interleaved,
    report::Figure,
    world::ROWS,
};
use futures::future::try_join;
use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};
use tokio::{io::AsyncWriteExt as _, net::TcpStream};

/// Those who ask in an overload, for each who saturates the server.
const FLOOD: usize = 10;
/// Pages a second that the quiet organization asks for.
const QUIET: f64 = 20.0;
/// Connections that only hold on, for each of them.
const SLOW: usize = 20;

pub(super) async fn measure(bench: &Bench<'_>) -> Result<Vec<Figure>, Failure> {
    let mut figures = Vec::new();
    if bench.plan.wants("P18") {
        figures.extend(flood(bench).await?);
        figures.push(slow(bench).await?);
    }
    if bench.plan.wants("P19") {
        figures.push(neighbour(bench).await?);
    }
    Ok(figures)
}

/// People who load the page of the organization that asks for much.
async fn busy(bench: &Bench<'_>, number: usize) -> Result<Vec<Reader>, Failure> {
    let request = pages::request(&bench.world.reader);
    pages::readers(bench.server.address, &request, ROWS, number).await
}

/// Ten times as many ask: what is still done, and how soon it is over.
async fn flood(bench: &Bench<'_>) -> Result<Vec<Figure>, Failure> {
    let (plan, time) = (bench.plan, bench.plan.time());
    let mut usual = busy(bench, plan.visitors).await?;
    let mut many = busy(bench, FLOOD * plan.visitors).await?;
    let before = bench.server.memory()? as f64;
    let outcome = interleaved(
        plan.pairs,
        async || closed(&mut many, time).await,
        async || closed(&mut usual, time).await,
    )
    .await?;
    let peak = bench.server.memory_peak()? as f64;
    closed(&mut many, time).await?;
    let over = Instant::now();
    usual.first_mut().ok_or("nobody")?.step().await?;
    let recovered = over.elapsed().as_secs_f64() * 1_000.0;
    let against = "as many as saturate it";
    let what = "members page while ten times as many ask as saturate it";
    Ok(vec![
        ratio("P18", what, "requests/s", against, outcome, (0.9, 1.0)),
        plain("P18", "first page after such a flood", "ms", recovered, (1_000.0, 100.0)),
        plain("P18", "memory it took", "MB", (peak - before) / MEGABYTE, (64.0, 16.0)),
    ])
}

/// Connections that say nothing, half a request, or do not read their answer.
async fn hold_on(
    address: SocketAddr,
    request: &[u8],
    count: usize,
) -> Result<Vec<TcpStream>, Failure> {
    let half = request.get(..request.len() / 2).unwrap_or_default();
    let mut held = Vec::with_capacity(count);
    for number in 0..count {
        let mut stream = TcpStream::connect(address).await?;
        let said = [&b""[..], half, request][number % 3];
        stream.write_all(said).await?;
        held.push(stream);
    }
    // What they asked for in whole is made, and waits for them.
    tokio::time::sleep(Duration::from_secs(1)).await;
    Ok(held)
}

async fn slow(bench: &Bench<'_>) -> Result<Figure, Failure> {
    let (plan, time) = (bench.plan, bench.plan.time());
    let address = bench.server.address;
    let request = pages::request(&bench.world.reader);
    let [mut beside, mut alone] =
        [busy(bench, plan.visitors).await?, busy(bench, plan.visitors).await?];
    let outcome = interleaved(
        plan.pairs,
        async || {
            let held = hold_on(address, &request, SLOW * plan.visitors).await?;
            let done = closed(&mut beside, time).await;
            drop(held);
            done
        },
        async || closed(&mut alone, time).await,
    )
    .await?;
    let what = "members page beside 20 times as many who hold on to their connections";
    Ok(ratio("P18", what, "requests/s", "the same without them", outcome, (0.9, 1.0)))
}

/// How long the slowest of a hundred pages of a quiet organization takes, while another floods the
/// server and while it does not.
async fn neighbour(bench: &Bench<'_>) -> Result<Figure, Failure> {
    let (plan, time) = (bench.plan, bench.plan.time() * 2);
    let quiet = pages::request(bench.world.writers.first().ok_or("nobody")?);
    let address = bench.server.address;
    let mut beside = pages::readers(address, &quiet, 1, 4).await?;
    let mut alone = pages::readers(address, &quiet, 1, 4).await?;
    let mut many = busy(bench, FLOOD * plan.visitors).await?;
    let outcome = interleaved(
        plan.pairs,
        async || {
            let asking = open(&mut beside, QUIET, time);
            let (took, _) = try_join(asking, closed(&mut many, time)).await?;
            Ok(late(&took))
        },
        async || Ok(late(&open(&mut alone, QUIET, time).await?)),
    )
    .await?;
    let what = "a page, p99, while another organization floods the server";
    let against = "the same without the flood";
    Ok(Figure { less_is_better: true, ..ratio("P19", what, "ms", against, outcome, (4.0, 1.5)) })
}

fn late(took: &[Duration]) -> f64 {
    percentile(took, 0.99).as_secs_f64() * 1_000.0
}
