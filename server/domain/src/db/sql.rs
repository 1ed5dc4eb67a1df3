//! Statements and rows. The engines are told apart here and nowhere else.
use super::{Conn, Result};
use sqlx::{FromRow, postgres::PgRow, sqlite::SqliteRow};

/// A row both engines can give; [`row!`](crate::row) makes one.
pub trait Row: Send + Unpin + for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> {}
impl<T: Send + Unpin + for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow>> Row for T {}

/// Declares a struct whose fields are a row's columns of the same names. Our own instead of
/// sqlx's derive: that would compile both drivers a second time for the macro, and the engine
/// behind [`Sql`] can change without touching a store.
#[macro_export]
macro_rules! row {
    ($(#[$doc:meta])* $vis:vis struct $name:ident { $($(#[$field_doc:meta])* $field_vis:vis $field:ident: $type:ty),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Debug)]
        $vis struct $name { $($(#[$field_doc])* $field_vis $field: $type),+ }
        $crate::row!(@impl $name, sqlx::sqlite::SqliteRow, $($field),+);
        $crate::row!(@impl $name, sqlx::postgres::PgRow, $($field),+);
    };
    (@impl $name:ident, $engine:ty, $($field:ident),+) => {
        impl<'r> sqlx::FromRow<'r, $engine> for $name {
            fn from_row(row: &'r $engine) -> Result<Self, sqlx::Error> {
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

macro_rules! on_engine {
    ($conn:expr, |$c:ident| $body:expr) => {
        match $conn {
            Conn::Sqlite($c) => {
                let $c = &mut **$c;
                $body
            }
            Conn::Postgres($c) => {
                let $c = &mut **$c;
                $body
            }
        }
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
        Ok(on_engine!(conn, |c| {
            bound!(sqlx::query(self.text), self.args).execute(c).await?.rows_affected()
        }))
    }

    /// The row, if there is one.
    pub async fn optional<T: Row>(self, conn: &mut Conn<'_>) -> Result<Option<T>> {
        Ok(on_engine!(conn, |c| {
            bound!(sqlx::query_as(self.text), self.args).fetch_optional(c).await?
        }))
    }

    /// The row that must be there.
    pub async fn one<T: Row>(self, conn: &mut Conn<'_>) -> Result<T> {
        Ok(self.optional(conn).await?.ok_or(sqlx::Error::RowNotFound)?)
    }

    /// All rows.
    pub async fn all<T: Row>(self, conn: &mut Conn<'_>) -> Result<Vec<T>> {
        Ok(on_engine!(conn, |c| bound!(sqlx::query_as(self.text), self.args).fetch_all(c).await?))
    }
}
