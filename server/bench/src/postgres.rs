//! PostgreSQL, and pgbench: the client that it brings to be measured with.
use crate::{
    Failure,
    process::{line, pinned},
};
use std::{
    io::Write as _,
    path::{Path, PathBuf},
    process::Stdio,
};
use tempfile::NamedTempFile;
use tokio::process::{Child, Command};

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../.ci/throwaway-postgres");

/// A PostgreSQL on the first core that acknowledges only what outlives a crash. It ends when this
/// is dropped.
pub struct Postgres {
    /// The address of its database.
    pub url: String,
    // Killed, it could not put away what it made: it ends when nobody can send anything to it.
    _process: Child,
}

impl Postgres {
    /// Starts one.
    pub async fn start() -> Result<Postgres, Failure> {
        let mut command = pinned(Path::new(SCRIPT));
        command.arg("--durable").stdin(Stdio::piped()).stdout(Stdio::piped()).kill_on_drop(false);
        let mut process = command.spawn()?;
        let url = line(&mut process).await?.trim().to_owned();
        Ok(Postgres { url, _process: process })
    }

    /// How often a second so many clients together run a script, its statements prepared.
    pub async fn rate(&self, script: &str, clients: usize, seconds: f64) -> Result<f64, Failure> {
        let mut file = NamedTempFile::new()?;
        file.write_all(script.as_bytes())?;
        let output = Command::new(pgbench())
            .args(["--no-vacuum", "--protocol=prepared", "--jobs=1"])
            .arg(format!("--client={clients}"))
            .arg(format!("--time={}", seconds.ceil()))
            .arg(format!("--file={}", file.path().display()))
            .arg(&self.url)
            .output()
            .await?;
        let said = String::from_utf8(output.stdout)?;
        let rate = said.lines().find_map(|line| line.strip_prefix("tps = "));
        let rate = rate.and_then(|rate| rate.split(' ').next()?.parse().ok());
        let failure = || format!("pgbench: {said}{}", String::from_utf8_lossy(&output.stderr));
        rate.filter(|_| output.status.success()).ok_or_else(|| failure().into())
    }
}

/// Where PostgreSQL's packages put it, the newest; else where it is found by its name.
fn pgbench() -> PathBuf {
    let found = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    let mut found: Vec<_> =
        found.flatten().map(|version| version.path().join("bin/pgbench")).collect();
    found.retain(|program| program.is_file());
    found.sort_unstable();
    found.pop().unwrap_or_else(|| "pgbench".into())
}
