//! Opens what the commands work on: the database, and the rules on top of it.
use crate::{cli::Failure, config::Config, secret_key};
use domain::{Domain, context::Options, crypto::Keys, db::Db};
use std::{fs::DirBuilder, os::unix::fs::DirBuilderExt as _};

/// The database of `config`, its schema up to date.
///
/// # Errors
/// When it cannot be opened; the text names it without its password.
pub async fn database(config: &Config) -> Result<Db, Failure> {
    let url = config.database();
    data_dir(config)?;
    let opened = Db::open(url.expose(), config.database_connections).await;
    opened.map_err(|error| format!("the database {url:?} cannot be opened: {error}").into())
}

/// Makes the data directory where there is none yet.
///
/// # Errors
/// When that fails.
pub fn data_dir(config: &Config) -> Result<(), Failure> {
    let dir = &config.data_dir;
    // What is in it is nobody else's business.
    let made = DirBuilder::new().recursive(true).mode(0o700).create(dir);
    made.map_err(|error| {
        format!("the data directory {} cannot be made: {error}", dir.display()).into()
    })
}

/// The rules on the database of `config`, with its secret key.
///
/// # Errors
/// When the database or the key cannot be used, or do not belong together.
pub async fn domain(config: &Config, demo: bool) -> Result<Domain, Failure> {
    let db = database(config).await?;
    let key = secret_key::load(config.secret_key_file.as_deref(), &config.data_dir)?;
    rules(config, db, key, demo).await
}

/// The rules on `db` with this secret key, which must be the one that belongs to it.
///
/// # Errors
/// When it is another one, and faults of the database.
pub async fn rules(config: &Config, db: Db, key: [u8; 32], demo: bool) -> Result<Domain, Failure> {
    let options = Options {
        public_url: config.public_url.clone(),
        demo,
        outgoing_exceptions: config.outgoing_exceptions.clone(),
    };
    let domain = Domain::new(db, Keys::from_bytes(key), options, None, None);
    domain::instance::check(&domain).await?;
    Ok(domain)
}
