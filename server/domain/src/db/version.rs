//! Whether anything was stored since one last looked.
use super::{Db, Result, read_file};
use rusqlite::Connection;
use std::{
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

/// A connection that is used for nothing else: SQLite tells each connection of the commits of all
/// others, those of other processes included. Cheap to clone.
#[derive(Clone)]
pub struct Watch(Arc<Mutex<Connection>>);

impl Watch {
    pub(super) fn open(path: &Path) -> Result<Watch> {
        Ok(Watch(Arc::new(Mutex::new(read_file(path)?))))
    }

    fn version(&self) -> Option<i64> {
        let conn = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut asked = conn.prepare_cached("PRAGMA data_version").ok()?;
        asked.query_row([], |row| row.get(0)).ok()
    }
}

impl Db {
    /// A number that is another one after each commit, whoever's it is, from before the commit is
    /// acknowledged. Two readings that are alike mean that nothing was stored between them. `None`
    /// on PostgreSQL, which tells nothing of the kind at so small a price.
    pub fn version(&self) -> Option<i64> {
        match self {
            Db::Sqlite { watch, .. } => watch.version(),
            Db::Postgres { .. } => None,
        }
    }
}
