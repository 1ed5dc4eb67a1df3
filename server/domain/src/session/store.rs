use crate::{
    access::Method,
    context::Origin,
    db::{Conn, Result, sql},
    people::PersonRow,
    row,
};
use model::{OrganizationId, PersonId, SessionId};

row! {
    pub(super) struct SessionRow {
        pub(super) session_id: String,
        pub(super) created_at: i64,
        pub(super) last_used_at: i64,
        pub(super) method: String,
        pub(super) organization_id: Option<String>,
        pub(super) confirmed_at: i64,
        pub(super) longest_pause: i64,
        pub(super) second_factor: bool,
        pub(super) first_organization: Option<String>,
        pub(super) id: String,
        pub(super) email: String,
        pub(super) first_name: String,
        pub(super) last_name: String,
        pub(super) language: String,
        pub(super) theme: String,
        pub(super) time_zone: String,
    }
}

row! {
    /// A sign-in that waits for its second factor.
    pub(super) struct StepRow {
        pub(super) person_id: String,
        pub(super) attempts: i64,
        pub(super) method: String,
        pub(super) organization_id: Option<String>,
    }
}

row! {
    pub(super) struct DeviceRow {
        pub(super) id: String,
        pub(super) address: String,
        pub(super) user_agent: String,
        pub(super) created_at: i64,
        pub(super) last_used_at: i64,
    }
}

row! { struct FoundRow { found: bool } }

row! {
    pub(super) struct Choices {
        pub(super) language: String,
        pub(super) theme: String,
    }
}

row! {
    pub(super) struct StoreRow {
        pub(super) organization_id: String,
        pub(super) organization: String,
        pub(super) standing: String,
        pub(super) store_id: Option<String>,
        pub(super) store: Option<String>,
        pub(super) role: Option<String>,
        pub(super) permissions: Option<String>,
    }
}

/// A session to be stored.
pub(super) struct NewSession<'a> {
    pub(super) id: &'a SessionId,
    pub(super) token_hash: &'a str,
    pub(super) person: &'a PersonId,
    pub(super) origin: &'a Origin,
    pub(super) method: &'a Method,
    pub(super) confirmed_at: i64,
    pub(super) now: i64,
    pub(super) expires_at: i64,
}

pub(super) async fn insert(conn: &mut Conn<'_>, session: &NewSession<'_>) -> Result<()> {
    let shown = |text: &str| text.chars().filter(|c| !c.is_control()).take(300).collect::<String>();
    sql("INSERT INTO session (id, token_hash, person_id, address, user_agent, created_at,
             last_used_at, expires_at, method, organization_id, confirmed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $6, $7, $8, $9, $10)")
    .bind(session.id.as_str())
    .bind(session.token_hash)
    .bind(session.person.as_str())
    .bind(shown(&session.origin.address))
    .bind(shown(&session.origin.user_agent))
    .bind(session.now)
    .bind(session.expires_at)
    .bind(session.method.code())
    .bind(session.method.organization().map(OrganizationId::as_str))
    .bind(session.confirmed_at)
    .execute(conn)
    .await?;
    seen(conn, session.person, session.now).await
}

