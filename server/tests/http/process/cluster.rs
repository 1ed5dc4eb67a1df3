//! A PostgreSQL of its own that a test may kill.
use std::{
    io::{BufRead as _, BufReader, Write as _},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../.ci/throwaway-postgres");

/// It keeps what it acknowledged, as PostgreSQL does unless told otherwise.
pub struct Cluster {
    /// The address of its database.
    pub url: String,
    process: Child,
    orders: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Cluster {
    /// Starts one.
    pub fn start() -> Cluster {
        let mut command = Command::new(SCRIPT);
        command.arg("--durable").stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = command.spawn().unwrap();
        let orders = process.stdin.take();
        let answers = BufReader::new(process.stdout.take().unwrap());
        let mut cluster = Cluster { url: String::new(), process, orders, answers };
        cluster.url = cluster.answer();
        assert!(cluster.url.starts_with("postgres://"), "no PostgreSQL: see what {SCRIPT} says");
        cluster
    }

    /// Kills all its processes, without a chance to write anything, and starts it again.
    pub fn crash(&mut self) {
        for order in ["kill", "start"] {
            writeln!(self.orders.as_ref().unwrap(), "{order}").unwrap();
            assert_eq!(self.answer(), order);
        }
    }

    fn answer(&mut self) -> String {
        let mut line = String::new();
        self.answers.read_line(&mut line).unwrap();
        line.trim().to_owned()
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // It stops and removes itself when nobody holds its input any more.
        self.orders = None;
        self.process.wait().ok();
    }
}
