use super::{
    archive::{DATABASE, KEY},
    embedded, files,
    prove::{Proven, prove},
};
use crate::{
    cli::{Failure, tell},
    config::Config,
    in_use,
};
use domain::backup;
use std::{
    ffi::OsString,
    fs::{self, DirBuilder},
    io,
    os::unix::fs::DirBuilderExt as _,
    path::{Path, PathBuf},
    process::ExitCode,
    time::Instant,
};

/// Puts the database and the key of the backup `file` in place. Everything is proven beside the
/// place first; the database comes last, so that what is interrupted can be done again.
///
/// # Errors
/// Whatever keeps it from being done, in words for the operator.
pub(crate) async fn restore(
    config: &Config,
    file: &Path,
    replace: bool,
) -> Result<ExitCode, Failure> {
    let instead = format!(
        "pg_restore --clean --if-exists --no-owner --dbname=\"$STORE_MANAGER_DATABASE_URL\" '{}'",
        file.display()
    );
    let database = embedded(config, &instead)?;
    let start = Instant::now();
    // Held until it is done.
    let _alone = in_use::alone(config, &database)?;
    let old = parts(&database).into_iter().any(|part| part.exists());
    if old && !replace {
        return Err(format!(
            "there is a database at {} already: --replace keeps it aside and puts the backup in its \
             place",
            database.display()
        )
        .into());
    }
    let work = files::beside(&database)?;
    let new = work.path().join("new");
    let proven = prove(config, file, &new).await?;
    let key = proven.own_key.then(|| config.secret_key());
    let other = key.as_deref().is_some_and(|key| differs(key, &new.join(KEY)));
    if other && !replace {
        return Err(
            "the data directory holds another secret key than the backup: --replace keeps it \
                    aside"
                .into(),
        );
    }
    if old || other {
        keep_aside(&database, key.as_deref().filter(|_| other), &proven)?;
    }
    if let Some(key) = key.filter(|key| !key.exists()) {
        fs::rename(new.join(KEY), &key)?;
        files::settle(&key)?;
    }
    files::publish(&new.join(DATABASE), &database)?;
    tell(&format!(
        "Restored: {} entries of the audit log proven. It took {:.1} s.\n",
        proven.entries,
        start.elapsed().as_secs_f64()
    ));
    Ok(ExitCode::SUCCESS)
}

/// The files of a database: itself and, where it was not closed well, its log and the log's index.
fn parts(database: &Path) -> [PathBuf; 3] {
    ["", "-wal", "-shm"].map(|end| {
        let mut name = OsString::from(database);
        name.push(end);
        name.into()
    })
}

fn differs(one: &Path, other: &Path) -> bool {
    one.exists() && fs::read(one).ok() != fs::read(other).ok()
}

/// Moves what is there into a folder of its own that is named after the time.
fn keep_aside(database: &Path, key: Option<&Path>, proven: &Proven) -> io::Result<()> {
    let name = format!("replaced-{}", backup::stamp(proven.at));
    let aside = files::folder(database).join(name);
    DirBuilder::new().mode(0o700).create(&aside)?;
    let key = key.map(Path::to_owned);
    for part in parts(database).into_iter().chain(key).filter(|part| part.exists()) {
        if let Some(name) = part.file_name() {
            fs::rename(&part, aside.join(name))?;
        }
    }
    files::settle(&aside.join(DATABASE))?;
    files::settle(database)?;
    tell(&format!("What was there is kept in {}.\n", aside.display()));
    Ok(())
}
