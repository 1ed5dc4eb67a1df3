use super::{Error, Fault};

/// What keeps a database from taking changes until somebody mends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// There is no space left.
    Full,
    /// It can only be read.
    ReadOnly,
    /// Its files cannot be written or made.
    Broken,
}

impl Trouble {
    /// Its name, as metrics tell it.
    pub const fn code(self) -> &'static str {
        match self {
            Trouble::Full => "full",
            Trouble::ReadOnly => "read_only",
            Trouble::Broken => "broken",
        }
    }
}

impl Error {
    /// The trouble with the storage that this fault comes from, if it does.
    pub fn trouble(&self) -> Option<Trouble> {
        let (error, commit) = match self {
            Error::Commit(error) => (error, true),
            Error::Sql(error) => (error, false),
            Error::Duplicate | Error::Closed | Error::Migration(_) => return None,
        };
        match &**error {
            Fault::Sqlite(error) => of_sqlite(error.sqlite_error()?.extended_code, commit),
            Fault::Postgres(error) => of_postgres(&error.as_database_error()?.code()?),
        }
    }
}

/// The meaning of SQLite's extended result codes (the last byte is the plain one).
fn of_sqlite(code: i32, commit: bool) -> Option<Trouble> {
    // SQLITE_IOERR_READ and SQLITE_IOERR_SHORT_READ.
    const READS: [i32; 2] = [266, 522];
    match code & 0xff {
        13 => Some(Trouble::Full),
        8 => Some(Trouble::ReadOnly),
        10 | 14 if !READS.contains(&code) => Some(Trouble::Broken),
        // The transaction is gone: SQLite gave it up for one of these reasons while another of its
        // group ran.
        1 if commit => Some(Trouble::Broken),
        _ => None,
    }
}

fn of_postgres(code: &str) -> Option<Trouble> {
    match code {
        "53100" => Some(Trouble::Full),
        "25006" => Some(Trouble::ReadOnly),
        "58030" => Some(Trouble::Broken),
        _ => None,
    }
}
