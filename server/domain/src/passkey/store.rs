use crate::{
    db::{Conn, Result, sql},
    people::PersonRow,
    row,
};
use model::{PasskeyId, PersonId};

row! {
    pub(super) struct PasskeyRow {
        pub(super) id: String,
        pub(super) person_id: String,
        pub(super) name: String,
        pub(super) body: String,
        pub(super) created_at: i64,
        pub(super) last_used_at: Option<i64>,
    }
}

/// A passkey to be stored.
pub(super) struct NewPasskey {
    pub(super) id: PasskeyId,
    pub(super) person: PersonId,
    pub(super) credential_id: String,
    pub(super) name: String,
    pub(super) body: String,
    pub(super) now: i64,
}

/// Stores a passkey; false where somebody has it already.
pub(super) async fn insert(conn: &mut Conn<'_>, new: &NewPasskey) -> Result<bool> {
    let rows = sql("INSERT INTO passkey (id, person_id, credential_id, name, body, created_at)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (credential_id) DO NOTHING")
    .bind(new.id.as_str())
    .bind(new.person.as_str())
    .bind(&new.credential_id)
    .bind(&new.name)
    .bind(&new.body)
    .bind(new.now)
    .execute(conn)
    .await?;
    Ok(rows == 1)
}

/// The passkeys of a person, the oldest first.
pub(super) async fn of(conn: &mut Conn<'_>, person: &PersonId) -> Result<Vec<PasskeyRow>> {
    sql("SELECT id, person_id, name, body, created_at, last_used_at FROM passkey
         WHERE person_id = $1 ORDER BY created_at, id")
    .bind(person.as_str())
    .all(conn)
    .await
}

pub(super) async fn by_credential(
    conn: &mut Conn<'_>,
    credential_id: &str,
) -> Result<Option<PasskeyRow>> {
    sql("SELECT id, person_id, name, body, created_at, last_used_at FROM passkey
         WHERE credential_id = $1")
    .bind(credential_id)
    .optional(conn)
    .await
}

/// A person's passkey, locked until the transaction ends.
pub(super) async fn lock(
    conn: &mut Conn<'_>,
    person: &PersonId,
    credential_id: &str,
) -> Result<Option<PasskeyRow>> {
    sql("UPDATE passkey SET name = name WHERE person_id = $1 AND credential_id = $2
         RETURNING id, person_id, name, body, created_at, last_used_at")
    .bind(person.as_str())
    .bind(credential_id)
    .optional(conn)
    .await
}

/// As [`lock`], by its identifier.
pub(super) async fn lock_by_id(
    conn: &mut Conn<'_>,
    person: &PersonId,
    id: &PasskeyId,
) -> Result<Option<PasskeyRow>> {
    sql("UPDATE passkey SET name = name WHERE person_id = $1 AND id = $2
         RETURNING id, person_id, name, body, created_at, last_used_at")
    .bind(person.as_str())
    .bind(id.as_str())
    .optional(conn)
    .await
}

pub(super) async fn used(
    conn: &mut Conn<'_>,
    credential_id: &str,
    body: &str,
    now: i64,
) -> Result<()> {
    sql("UPDATE passkey SET body = $1, last_used_at = $2 WHERE credential_id = $3")
        .bind(body)
        .bind(now)
        .bind(credential_id)
        .execute(conn)
        .await?;
    Ok(())
}

pub(super) async fn rename(conn: &mut Conn<'_>, id: &PasskeyId, name: &str) -> Result<()> {
    sql("UPDATE passkey SET name = $1 WHERE id = $2")
        .bind(name)
        .bind(id.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

pub(super) async fn delete(conn: &mut Conn<'_>, id: &PasskeyId) -> Result<()> {
    sql("DELETE FROM passkey WHERE id = $1").bind(id.as_str()).execute(conn).await?;
    Ok(())
}

/// Notes that something good for one use was used; false where it was before.
pub(crate) async fn spend(conn: &mut Conn<'_>, token_hash: &str, until: i64) -> Result<bool> {
    let rows = sql("INSERT INTO spent_ceremony (token_hash, expires_at) VALUES ($1, $2)
         ON CONFLICT (token_hash) DO NOTHING")
    .bind(token_hash)
    .bind(until)
    .execute(conn)
    .await?;
    Ok(rows == 1)
}

/// A person, who must be there.
pub(super) async fn person(conn: &mut Conn<'_>, id: &PersonId) -> Result<PersonRow> {
    sql("SELECT id, email, first_name, last_name, password_hash, language, theme, time_zone
         FROM person WHERE id = $1")
    .bind(id.as_str())
    .one(conn)
    .await
}
