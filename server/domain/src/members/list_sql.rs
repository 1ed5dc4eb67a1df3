//! The statements behind the list: members and pending invitations, and a statement for each column
//! and direction, all made at compile time. Each half picks its own rows: a filter around both would
//! have SQLite carry every row through a table expression, a quarter of the time for 1,000 members.
use model::view::{Sort, SortBy};

/// How an invitation ($2 is now) and its mail stand: 1 invited, 2 expired, 3 mail failed.
macro_rules! fate {
    () => {
        "CASE WHEN i.expires_at <= $2 THEN 2
              WHEN o.last_error IS NOT NULL AND o.state <> 'sent' THEN 3
              ELSE 1 END"
    };
}

/// When a member was last seen; -1 for never.
macro_rules! seen {
    () => {
        "COALESCE(p.last_seen_at, CAST(-1 AS BIGINT))"
    };
}

/// Members of the store $1; their `status` is 0. `key` is what they are sorted by.
macro_rules! members {
    ($($key:tt)*) => {
        concat!(
            "SELECT m.id AS id, p.first_name AS first_name, p.last_name AS last_name,
                 p.email AS email, m.role AS role, COALESCE(r.name, '') AS role_name,
                 p.id AS person_id, ", seen!(), " AS seen, CAST(0 AS BIGINT) AS status,
                 '' AS reason, CAST(", $($key)*, " AS TEXT) AS sort_key
             FROM store_member m
             JOIN person p ON p.id = m.person_id
             LEFT JOIN role r ON r.id = m.role
             WHERE m.store_id = $1 "
        )
    };
}

/// Pending invitations to the store $1, in the columns of [`members`].
macro_rules! invitations {
    ($($key:tt)*) => {
        concat!(
            "SELECT i.id, '', '', i.email, v.role, COALESCE(r.name, ''), '', CAST(-1 AS BIGINT),
                 CAST(", fate!(), " AS BIGINT), COALESCE(o.last_error, ''),
                 CAST(", $($key)*, " AS TEXT)
             FROM invitation_store v
             JOIN invitation i ON i.id = v.invitation_id
             LEFT JOIN outbox o ON o.id = i.outbox_id
             LEFT JOIN role r ON r.id = v.role
             WHERE v.store_id = $1 AND i.ended_at IS NULL "
        )
    };
}

/// Which rows: $3 and $4 are patterns for name and e-mail (empty: all), $5 is a status filter, $6
/// says whether $7 (key) and $8 (id) are a place to continue from.
macro_rules! wanted {
    ($name:literal, $email:literal, $others:literal, $id:literal, [$($key:tt)*] $type:literal $past:literal) => {
        concat!(
            "AND ($3 = '' OR ", $name, " LIKE $3 ESCAPE '\\' OR ", $email, " LIKE $4 ESCAPE '\\')
             AND $5 <> ", $others, "
             AND (NOT $6 OR (", $($key)*, ", ", $id, ") ", $past, " (CAST($7 AS ", $type, "), $8)) "
        )
    };
}

/// One page, $9 rows at most. The keys are those of a member and of an invitation, `column` is where
/// they stand in the result.
macro_rules! page {
    ([$($member:tt)*] [$($invitation:tt)*] $type:literal $column:literal $past:literal $order:literal) => {
        concat!(
            members!($($member)*),
            wanted!("p.name_key", "p.email", "'invited'", "m.id", [$($member)*] $type $past),
            "UNION ALL ",
            invitations!($($invitation)*),
            wanted!("i.email", "i.email", "'active'", "i.id", [$($invitation)*] $type $past),
            "ORDER BY ", $column, $order, ", id", $order, " LIMIT $9"
        )
    };
}

macro_rules! both {
    ($down:expr, $member:tt $invitation:tt $type:literal $column:literal) => {
        if $down {
            page!($member $invitation $type $column "<" " DESC")
        } else {
            page!($member $invitation $type $column ">" " ASC")
        }
    };
}

/// The row with the identifier $3.
pub(super) const ONE: &str =
    concat!(members!("''"), "AND m.id = $3 UNION ALL ", invitations!("''"), "AND i.id = $3");

/// The statement for one page. Equal roles and statuses are sorted by name.
pub(super) fn page(sort: Sort) -> &'static str {
    let down = sort.descending;
    match sort.by {
        SortBy::Name => both!(down, ["p.name_key"] ["i.email"] "TEXT" "sort_key"),
        SortBy::Email => both!(down, ["p.email"] ["i.email"] "TEXT" "sort_key"),
        SortBy::Role => {
            both!(down, ["m.role || ' ' || p.name_key"] ["v.role || ' ' || i.email"] "TEXT" "sort_key")
        }
        SortBy::LastSeen => both!(down, [seen!()] ["CAST(-1 AS BIGINT)"] "BIGINT" "seen"),
        SortBy::Status => both!(
            down,
            ["'0 ' || p.name_key"]
            [concat!("CAST(", fate!(), " AS TEXT) || ' ' || i.email")]
            "TEXT" "sort_key"
        ),
    }
}
