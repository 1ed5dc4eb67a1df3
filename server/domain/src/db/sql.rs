//! Statements and rows. The engines are told apart here and nowhere else.
use super::{Conn, Result};
use rusqlite::{
    CachedStatement,
    types::{FromSql, ToSql, ToSqlOutput},
};
use sqlx::{FromRow, postgres::PgRow};

/// A row both engines can give; [`row!`](crate::row) makes one.
pub trait Row: Send + Unpin + FromSqlite + for<'r> FromRow<'r, PgRow> {}
impl<T: Send + Unpin + FromSqlite + for<'r> FromRow<'r, PgRow>> Row for T {}

/// A row of SQLite.
pub trait FromSqlite: Sized {
    /// The names of the columns.
    const COLUMNS: &'static [&'static str];
    /// The row's values, of which `columns` tells the places.
    ///
    /// # Errors
    /// Where one is of another kind.
    fn from_sqlite(columns: &mut Columns<'_, '_>) -> rusqlite::Result<Self>;
}

/// A row's values, in the order of [`FromSqlite::COLUMNS`].
pub struct Columns<'r, 's> {
    row: &'r rusqlite::Row<'s>,
    // Looked up once for all rows of an answer: by name each would be searched anew in each row.
    places: std::slice::Iter<'r, usize>,
}

impl Columns<'_, '_> {
    /// The next value.
    ///
    /// # Errors
    /// Where it is of another kind.
    pub fn take<T: FromSql>(&mut self) -> rusqlite::Result<T> {
        self.row.get(*self.places.next().unwrap_or(&usize::MAX))
    }
}

/// Declares a struct whose fields are a row's columns of the same names. Our own instead of
/// sqlx's derive: there is one for each engine, and stores know neither.
#[macro_export]
macro_rules! row {
    ($(#[$doc:meta])* $vis:vis struct $name:ident { $($(#[$field_doc:meta])* $field_vis:vis $field:ident: $type:ty),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Debug)]
        $vis struct $name { $($(#[$field_doc])* $field_vis $field: $type),+ }

        impl $crate::db::FromSqlite for $name {
            const COLUMNS: &'static [&'static str] = &[$(stringify!($field)),+];
            fn from_sqlite(columns: &mut $crate::db::Columns<'_, '_>) -> rusqlite::Result<Self> {
                Ok(Self { $($field: columns.take()?),+ })
            }
        }

        impl<'r> sqlx::FromRow<'r, sqlx::postgres::PgRow> for $name {
            fn from_row(row: &'r sqlx::postgres::PgRow) -> Result<Self, sqlx::Error> {
                Ok(Self { $($field: sqlx::Row::try_get(row, stringify!($field))?),+ })
            }
        }
    };
}

/// A value to bind; NULLs keep their type, which PostgreSQL needs.
pub enum Arg<'q> {
    /// TEXT.
    Text(Option<&'q str>),
    /// TEXT that lives no longer than the statement.
    Owned(String),
    /// BIGINT.
    Int(Option<i64>),
    /// BOOLEAN.
    Bool(Option<bool>),
}

macro_rules! arg {
    ($($type:ty => $variant:ident),*) => { $(
        impl<'q> From<$type> for Arg<'q> {
            fn from(value: $type) -> Self {
                Arg::$variant(Some(value))
            }
        }
        impl<'q> From<Option<$type>> for Arg<'q> {
            fn from(value: Option<$type>) -> Self {
                Arg::$variant(value)
            }
        }
    )* };
}
arg!(&'q str => Text, i64 => Int, bool => Bool);

impl<'q> From<&'q String> for Arg<'q> {
    fn from(value: &'q String) -> Self {
        Arg::Text(Some(value))
    }
}

impl From<String> for Arg<'_> {
    fn from(value: String) -> Self {
        Arg::Owned(value)
    }
}

/// One statement: `sql("SELECT ... WHERE id = $1").bind(id).optional::<Row>(conn).await?`.
pub struct Sql<'q> {
    text: &'static str,
    args: Vec<Arg<'q>>,
}

/// A statement with `$1` placeholders, portable between the engines.
pub fn sql<'q>(text: &'static str) -> Sql<'q> {
    Sql { text, args: Vec::new() }
}

