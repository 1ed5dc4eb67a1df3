//! The statements behind the organization's member table, as those of a store's
//! ([`members`](crate::members)).
use model::view::{Sort, SortBy};

/// Members ($1 is the organization) and pending invitations ($2 is now) as rows of one shape.
/// `status` is 0 active, 1 invited, 2 expired, 3 mail failed, 4 suspended; `seen` is -1 for never.
macro_rules! entries {
    () => {
        "WITH entry AS (
             SELECT p.id, p.name_key, p.first_name, p.last_name, p.email, m.role,
                 COALESCE(p.last_seen_at, CAST(-1 AS BIGINT)) AS seen,
                 CAST(CASE WHEN m.suspended_at IS NOT NULL THEN 4 ELSE 0 END AS BIGINT) AS status,
                 m.ends_at, '' AS reason,
                 (EXISTS (SELECT 1 FROM two_factor f
                     WHERE f.person_id = p.id AND f.confirmed_at IS NOT NULL)
                  OR EXISTS (SELECT 1 FROM passkey k WHERE k.person_id = p.id)) AS second_factor
             FROM organization_member m JOIN person p ON p.id = m.person_id
             WHERE m.organization_id = $1 AND (m.ends_at IS NULL OR m.ends_at > $2)
             UNION ALL
             SELECT i.id, i.email, '', '', i.email, i.role, CAST(-1 AS BIGINT),
                 CAST(CASE WHEN i.expires_at <= $2 THEN 2
                           WHEN o.last_error IS NOT NULL AND o.state <> 'sent' THEN 3
                           ELSE 1 END AS BIGINT),
                 i.membership_ends_at, COALESCE(o.last_error, ''), (1 = 0)
             FROM invitation i LEFT JOIN outbox o ON o.id = i.outbox_id
             WHERE i.organization_id = $1 AND i.ended_at IS NULL
         ) "
    };
}

/// One page: $3 and $4 are patterns for name and e-mail (empty: all), $5 is a status filter, $6 a
/// role, $7 a store, $8 says whether $9 (key) and $10 (id) are a place to continue from, $11 limits
/// the rows.
macro_rules! page {
    ($key:literal, $type:literal, $past:literal, $order:literal) => {
        concat!(
            entries!(),
            "SELECT id, first_name, last_name, email, role, seen, status, ends_at, reason,
                 second_factor, CAST(",
            $key,
            " AS TEXT) AS sort_key FROM entry
             WHERE ($3 = '' OR name_key LIKE $3 ESCAPE '\\' OR email LIKE $4 ESCAPE '\\')
               AND ($5 = '' OR ($5 = 'active' AND status = 0) OR ($5 = 'suspended' AND status = 4)
                   OR ($5 = 'invited' AND status IN (1, 3)) OR ($5 = 'expired' AND status = 2)
                   OR ($5 = 'ends' AND ends_at IS NOT NULL))
               AND ($6 = '' OR role = $6)
               AND ($7 = '' OR EXISTS (SELECT 1 FROM store_member x
                       WHERE x.store_id = $7 AND x.person_id = entry.id)
                   OR EXISTS (SELECT 1 FROM invitation_store y
                       WHERE y.store_id = $7 AND y.invitation_id = entry.id))
               AND (NOT $8 OR (",
            $key,
            ", id) ",
            $past,
            " (CAST($9 AS ",
            $type,
            "), $10))
             ORDER BY ",
            $key,
            $order,
            ", id",
            $order,
            " LIMIT $11"
        )
    };
}

macro_rules! both {
    ($down:expr, $key:literal, $type:literal) => {
        if $down { page!($key, $type, "<", " DESC") } else { page!($key, $type, ">", " ASC") }
    };
}

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
