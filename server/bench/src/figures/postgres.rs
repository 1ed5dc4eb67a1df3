//! P1a and P3 on PostgreSQL, which has to do with the program's core.
use super::{Bench, pages, ratio, saves};
use crate::{
    Failure,
    arguments::Plan,
    floors::postgres::{SAVE, prepare},
    load::closed,
    pairs::interleaved,
    postgres::Postgres,
    process::UNCACHED,
    report::Figure,
    world::WRITERS,
};
use tempfile::TempDir;

pub(super) async fn measure(plan: &Plan) -> Result<Vec<Figure>, Failure> {
    let mut figures = Vec::new();
    if !plan.wants("P1a") && !plan.wants("P3") {
        return Ok(figures);
    }
    let postgres = Postgres::start().await?;
    let settings = [UNCACHED, ("STORE_MANAGER_DATABASE_URL", postgres.url.as_str())];
    let folder = TempDir::new()?;
    let bench = Bench::start(plan, folder, postgres.url.clone(), &settings).await?;
    if plan.wants("P1a") {
        let outcome = pages::Sides::new(&bench).await?.compare(plan, async || Ok(())).await?;
        let what = "members page on PostgreSQL, 50 rows, rendered";
        let against = pages::SAME_BYTES;
        figures.push(ratio("P1a", what, "requests/s", against, outcome, (0.11, 0.40)));
    }
    if plan.wants("P3") {
        figures.push(saved(&bench, &postgres).await?);
    }
    Ok(figures)
}

async fn saved(bench: &Bench<'_>, postgres: &Postgres) -> Result<Figure, Failure> {
    let (plan, time) = (bench.plan, bench.plan.time());
    let mut writers = saves::writers(bench).await?;
    prepare(&postgres.url).await?;
    let outcome = interleaved(
        plan.pairs,
        async || closed(&mut writers, time).await,
        async || postgres.rate(SAVE, WRITERS, plan.seconds).await,
    )
    .await?;
    saves::check(bench, &writers).await?;
    let what = "settings saved on PostgreSQL, 64 people at once, each on disk when answered";
    let against = "pgbench, same rows, 64 clients";
    Ok(ratio("P3", what, "saves/s", against, outcome, (0.10, 0.30)))
}
