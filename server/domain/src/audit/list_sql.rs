//! The statements behind the list. Each follows the index of its leading filter, newest first or
//! oldest first, and reads no more rows than it gives unless other filters leave some out.

/// $1 is the chain, $2 what leads, ($3, $4) the time and position to go on from, $5 the other end
/// of the time. What may filter besides: $6 actions with commas around each, $7 a store, $8 a
/// section of settings. $9 limits the rows.
macro_rules! page {
    ($lead:literal, $at:literal, $past:literal, $within:literal, $order:literal) => {
        concat!(
            "SELECT e.id, e.chain, e.position, e.at, e.actor, e.address, e.request_id, e.action,
                 e.store_id, e.subject, e.old_value, e.new_value, e.hash
             FROM audit_entry e
             WHERE e.chain = $1 AND ",
            $lead,
            " AND (e.at, e.position) ",
            $past,
            " ($3, $4) AND ",
            $at,
            $within,
            " $5
               AND ($6 = '' OR $6 LIKE '%,' || e.action || ',%')
               AND ($7 = '' OR e.store_id = $7)
               AND ($8 = '' OR (e.action = 'settings.save' AND e.subject = $8))
             ORDER BY e.at ",
            $order,
            ", e.position ",
            $order,
            " LIMIT $9"
        )
    };
}

macro_rules! both {
    ($newer:expr, $lead:literal, $at:literal) => {
        if $newer {
            page!($lead, $at, ">", " <=", "ASC")
        } else {
            page!($lead, $at, "<", " >=", "DESC")
        }
    };
}

/// The filter whose index is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lead {
    /// Time alone.
    Time,
    Actor,
    Action,
    Store,
}

/// The statement for one page: what is newer than a place, oldest first, or older, newest first.
pub(super) fn page(lead: Lead, newer: bool) -> &'static str {
    match lead {
        Lead::Time => both!(newer, "CAST($2 AS TEXT) = ''", "e.at"),
        // The plus keeps SQLite from the index by time, which it likes for its two bounds.
        Lead::Actor => both!(newer, "e.actor = $2", "+e.at"),
        Lead::Action => both!(newer, "e.action = $2", "+e.at"),
        Lead::Store => both!(newer, "e.store_id = $2", "+e.at"),
    }
}

/// Everybody who did something in the chain $1, one look-up each however much they did; at most
/// $2.
pub(super) const ACTORS: &str = "WITH RECURSIVE found (actor, n) AS (
         SELECT (SELECT MIN(actor) FROM audit_entry WHERE chain = $1), CAST(1 AS BIGINT)
         UNION ALL
         SELECT (SELECT MIN(e.actor) FROM audit_entry e
                 WHERE e.chain = $1 AND e.actor > found.actor), found.n + 1
         FROM found WHERE found.actor IS NOT NULL AND found.n < $2)
     SELECT found.actor AS id,
         COALESCE(p.first_name || ' ' || p.last_name, '') AS name, COALESCE(p.email, '') AS email
     FROM found LEFT JOIN person p ON p.id = found.actor
     WHERE found.actor IS NOT NULL
     ORDER BY p.name_key, found.actor";
