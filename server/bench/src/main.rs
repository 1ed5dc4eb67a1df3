//! `make bench`: how fast the program is, against floors. A floor is a small program that does the
//! same useful work with nothing in between. Both run in the same minutes, interleaved, each alone
//! on the first core; what asks them runs on the second one.
mod arguments;
mod connection;
mod figures;
mod floors;
mod load;
mod pairs;
mod postgres;
mod process;
mod report;
mod world;

use arguments::{Arguments, Command, Floor};
use clap::Parser as _;
use std::process::ExitCode;

/// Whatever ends a measurement: a wrong answer is no figure.
type Failure = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let done = runtime.map_err(Failure::from).and_then(|runtime| {
        runtime.block_on(async {
            match arguments.command {
                Command::Run(plan) => figures::run(&plan).await,
                Command::World { folder } => world::tell(&folder).await,
                Command::Floor(Floor::Page { file, kind }) => floors::page(&file, &kind).await,
                Command::Floor(Floor::Saves { folder, writers, seconds }) => {
                    floors::saves(&folder, writers, seconds)
                }
                Command::Floor(Floor::Hashes { seconds }) => floors::hashes(seconds),
            }
        })
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            report::say(&format!("bench: {failure}"));
            ExitCode::FAILURE
        }
    }
}