/// The live session with this token and its person.
pub(super) async fn find(
    conn: &mut Conn<'_>,
    token_hash: &str,
    now: i64,
    used_after: i64,
) -> Result<Option<SessionRow>> {
    sql("SELECT s.id AS session_id, s.created_at, s.last_used_at, s.method, s.organization_id,
             s.confirmed_at, s.longest_pause, p.id, p.email, p.first_name, p.last_name, p.language, p.theme,
             p.time_zone, EXISTS (SELECT 1 FROM two_factor f
                 WHERE f.person_id = p.id AND f.confirmed_at IS NOT NULL) AS second_factor,
             (SELECT MIN(m.organization_id) FROM organization_member m
                 WHERE m.person_id = p.id) AS first_organization
         FROM session s JOIN person p ON p.id = s.person_id
         WHERE s.token_hash = $1 AND s.expires_at > $2 AND s.last_used_at > $3")
    .bind(token_hash)
    .bind(now)
    .bind(used_after)
    .optional(conn)
    .await
}

/// Whether a second factor is asked for when this person signs in by password.
pub(crate) async fn second_factor(conn: &mut Conn<'_>, person: &PersonId) -> Result<bool> {
    let row: FoundRow = sql("SELECT EXISTS (SELECT 1 FROM two_factor
         WHERE person_id = $1 AND confirmed_at IS NOT NULL) AS found")
    .bind(person.as_str())
    .one(conn)
    .await?;
    Ok(row.found)
}

/// Writes that a session is in use, unless another request has just done so.
pub(super) async fn touch(
    conn: &mut Conn<'_>,
    session: &SessionId,
    person: &PersonId,
    now: i64,
    used_before: i64,
) -> Result<()> {
    let touched = sql("UPDATE session SET last_used_at = $1,
             longest_pause = CASE WHEN $1 - last_used_at > longest_pause
                 THEN $1 - last_used_at ELSE longest_pause END
         WHERE id = $2 AND last_used_at <= $3")
    .bind(now)
    .bind(session.as_str())
    .bind(used_before)
    .execute(conn)
    .await?;
    if touched == 0 { Ok(()) } else { seen(conn, person, now).await }
}

async fn seen(conn: &mut Conn<'_>, person: &PersonId, now: i64) -> Result<()> {
    sql("UPDATE person SET last_seen_at = $1 WHERE id = $2")
        .bind(now)
        .bind(person.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

/// Ends a live session; false where it has ended already. The row stays for a while: from where a
/// person has signed in before keeps counting as known.
pub(super) async fn end(conn: &mut Conn<'_>, session: &SessionId, now: i64) -> Result<bool> {
    let ended = sql("UPDATE session SET expires_at = $1 WHERE id = $2 AND expires_at > $1")
        .bind(now)
        .bind(session.as_str())
        .execute(conn)
        .await?;
    Ok(ended == 1)
}

/// Whether a session is one of this person's.
pub(super) async fn belongs(
    conn: &mut Conn<'_>,
    session: &SessionId,
    person: &PersonId,
) -> Result<bool> {
    let row: FoundRow = sql("SELECT EXISTS (SELECT 1 FROM session
         WHERE id = $1 AND person_id = $2) AS found")
    .bind(session.as_str())
    .bind(person.as_str())
    .one(conn)
    .await?;
    Ok(row.found)
}

/// Ends every live session of a person but one; how many.
pub(super) async fn end_all(
    conn: &mut Conn<'_>,
    person: &PersonId,
    but: Option<&SessionId>,
    now: i64,
) -> Result<u64> {
    sql("UPDATE session SET expires_at = $1 WHERE person_id = $2 AND id <> $3 AND expires_at > $1")
        .bind(now)
        .bind(person.as_str())
        .bind(but.map_or("", SessionId::as_str))
        .execute(conn)
        .await
}

/// Gives a live session another token and notes that its person has proved who they are; false
/// where it has ended.
pub(super) async fn renew(
    conn: &mut Conn<'_>,
    session: &SessionId,
    token_hash: &str,
    now: i64,
) -> Result<bool> {
    let renewed = sql("UPDATE session SET token_hash = $1, confirmed_at = $2, last_used_at = $2,
             longest_pause = 0
         WHERE id = $3 AND expires_at > $2")
    .bind(token_hash)
    .bind(now)
    .bind(session.as_str())
    .execute(conn)
    .await?;
    Ok(renewed == 1)
}

/// What opened a session is not enough for dangerous things.
pub(crate) async fn unconfirmed(conn: &mut Conn<'_>, session: &SessionId) -> Result<()> {
    sql("UPDATE session SET confirmed_at = 0 WHERE id = $1")
        .bind(session.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

/// The live sessions of a person.
pub(super) async fn live(
    conn: &mut Conn<'_>,
    person: &PersonId,
    now: i64,
    used_after: i64,
) -> Result<Vec<DeviceRow>> {
    sql("SELECT id, address, user_agent, created_at, last_used_at FROM session
         WHERE person_id = $1 AND expires_at > $2 AND last_used_at > $3")
    .bind(person.as_str())
    .bind(now)
    .bind(used_after)
    .all(conn)
    .await
}

/// A person, who must be there.
pub(super) async fn person(conn: &mut Conn<'_>, id: &PersonId) -> Result<PersonRow> {
    sql("SELECT id, email, first_name, last_name, password_hash, language, theme, time_zone
         FROM person WHERE id = $1")
    .bind(id.as_str())
    .one(conn)
    .await
}

pub(super) async fn insert_step(
    conn: &mut Conn<'_>,
    token_hash: &str,
    person: &PersonId,
    method: &Method,
    (now, expires_at): (i64, i64),
) -> Result<()> {
    sql("INSERT INTO sign_in_step (token_hash, person_id, attempts, created_at, expires_at,
             method, organization_id)
         VALUES ($1, $2, 0, $3, $4, $5, $6)")
    .bind(token_hash)
    .bind(person.as_str())
    .bind(now)
    .bind(expires_at)
    .bind(method.code())
    .bind(method.organization().map(OrganizationId::as_str))
    .execute(conn)
    .await?;
    Ok(())
}

/// A step that is not over and in which codes may still be tried.
pub(super) async fn step(
    conn: &mut Conn<'_>,
    token_hash: &str,
    now: i64,
    tries: i64,
) -> Result<Option<StepRow>> {
    sql("SELECT person_id, attempts, method, organization_id FROM sign_in_step
         WHERE token_hash = $1 AND expires_at > $2 AND attempts < $3")
    .bind(token_hash)
    .bind(now)
    .bind(tries)
    .optional(conn)
    .await
}

/// As [`step`], locked, with one more attempt counted.
pub(super) async fn try_step(
    conn: &mut Conn<'_>,
    token_hash: &str,
    now: i64,
    tries: i64,
) -> Result<Option<StepRow>> {
    sql("UPDATE sign_in_step SET attempts = attempts + 1
         WHERE token_hash = $1 AND expires_at > $2 AND attempts < $3
         RETURNING person_id, attempts, method, organization_id")
    .bind(token_hash)
    .bind(now)
    .bind(tries)
    .optional(conn)
    .await
}

/// Ends a step; false where it has ended already.
pub(super) async fn end_step(conn: &mut Conn<'_>, token_hash: &str) -> Result<bool> {
    let ended = sql("DELETE FROM sign_in_step WHERE token_hash = $1")
        .bind(token_hash)
        .execute(conn)
        .await?;
    Ok(ended == 1)
}

pub(super) async fn end_steps(conn: &mut Conn<'_>, person: &PersonId) -> Result<()> {
    sql("DELETE FROM sign_in_step WHERE person_id = $1")
        .bind(person.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

/// Locks a person's row; what they have chosen so far.
pub(super) async fn lock_choices(conn: &mut Conn<'_>, person: &PersonId) -> Result<Choices> {
    sql("UPDATE person SET theme = theme WHERE id = $1 RETURNING language, theme")
        .bind(person.as_str())
        .one(conn)
        .await
}

pub(super) async fn set_choices(
    conn: &mut Conn<'_>,
    person: &PersonId,
    choices: &Choices,
) -> Result<()> {
    sql("UPDATE person SET language = $1, theme = $2 WHERE id = $3")
        .bind(&choices.language)
        .bind(&choices.theme)
        .bind(person.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

/// Every organization that a person belongs to at `now`, with each of their stores in it.
pub(super) async fn stores(
    conn: &mut Conn<'_>,
    person: &PersonId,
    now: i64,
) -> Result<Vec<StoreRow>> {
    sql("SELECT o.id AS organization_id, o.name AS organization, b.role AS standing,
             e.store_id, e.store, e.role, e.permissions
         FROM organization_member b
         JOIN organization o ON o.id = b.organization_id
         LEFT JOIN (
             SELECT s.organization_id, s.id AS store_id, s.name AS store, m.role, r.permissions
             FROM store_member m
             JOIN store s ON s.id = m.store_id AND s.archived_at IS NULL
             LEFT JOIN role r ON r.id = m.role AND r.organization_id = s.organization_id
             WHERE m.person_id = $1
         ) e ON e.organization_id = o.id
         WHERE b.person_id = $1 AND b.suspended_at IS NULL
             AND (b.ends_at IS NULL OR b.ends_at > $2)")
    .bind(person.as_str())
    .bind(now)
    .all(conn)
    .await
}
