//! The command line. `floor` is what a measurement starts itself.
use clap::{Args, Parser, Subcommand};
use std::{path::PathBuf, time::Duration};

/// Measures the program against floors.
#[derive(Parser)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// Measure, print a table, and write it as JSON and as a chart.
    Run(Plan),
    /// Fill an empty folder as for `run`, and print what to ask a program served from there: for a
    /// profiler.
    World {
        /// The folder.
        folder: PathBuf,
    },
    /// What a figure is held against.
    #[command(subcommand, hide = true)]
    Floor(Floor),
}

/// What is measured and how long.
#[derive(Args)]
pub struct Plan {
    /// The program (a release build).
    #[arg(long)]
    pub program: PathBuf,
    /// The folder that the results are written to.
    #[arg(long)]
    pub out: PathBuf,
    /// Only these figures, such as P1a,P3.
    #[arg(long, value_delimiter = ',')]
    pub only: Vec<String>,
    /// The seconds of one run of one side.
    #[arg(long, default_value_t = 2.0)]
    pub seconds: f64,
    /// The requests of the long run (P17): a million take about half an hour.
    #[arg(long, default_value_t = 50_000)]
    pub requests: u64,
    /// The people who ask for pages at once: as many as saturate the program. An overload is ten times
    /// as many.
    #[arg(long, default_value_t = 32)]
    pub visitors: usize,
    /// How many pairs of runs a ratio is the median of.
    #[arg(long, default_value_t = 5)]
    pub pairs: usize,
}

impl Plan {
    /// Whether a figure is asked for.
    pub fn wants(&self, id: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|only| only == id)
    }

    /// The time of one run of one side.
    pub fn time(&self) -> Duration {
        Duration::from_secs_f64(self.seconds)
    }
}

#[derive(Subcommand)]
pub enum Floor {
    /// Answers every request with the bytes of a file.
    Page {
        #[arg(long)]
        file: PathBuf,
        #[arg(long)]
        kind: String,
    },
    /// Writes the rows of a save with prepared statements, as many in a commit as there are
    /// writers, and prints how many a second.
    Saves {
        #[arg(long)]
        folder: PathBuf,
        #[arg(long)]
        writers: usize,
        #[arg(long)]
        seconds: f64,
    },
    /// Hashes passwords as the program does and prints how many a second.
    Hashes {
        #[arg(long)]
        seconds: f64,
    },
}
