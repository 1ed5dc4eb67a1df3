//! A child process on the first core, killed when it is dropped.
use crate::Failure;
use std::{
    net::{SocketAddr, TcpListener},
    path::Path,
    process::Stdio,
};
use tokio::{
    io::{AsyncBufReadExt as _, BufReader},
    process::{Child, ChildStdout, Command},
};

/// The core of what is measured. What asks is bound to the next one by `make bench`.
const CORE: &str = "0";

/// A process that listens.
pub struct Process {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
}

/// `program` on the first core, where there is a choice.
pub fn pinned(program: &Path) -> Command {
    let mut command = Command::new("taskset");
    command.args(["-c", CORE]).arg(program).kill_on_drop(true).stdin(Stdio::null());
    command
}

/// Settings of the program by which each page is made anew.
pub const UNCACHED: (&str, &str) = ("STORE_MANAGER_PAGE_CACHE_MB", "0");

impl Process {
    /// The program on a folder of its own, with these settings of it.
    pub async fn program(
        program: &Path,
        folder: &Path,
        settings: &[(&str, &str)],
    ) -> Result<Process, Failure> {
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let mut command = pinned(program);
        command.arg("serve").current_dir(folder);
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("STORE_MANAGER_")) {
            command.env_remove(name);
        }
        command
            .env("STORE_MANAGER_DATA_DIR", folder)
            .env("STORE_MANAGER_LISTEN", address.to_string())
            // Each visitor says that they come from an address of their own: limits count apart.
            .env("STORE_MANAGER_TRUSTED_PROXIES", "127.0.0.1")
            .env("STORE_MANAGER_LOG", "error")
            .envs(settings.iter().copied());
        Process::start(command, address).await
    }

    /// A floor that answers with the bytes of `file`.
    pub async fn page(file: &Path, kind: &str) -> Result<Process, Failure> {
        let mut command = pinned(&std::env::current_exe()?);
        command.args(["floor", "page", "--kind", kind, "--file"]).arg(file);
        Process::start(command, SocketAddr::from(([127, 0, 0, 1], 0))).await
    }

    async fn start(mut command: Command, address: SocketAddr) -> Result<Process, Failure> {
        let mut child = command.stdout(Stdio::piped()).spawn()?;
        let line = line(&mut child).await?;
        let said = line.trim().rsplit('/').next().unwrap_or_default();
        Ok(Process { child, address: said.parse().unwrap_or(address) })
    }

    /// The memory it occupies, in bytes.
    pub fn memory(&self) -> Result<u64, Failure> {
        self.status("VmRSS:")
    }

    /// The most memory it has occupied, in bytes.
    pub fn memory_peak(&self) -> Result<u64, Failure> {
        self.status("VmHWM:")
    }

    fn status(&self, name: &str) -> Result<u64, Failure> {
        let id = self.child.id().ok_or("the process has ended")?;
        let status = std::fs::read_to_string(format!("/proc/{id}/status"))?;
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        let kilobytes =
            line.and_then(|line| line.split_whitespace().next()).ok_or("no such line")?;
        Ok(kilobytes.parse::<u64>()? * 1024)
    }
}

/// Runs a floor that prints one figure.
pub async fn figure(arguments: &[&str]) -> Result<f64, Failure> {
    let mut command = pinned(&std::env::current_exe()?);
    let output = command.arg("floor").args(arguments).stderr(Stdio::inherit()).output().await?;
    let said = String::from_utf8(output.stdout)?;
    said.trim().parse().map_err(|_| format!("floor {arguments:?}: {}", said.trim()).into())
}

/// The first line that a process prints.
pub async fn line(child: &mut Child) -> Result<String, Failure> {
    let output: ChildStdout = child.stdout.take().ok_or("no output")?;
    let mut line = String::new();
    if BufReader::new(output).read_line(&mut line).await? == 0 {
        return Err("it ended before it listened".into());
    }
    Ok(line)
}
