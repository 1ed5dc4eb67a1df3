//! Settings as a file, for scripts: exit code 0 where there is nothing to do or it is done, 2 where
//! there are differences, 1 for an error.
use super::{Failure, tell};
use crate::{config::Config, open};
use clap::{Args, Subcommand};
use domain::{
    Domain, Error,
    settings::code::{self, Answer, Change, Difference, Fault, Found, Reference, Who},
};
use model::{
    OrganizationId, StoreId,
    settings::Place,
    text::{Key, Lang, Texts},
};
use std::{io::Read as _, path::PathBuf, process::ExitCode};

/// There are differences.
const DIFFERENT: u8 = 2;

/// What can be done with settings.
#[derive(Debug, Subcommand)]
pub enum Settings {
    /// Write all settings as a file (TOML) to standard output; secrets only as references.
    Export {
        /// Whose.
        #[command(flatten)]
        of: Of,
    },
    /// Show what a file would change; the exit code is 2 where it would change something.
    Diff {
        /// Whose.
        #[command(flatten)]
        of: Of,
        /// The file; - for standard input.
        file: PathBuf,
    },
    /// Apply a file: all of it in one transaction or, where anything in it is wrong, nothing.
    Apply {
        /// Whose.
        #[command(flatten)]
        of: Of,
        /// The file; - for standard input. It may refer to secrets: { env = "NAME" } to a variable
        /// of this command, { file = "path" } to a file, relative to the current folder.
        file: PathBuf,
        /// Only show what it would change; the exit code is 2 where it would change something.
        #[arg(long)]
        dry_run: bool,
    },
}

/// A store or an organization.
#[derive(Args, Debug)]
pub struct Of {
    #[command(flatten)]
    target: Target,
    /// The language of explanations and messages: en, es, fr, pl.
    #[arg(long, default_value = "en", value_parser = language)]
    language: Lang,
}

#[derive(Args, Debug)]
#[group(required = true, multiple = false)]
struct Target {
    /// The store's identifier, as it stands in the address of its pages (sto_...).
    #[arg(long)]
    store: Option<StoreId>,
    /// The organization's identifier (org_...): its own settings and those of all its open stores.
    #[arg(long)]
    organization: Option<OrganizationId>,
}

fn language(code: &str) -> Result<Lang, String> {
    Lang::ALL.into_iter().find(|lang| lang.code() == code).ok_or_else(|| {
        let codes: Vec<&str> = Lang::ALL.iter().map(|lang| lang.code()).collect();
        format!("choose one of {}", codes.join(", "))
    })
}

impl Of {
    fn place(&self) -> Result<Place, Failure> {
        let store = self.target.store.as_ref().map(Place::from);
        let place = store.or(self.target.organization.as_ref().map(Place::from));
        place.ok_or_else(|| "name a store or an organization".into())
    }
}

/// Runs the command.
pub(super) async fn run(config: &Config, command: Settings) -> Result<ExitCode, Failure> {
    let (of, task) = match command {
        Settings::Export { of } => (of, Task::Export),
        Settings::Diff { of, file } => (of, Task::Preview(file)),
        Settings::Apply { of, file, dry_run: true } => (of, Task::Preview(file)),
        Settings::Apply { of, file, dry_run: false } => (of, Task::Apply(file)),
    };
    let (place, t) = (of.place()?, Texts::of(of.language));
    let domain = open::domain(config, false).await?;
    let done = task.run(&domain, &place, t).await;
    domain.db.close().await;
    done
}

enum Task {
    Export,
    Preview(PathBuf),
    Apply(PathBuf),
}

impl Task {
    async fn run(&self, domain: &Domain, place: &Place, t: Texts) -> Result<ExitCode, Failure> {
        let who = Who::Operator;
        let (file, answer) = match self {
            Task::Export => {
                let text = code::export(domain, &who, place, t).await;
                tell(&text.map_err(|error| failure(error, t))?);
                return Ok(ExitCode::SUCCESS);
            }
            Task::Preview(file) => {
                let text = text_of(file)?;
                (file, code::preview(domain, &who, place, &text, &find, t).await)
            }
            Task::Apply(file) => {
                let text = text_of(file)?;
                (file, code::apply(domain, &who, place, &text, &find, None, t).await)
            }
        };
        let applied = matches!(self, Task::Apply(_));
        match answer.map_err(|error| failure(error, t))? {
            Answer::Wrong(faults) => {
                complain(file, &faults, t);
                Ok(ExitCode::FAILURE)
            }
            Answer::Stale(found) | Answer::Fine(found) => Ok(report(&found, applied, t)),
        }
    }
}

fn failure(error: Error, t: Texts) -> Failure {
    match error {
        Error::NotFound => t.get(Key::CodeNoPlace).into(),
        error => error.into(),
    }
}

fn text_of(file: &PathBuf) -> Result<String, Failure> {
    let read = if file.as_os_str() == "-" {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).map(|_| text)
    } else {
        std::fs::read_to_string(file)
    };
    read.map_err(|error| format!("{} cannot be read: {error}", file.display()).into())
}

/// Follows a reference to a secret.
fn find(reference: &Reference) -> Found {
    let read = match reference {
        Reference::Variable(name) => match std::env::var(name) {
            Ok(text) => Ok(text),
            Err(std::env::VarError::NotPresent) => return Found::Nothing,
            Err(error) => Err(error.to_string()),
        },
        Reference::File(name) => match std::fs::read_to_string(name) {
            Ok(text) => Ok(text.trim_end_matches(['\r', '\n']).to_owned()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Found::Nothing,
            Err(error) => Err(error.to_string()),
        },
    };
    match read {
        Ok(text) if text.is_empty() => Found::Nothing,
        Ok(text) => Found::Secret(text.into()),
        Err(problem) => Found::Unreadable(problem),
    }
}

/// What is wrong with a file, a line each, as compilers say it.
fn complain(file: &std::path::Path, faults: &[Fault], t: Texts) {
    for fault in faults {
        let text = plain(&fault.text);
        eprintln!("{}:{}:{}: {text}", file.display(), fault.line, fault.column);
    }
    eprintln!("{}", t.get(Key::CodeWrong));
}

fn report(found: &Difference, applied: bool, t: Texts) -> ExitCode {
    for note in &found.notes {
        eprintln!("{}", plain(note));
    }
    tell(&listed(&found.changes));
    let (text, code) = match (found.changes.is_empty(), applied) {
        (true, _) => (Key::CodeUnchanged, ExitCode::SUCCESS),
        (false, true) => (Key::CodeApplied, ExitCode::SUCCESS),
        (false, false) => (Key::CodeWouldChange, ExitCode::from(DIFFERENT)),
    };
    eprintln!("{}", t.get(text));
    code
}

/// The changes below their places and sections.
fn listed(changes: &[Change]) -> String {
    let mut list = String::new();
    let mut above: Option<&Change> = None;
    for change in changes {
        let same_place = above.is_some_and(|above| above.scope == change.scope);
        if !same_place {
            list += &format!("{} ({})\n", plain(&change.place), change.scope);
        }
        if !same_place || above.is_some_and(|above| above.section != change.section) {
            list += &format!("  {} ({})\n", change.section_name, change.section);
        }
        let (old, new) = (plain(&change.old), plain(&change.new));
        list += &format!("    {} ({}): {old} -> {new}\n", change.field_name, change.field);
        above = Some(change);
    }
    list
}

/// A text on one line that a terminal shows as it is.
fn plain(text: &str) -> String {
    let shown = |c: char| if c.is_control() { c.escape_default().to_string() } else { c.into() };
    text.chars().map(shown).collect()
}
