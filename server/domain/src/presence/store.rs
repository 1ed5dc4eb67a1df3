use crate::{
    db::{Conn, Result, sql},
    row,
};
use model::{
    PersonId,
    settings::{Place, Section},
};

/// Somebody at a section.
#[derive(Clone)]
pub(super) struct Spot {
    scope: String,
    section: &'static str,
    person: PersonId,
}

impl Spot {
    pub(super) fn of(place: &Place, section: &'static Section, person: &PersonId) -> Spot {
        Spot { scope: place.id().to_owned(), section: section.key, person: person.clone() }
    }
}

row! {
    pub(super) struct OtherRow {
        pub(super) first_name: String,
        pub(super) last_name: String,
        pub(super) opened_at: i64,
    }
}

/// Notes that somebody is there; who was not seen since `gone` comes anew.
pub(super) async fn seen(conn: &mut Conn<'_>, spot: &Spot, now: i64, gone: i64) -> Result<()> {
    sql("INSERT INTO presence (scope_id, section, person_id, opened_at, seen_at)
         VALUES ($1, $2, $3, $4, $4)
         ON CONFLICT (scope_id, section, person_id) DO UPDATE SET
             opened_at = CASE WHEN presence.seen_at <= $5 THEN excluded.opened_at
                 ELSE presence.opened_at END,
             seen_at = excluded.seen_at")
    .bind(&spot.scope)
    .bind(spot.section)
    .bind(spot.person.as_str())
    .bind(now)
    .bind(gone)
    .execute(conn)
    .await?;
    Ok(())
}

/// The others there that were seen after `gone`, who came first before; at most `limit`.
pub(super) async fn others(
    conn: &mut Conn<'_>,
    spot: &Spot,
    gone: i64,
    limit: i64,
) -> Result<Vec<OtherRow>> {
    sql("SELECT p.first_name, p.last_name, h.opened_at
         FROM presence h JOIN person p ON p.id = h.person_id
         WHERE h.scope_id = $1 AND h.section = $2 AND h.person_id <> $3 AND h.seen_at > $4
         ORDER BY h.opened_at, h.person_id LIMIT $5")
    .bind(&spot.scope)
    .bind(spot.section)
    .bind(spot.person.as_str())
    .bind(gone)
    .bind(limit)
    .all(conn)
    .await
}

pub(super) async fn gone(conn: &mut Conn<'_>, spot: &Spot) -> Result<()> {
    sql("DELETE FROM presence WHERE scope_id = $1 AND section = $2 AND person_id = $3")
        .bind(&spot.scope)
        .bind(spot.section)
        .bind(spot.person.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

/// Forgets who was last seen at `gone` or before.
pub(crate) async fn expired(conn: &mut Conn<'_>, gone: i64) -> Result<u64> {
    sql("DELETE FROM presence WHERE seen_at <= $1").bind(gone).execute(conn).await
}
