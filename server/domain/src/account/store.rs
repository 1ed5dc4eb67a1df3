use super::Profile;
use crate::{
    db::{Conn, Result, sql},
    row,
};
use model::{EmailChangeId, PersonId};

row! {
    /// A person as their own pages need them.
    pub(super) struct AccountRow {
        pub(super) email: String,
        pub(super) first_name: String,
        pub(super) last_name: String,
        pub(super) phone: String,
        pub(super) password_hash: String,
        pub(super) language: String,
        pub(super) theme: String,
        pub(super) time_zone: String,
    }
}

row! {
    pub(super) struct EmailChangeRow {
        pub(super) id: String,
        pub(super) person_id: String,
        pub(super) new_email: String,
        pub(super) expires_at: i64,
        pub(super) how: Option<String>,
    }
}

/// A change of address to be stored.
pub(super) struct NewEmailChange<'a> {
    pub(super) id: &'a EmailChangeId,
    pub(super) person: &'a PersonId,
    pub(super) old_email: &'a str,
    pub(super) new_email: &'a str,
    pub(super) token_hash: &'a str,
    pub(super) now: i64,
    pub(super) expires_at: i64,
}

pub(super) async fn account(conn: &mut Conn<'_>, person: &PersonId) -> Result<AccountRow> {
    sql("SELECT email, first_name, last_name, phone, password_hash, language, theme, time_zone
         FROM person WHERE id = $1")
    .bind(person.as_str())
    .one(conn)
    .await
}

/// As [`account`], locked until the transaction ends.
pub(super) async fn lock(conn: &mut Conn<'_>, person: &PersonId) -> Result<AccountRow> {
    sql("UPDATE person SET theme = theme WHERE id = $1
         RETURNING email, first_name, last_name, phone, password_hash, language, theme, time_zone")
    .bind(person.as_str())
    .one(conn)
    .await
}

pub(super) async fn set_profile(
    conn: &mut Conn<'_>,
    person: &PersonId,
    new: &Profile,
    name_key: &str,
) -> Result<()> {
    sql("UPDATE person SET first_name = $1, last_name = $2, name_key = $3, phone = $4,
             language = $5, time_zone = $6, theme = $7
         WHERE id = $8")
    .bind(&new.first_name)
    .bind(&new.last_name)
    .bind(name_key)
    .bind(&new.phone)
    .bind(new.language.code())
    .bind(&new.time_zone)
    .bind(new.theme.code())
    .bind(person.as_str())
    .execute(conn)
    .await?;
    Ok(())
}

/// Sets a password in place of the one with hash `old`; false where that is another by now.
pub(super) async fn replace_password(
    conn: &mut Conn<'_>,
    person: &PersonId,
    old: &str,
    new: &str,
) -> Result<bool> {
    let rows = sql("UPDATE person SET password_hash = $1 WHERE id = $2 AND password_hash = $3")
        .bind(new)
        .bind(person.as_str())
        .bind(old)
        .execute(conn)
        .await?;
    Ok(rows == 1)
}

pub(super) async fn set_email(conn: &mut Conn<'_>, person: &PersonId, email: &str) -> Result<()> {
    sql("UPDATE person SET email = $1 WHERE id = $2")
        .bind(email)
        .bind(person.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

/// Ends the change that a person asked for before.
pub(super) async fn end_changes(conn: &mut Conn<'_>, person: &PersonId, now: i64) -> Result<()> {
    sql("UPDATE email_change SET ended_at = $1, how = 'replaced'
         WHERE person_id = $2 AND ended_at IS NULL")
    .bind(now)
    .bind(person.as_str())
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn insert_change(conn: &mut Conn<'_>, new: &NewEmailChange<'_>) -> Result<()> {
    sql("INSERT INTO email_change (id, person_id, old_email, new_email, token_hash, created_at,
             expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)")
    .bind(new.id.as_str())
    .bind(new.person.as_str())
    .bind(new.old_email)
    .bind(new.new_email)
    .bind(new.token_hash)
    .bind(new.now)
    .bind(new.expires_at)
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn change_by_token(
    conn: &mut Conn<'_>,
    token_hash: &str,
) -> Result<Option<EmailChangeRow>> {
    sql("SELECT id, person_id, new_email, expires_at, how FROM email_change WHERE token_hash = $1")
        .bind(token_hash)
        .optional(conn)
        .await
}

/// Uses a change up; false where it has ended already.
pub(super) async fn use_up_change(conn: &mut Conn<'_>, id: &str, now: i64) -> Result<bool> {
    let used = sql("UPDATE email_change SET ended_at = $1, how = 'confirmed'
         WHERE id = $2 AND ended_at IS NULL AND expires_at > $1")
    .bind(now)
    .bind(id)
    .execute(conn)
    .await?;
    Ok(used == 1)
}
