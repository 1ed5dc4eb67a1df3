//! The command line.
mod settings;

pub use settings::Settings;

use crate::{
    backup,
    config::{Config, DEFAULT_FILE},
    in_use, logging, open, serve,
};
use clap::{Parser, Subcommand};
use model::OrganizationId;
use std::{io::Write as _, path::PathBuf, process::ExitCode};

/// Store Manager, an administration console for e-commerce stores.
#[derive(Debug, Parser)]
#[command(name = "store-manager", version)]
pub struct Cli {
    /// The configuration file [default: store-manager.toml, if it exists].
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the console.
    Serve {
        /// Fill an empty database with a demonstration, and show its sign-ins.
        #[arg(long)]
        demo: bool,
    },
    /// Print the configuration's defaults, with comments.
    DefaultConfig,
    /// Bring the database's schema up to date.
    Migrate,
    /// Write a copy of the embedded database and its secret key into a new file, while the server goes
    /// on; the copy is proven by restoring it on the side. PostgreSQL has tools of its own for this.
    Backup {
        /// The new file (a tar archive that only its owner may read).
        file: PathBuf,
        /// Leave the secret key out: whoever has the file then cannot read what is sealed with it,
        /// and whoever restores it needs the key from elsewhere.
        #[arg(long)]
        without_key: bool,
    },
    /// Put the database and the secret key of a backup into the data directory, where there is none
    /// yet; nothing is changed before the backup is proven to be whole. No server may be running there.
    Restore {
        /// The file that `backup` wrote.
        file: PathBuf,
        /// Where there is a database already, keep it aside in a folder named after the time.
        #[arg(long)]
        replace: bool,
    },
    /// Let people into an organization again whose rules have locked everybody out: its list of
    /// addresses no longer counts, and single sign-on is no longer required.
    Unlock {
        /// The organization's identifier, as it stands in the address of its pages (org_...).
        #[arg(long)]
        organization: OrganizationId,
    },
    /// The audit log.
    Audit {
        /// What to do with it.
        #[command(subcommand)]
        command: Audit,
    },
    /// Settings as a file: of a store, or of an organization and all its stores.
    Settings {
        /// What to do with them.
        #[command(subcommand)]
        command: Settings,
    },
}

/// What can be done with the audit log.
#[derive(Debug, Subcommand)]
pub enum Audit {
    /// Prove that no entry was changed, removed or reordered.
    Verify,
}

/// The arguments of this process. Where they are wrong or ask for help, that is told, and the exit
/// code is given: 1 for what is wrong, since 2 is an answer of some commands.
///
/// # Errors
/// The exit code, where there is nothing to run.
pub fn arguments() -> Result<Cli, ExitCode> {
    Cli::try_parse().map_err(|error| {
        error.print().ok();
        if error.use_stderr() { ExitCode::FAILURE } else { ExitCode::SUCCESS }
    })
}

/// Why a command failed, in words for the operator.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Runs a command. Failures are told on standard error; the exit code then is 1.
pub async fn run(cli: Cli) -> ExitCode {
    match execute(cli).await {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("store-manager: {failure}");
            ExitCode::FAILURE
        }
    }
}

async fn execute(cli: Cli) -> Result<ExitCode, Failure> {
    if matches!(cli.command, Command::DefaultConfig) {
        tell(DEFAULT_FILE);
        return Ok(ExitCode::SUCCESS);
    }
    let config = Config::load(cli.config.as_deref())?;
    // What both give is held until the command ends.
    let _log = logging::start(&config)?;
    let _in_use = match cli.command {
        Command::Restore { .. } => None,
        _ => in_use::share(&config)?,
    };
    match cli.command {
        Command::DefaultConfig => Ok(ExitCode::SUCCESS),
        Command::Serve { demo } => serve::serve(&config, demo).await,
        Command::Migrate => migrate(&config).await,
        Command::Backup { file, without_key } => backup::make(&config, &file, without_key).await,
        Command::Restore { file, replace } => backup::restore(&config, &file, replace).await,
        Command::Unlock { organization } => unlock(&config, &organization).await,
        Command::Audit { command: Audit::Verify } => verify(&config).await,
        Command::Settings { command } => settings::run(&config, command).await,
    }
}

/// Writes to standard output; whoever reads it may have stopped reading.
pub(crate) fn tell(text: &str) {
    std::io::stdout().write_all(text.as_bytes()).ok();
}

async fn migrate(config: &Config) -> Result<ExitCode, Failure> {
    // Opening a database brings its schema up to date.
    let db = open::database(config).await?;
    tell(&format!("The schema is up to date (version {}).\n", domain::db::latest()));
    db.close().await;
    Ok(ExitCode::SUCCESS)
}

async fn unlock(config: &Config, organization: &OrganizationId) -> Result<ExitCode, Failure> {
    let domain = open::domain(config, false).await?;
    let unlocked = domain::security::unlock(&domain, organization).await;
    domain.db.close().await;
    let text = match unlocked {
        Ok(true) => "Unlocked: neither addresses nor single sign-on keep anybody out.\n",
        Ok(false) => "There was nothing to unlock.\n",
        Err(domain::Error::NotFound) => return Err("there is no such organization".into()),
        Err(error) => return Err(error.into()),
    };
    tell(text);
    Ok(ExitCode::SUCCESS)
}

async fn verify(config: &Config) -> Result<ExitCode, Failure> {
    let domain = open::domain(config, false).await?;
    let report = domain::audit::verify(&domain).await?;
    domain.db.close().await;
    let (entries, chains) = (report.entries, report.chains);
    tell(&format!("{entries} entries in {chains} chains are as they were written.\n"));
    for broken in &report.broken {
        tell(&format!("Broken: {broken}.\n"));
    }
    Ok(if report.broken.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
