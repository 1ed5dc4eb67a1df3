//! What is measured. Each figure names what it is held against and where to arrive.
mod again;
mod overload;
mod pages;
mod postgres;
mod program;
mod saves;
mod sign_ins;
mod soak;

use crate::{
    Failure,
    arguments::Plan,
    pairs::Outcome,
    process::{Process, UNCACHED},
    report::{self, Figure},
    world::{self, World},
};
use std::path::Path;
use tempfile::TempDir;

const MEGABYTE: f64 = 1_000_000.0;

/// The server and who is in it.
struct Bench<'p> {
    plan: &'p Plan,
    world: World,
    server: Process,
    /// What the server keeps its key in, and its database if that is the embedded one.
    folder: TempDir,
    /// The address of its database.
    database: String,
}

impl<'p> Bench<'p> {
    /// A server in `folder` on a new database, as `settings` say.
    async fn start(
        plan: &'p Plan,
        folder: TempDir,
        database: String,
        settings: &[(&str, &str)],
    ) -> Result<Bench<'p>, Failure> {
        let world = World::make(folder.path(), &database).await?;
        let server = Process::program(&plan.program, folder.path(), settings).await?;
        Ok(Bench { plan, world, server, folder, database })
    }

    /// The same on the embedded database.
    async fn embedded(plan: &'p Plan, settings: &[(&str, &str)]) -> Result<Bench<'p>, Failure> {
        let folder = TempDir::new()?;
        let database = world::embedded(folder.path());
        Bench::start(plan, folder, database, settings).await
    }
}

/// Measures what the plan asks for.
pub async fn run(plan: &Plan) -> Result<(), Failure> {
    let mut figures = program::measure(plan).await?;
    let bench = Bench::embedded(plan, &[UNCACHED]).await?;
    // First, while nothing else has taken memory.
    figures.extend(soak::measure(&bench).await?);
    figures.extend(pages::measure(&bench).await?);
    figures.extend(saves::measure(&bench).await?);
    figures.extend(sign_ins::measure(&bench).await?);
    figures.extend(overload::measure(&bench).await?);
    drop(bench);
    figures.extend(again::measure(plan).await?);
    figures.extend(postgres::measure(plan).await?);
    report::write(&figures, &plan.out)
}

/// A figure that is a ratio of two sides.
fn ratio(
    id: &'static str,
    what: &'static str,
    unit: &'static str,
    against: &'static str,
    outcome: Outcome,
    (good, aim): (f64, f64),
) -> Figure {
    told(Figure {
        against: Some((against, outcome.median.theirs)),
        ratio: Some(outcome.ratio),
        spread: Some(outcome.spread),
        less_is_better: false,
        ..alone(id, what, unit, outcome.median.ours, (good, aim))
    })
}

/// A figure that stands for itself, of which less is better.
fn plain(
    id: &'static str,
    what: &'static str,
    unit: &'static str,
    ours: f64,
    (good, aim): (f64, f64),
) -> Figure {
    told(alone(id, what, unit, ours, (good, aim)))
}

fn alone(
    id: &'static str,
    what: &'static str,
    unit: &'static str,
    ours: f64,
    (good, aim): (f64, f64),
) -> Figure {
    Figure {
        id,
        what,
        unit,
        ours,
        against: None,
        ratio: None,
        spread: None,
        good,
        aim,
        less_is_better: true,
    }
}

/// Prints a figure as soon as it is there.
fn told(figure: Figure) -> Figure {
    report::say(&figure.line());
    figure
}

/// A copy of the database, without what was written to it since.
fn copy(from: &Path) -> Result<TempDir, Failure> {
    let folder = TempDir::new()?;
    for file in std::fs::read_dir(from)? {
        let file = file?;
        if file.file_name().to_string_lossy().starts_with("store-manager.db") {
            std::fs::copy(file.path(), folder.path().join(file.file_name()))?;
        }
    }
    Ok(folder)
}
