//! Backups of the embedded database: one file with everything that a restore on another machine
//! needs, the secret key included. Without the key the program would not start on the copy: sealed
//! secrets, mailed links and the proofs of the audit log come from it. Where the operator keeps it in
//! a file of their own (`secret_key_file`), that is left to them.
mod archive;
mod files;
mod make;
mod prove;
mod restore;

pub(crate) use make::make;
pub(crate) use restore::restore;

use crate::{cli::Failure, config::Config};
use std::path::PathBuf;

/// The file of the embedded database; on PostgreSQL there is none, and `instead` is to be used.
fn embedded(config: &Config, instead: &str) -> Result<PathBuf, Failure> {
    config.embedded().ok_or_else(|| {
        format!(
            "this database is PostgreSQL, which has its own tools for this; nothing was done. Use\n\
             \n    {instead}\n\n\
             with the address that database_url has, and keep the secret key ({}) with the copy",
            config.secret_key().display()
        )
        .into()
    })
}
