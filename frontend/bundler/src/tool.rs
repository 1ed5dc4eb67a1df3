//! Runs the programs that npm brings, and remembers results that take long.
use crate::{Job, site::digest};
use anyhow::{Context as _, Result, bail, ensure};
use std::{fs, io::ErrorKind, path::PathBuf, process::Command};

/// Runs a program that npm installed in `frontend/node_modules`.
pub fn run(job: &Job, program: &str, arguments: &[&str]) -> Result<()> {
    let program = job.packages().join(program);
    let output = match Command::new(&program).args(arguments).output() {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            bail!("{} is missing; run `.ci/setup build`", program.display());
        }
        other => other.with_context(|| format!("{} cannot be started", program.display()))?,
    };
    ensure!(
        output.status.success(),
        "{} failed ({})\n{}",
        program.display(),
        output.status,
        String::from_utf8_lossy(&output.stderr).trim_end()
    );
    Ok(())
}

/// A folder for intermediate files, empty at first, beside the bundle.
pub fn scratch(job: &Job, name: &str) -> Result<PathBuf> {
    let folder = job.site.with_extension("work").join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// The remembered result for these inputs, or that of `make`. One result a name is kept.
pub fn cached(
    job: &Job,
    name: &str,
    inputs: &[&[u8]],
    make: impl FnOnce() -> Result<Vec<u8>>,
) -> Result<Vec<u8>> {
    let key = inputs.iter().map(|input| digest(input)).collect::<String>();
    let folder = job.site.with_extension("cache");
    let (key_file, result_file) =
        (folder.join(format!("{name}.key")), folder.join(format!("{name}.result")));
    if fs::read_to_string(&key_file).is_ok_and(|known| known == key)
        && let Ok(result) = fs::read(&result_file)
    {
        return Ok(result);
    }
    let result = make()?;
    fs::create_dir_all(&folder)?;
    // Without a key nothing is found, so an interrupted run leaves no wrong result behind.
    fs::remove_file(&key_file).ok();
    fs::write(&result_file, &result)?;
    fs::write(&key_file, key)?;
    Ok(result)
}