impl ToSql for Arg<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        match self {
            Arg::Text(value) => value.to_sql(),
            Arg::Owned(value) => value.to_sql(),
            Arg::Int(value) => value.to_sql(),
            Arg::Bool(value) => value.to_sql(),
        }
    }
}

/// `$1` is the name of a parameter to SQLite, whose number is that of its first mention.
const NAMES: &[&str] = &[
    "$1", "$2", "$3", "$4", "$5", "$6", "$7", "$8", "$9", "$10", "$11", "$12", "$13", "$14", "$15",
    "$16", "$17", "$18", "$19", "$20", "$21", "$22", "$23", "$24", "$25", "$26", "$27", "$28",
    "$29", "$30", "$31", "$32",
];

macro_rules! bound {
    ($query:expr, $args:expr) => {
        $args.into_iter().fold($query, |query, arg| match arg {
            Arg::Text(value) => query.bind(value),
            Arg::Owned(value) => query.bind(value),
            Arg::Int(value) => query.bind(value),
            Arg::Bool(value) => query.bind(value),
        })
    };
}

impl<'q> Sql<'q> {
    /// The value of the next placeholder.
    pub fn bind(mut self, value: impl Into<Arg<'q>>) -> Self {
        self.args.push(value.into());
        self
    }

    /// Runs it; the number of rows changed.
    pub async fn execute(self, conn: &mut Conn<'_>) -> Result<u64> {
        Ok(match conn {
            Conn::Sqlite(c) => self.changed(c)?,
            Conn::Postgres(c) => {
                bound!(sqlx::query(self.text), self.args).execute(&mut **c).await?.rows_affected()
            }
        })
    }

    /// The row, if there is one.
    pub async fn optional<T: Row>(self, conn: &mut Conn<'_>) -> Result<Option<T>> {
        match conn {
            Conn::Sqlite(c) => Ok(self.rows(c, 1)?.pop()),
            Conn::Postgres(c) => {
                let query = bound!(sqlx::query_as(self.text), self.args);
                Ok(query.fetch_optional(&mut **c).await?)
            }
        }
    }

    /// The row that must be there.
    pub async fn one<T: Row>(self, conn: &mut Conn<'_>) -> Result<T> {
        Ok(self.optional(conn).await?.ok_or(sqlx::Error::RowNotFound)?)
    }

    /// All rows.
    pub async fn all<T: Row>(self, conn: &mut Conn<'_>) -> Result<Vec<T>> {
        match conn {
            Conn::Sqlite(c) => self.rows(c, usize::MAX),
            Conn::Postgres(c) => {
                Ok(bound!(sqlx::query_as(self.text), self.args).fetch_all(&mut **c).await?)
            }
        }
    }

    /// The number of rows changed, of SQLite; rows that it gives back besides are let go.
    fn changed(self, conn: &rusqlite::Connection) -> Result<u64> {
        let mut statement = self.prepared(conn)?;
        if statement.column_count() == 0 {
            return Ok(statement.raw_execute()? as u64);
        }
        let mut rows = statement.raw_query();
        while rows.next()?.is_some() {}
        Ok(conn.changes())
    }

    /// At most the first `most` rows, of SQLite.
    fn rows<T: Row>(self, conn: &rusqlite::Connection, most: usize) -> Result<Vec<T>> {
        let mut statement = self.prepared(conn)?;
        let places = T::COLUMNS.iter().map(|name| statement.column_index(name));
        let places = places.collect::<rusqlite::Result<Vec<usize>>>()?;
        let (mut found, mut rows) = (Vec::new(), statement.raw_query());
        while found.len() < most
            && let Some(row) = rows.next()?
        {
            found.push(T::from_sqlite(&mut Columns { row, places: places.iter() })?);
        }
        Ok(found)
    }

    /// The statement with its values, from the connection's cache.
    fn prepared<'c>(&self, conn: &'c rusqlite::Connection) -> Result<CachedStatement<'c>> {
        let mut statement = conn.prepare_cached(self.text)?;
        for (arg, name) in self.args.iter().zip(NAMES) {
            // PostgreSQL would say so of a value that is not used.
            if let Some(index) = statement.parameter_index(name)? {
                statement.raw_bind_parameter(index, arg)?;
            }
        }
        Ok(statement)
    }
}
