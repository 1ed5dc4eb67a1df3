//! The statements behind the list: a table expression of members and pending invitations, and a
//! statement for each column and direction, all made at compile time.
use model::view::{Sort, SortBy};

/// Members ($1 is the store) and pending invitations with their mail's fate ($2 is now) as rows
/// of one shape. `status` is 0 active, 1 invited, 2 expired, 3 mail failed; `seen` is -1 for never.
macro_rules! entries {
    () => {
        "WITH entry AS (
             SELECT m.id, p.name_key, p.first_name, p.last_name, p.email, m.role,
                 COALESCE(r.name, '') AS role_name, p.id AS person_id,
                 COALESCE(p.last_seen_at, CAST(-1 AS BIGINT)) AS seen,
                 CAST(0 AS BIGINT) AS status, '' AS reason
             FROM store_member m JOIN person p ON p.id = m.person_id
             LEFT JOIN role r ON r.id = m.role
             WHERE m.store_id = $1
             UNION ALL
             SELECT i.id, i.email, '', '', i.email, v.role,
                 COALESCE(r.name, ''), '', CAST(-1 AS BIGINT),
                 CAST(CASE WHEN i.expires_at <= $2 THEN 2
                           WHEN o.last_error IS NOT NULL AND o.state <> 'sent' THEN 3
                           ELSE 1 END AS BIGINT),
                 COALESCE(o.last_error, '')
             FROM invitation_store v
             JOIN invitation i ON i.id = v.invitation_id
             LEFT JOIN outbox o ON o.id = i.outbox_id
             LEFT JOIN role r ON r.id = v.role
             WHERE v.store_id = $1 AND i.ended_at IS NULL
         ) "
    };
}

/// One page: $3 and $4 are patterns for name and e-mail (empty: all), $5 is a status filter, $6
/// says whether $7 (key) and $8 (id) are a place to continue from, $9 limits the rows.
macro_rules! page {
    ($key:literal, $type:literal, $past:literal, $order:literal) => {
        concat!(
            entries!(),
            "SELECT id, first_name, last_name, email, role, role_name, person_id, seen, status, reason, CAST(",
            $key,
            " AS TEXT) AS sort_key FROM entry
             WHERE ($3 = '' OR name_key LIKE $3 ESCAPE '\\' OR email LIKE $4 ESCAPE '\\')
               AND ($5 = '' OR (status = 0) = ($5 = 'active'))
               AND (NOT $6 OR (",
            $key,
            ", id) ",
            $past,
            " (CAST($7 AS ",
            $type,
            "), $8))
             ORDER BY ",
            $key,
            $order,
            ", id",
            $order,
            " LIMIT $9"
        )
    };
}

macro_rules! both {
    ($down:expr, $key:literal, $type:literal) => {
        if $down { page!($key, $type, "<", " DESC") } else { page!($key, $type, ">", " ASC") }
    };
}

/// The row with the identifier $3.
pub(super) const ONE: &str = concat!(
    entries!(),
    "SELECT id, first_name, last_name, email, role, role_name, person_id, seen, status, reason,
         '' AS sort_key
     FROM entry WHERE id = $3"
);

/// The statement for one page. Equal roles and statuses are sorted by name.
pub(super) fn page(sort: Sort) -> &'static str {
    let down = sort.descending;
    match sort.by {
        SortBy::Name => both!(down, "name_key", "TEXT"),
        SortBy::Email => both!(down, "email", "TEXT"),
        SortBy::Role => both!(down, "(role || ' ' || name_key)", "TEXT"),
        SortBy::LastSeen => both!(down, "seen", "BIGINT"),
        SortBy::Status => both!(down, "(CAST(status AS TEXT) || ' ' || name_key)", "TEXT"),
    }
}
