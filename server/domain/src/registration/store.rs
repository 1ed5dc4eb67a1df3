use crate::{
    db::{Conn, Result, sql},
    row,
};
use model::{RegistrationId, text::Lang};

row! {
    pub(super) struct RegistrationRow {
        pub(super) id: String,
        pub(super) email: String,
        pub(super) first_name: String,
        pub(super) last_name: String,
        pub(super) phone: String,
        pub(super) password_hash: String,
        pub(super) language: String,
        pub(super) organization_name: String,
        pub(super) store_name: String,
        pub(super) marketing_consent: bool,
        pub(super) created_at: i64,
        pub(super) expires_at: i64,
        pub(super) confirmed_at: Option<i64>,
    }
}

/// A registration to be stored.
#[derive(Clone, Debug)]
pub(super) struct NewRegistration {
    pub(super) id: RegistrationId,
    pub(super) email: String,
    pub(super) first_name: String,
    pub(super) last_name: String,
    pub(super) phone: String,
    pub(super) password_hash: String,
    pub(super) language: Lang,
    pub(super) organization: String,
    pub(super) store: String,
    pub(super) marketing_consent: bool,
    pub(super) token_hash: String,
    pub(super) created_at: i64,
    pub(super) expires_at: i64,
}

pub(super) async fn insert(conn: &mut Conn<'_>, new: &NewRegistration) -> Result<()> {
    sql("INSERT INTO registration (id, email, first_name, last_name, phone, password_hash,
             language, organization_name, store_name, marketing_consent, token_hash, created_at,
             expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)")
    .bind(new.id.as_str())
    .bind(&new.email)
    .bind(&new.first_name)
    .bind(&new.last_name)
    .bind(&new.phone)
    .bind(&new.password_hash)
    .bind(new.language.code())
    .bind(&new.organization)
    .bind(&new.store)
    .bind(new.marketing_consent)
    .bind(&new.token_hash)
    .bind(new.created_at)
    .bind(new.expires_at)
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn by_token(
    conn: &mut Conn<'_>,
    token_hash: &str,
) -> Result<Option<RegistrationRow>> {
    sql("SELECT id, email, first_name, last_name, phone, password_hash, language,
             organization_name, store_name, marketing_consent, created_at, expires_at,
             confirmed_at
         FROM registration WHERE token_hash = $1")
    .bind(token_hash)
    .optional(conn)
    .await
}

/// Uses a registration up; false where that was done before. Its password hash moves on to the
/// person.
pub(super) async fn use_up(conn: &mut Conn<'_>, id: &str, now: i64) -> Result<bool> {
    let used = sql("UPDATE registration SET confirmed_at = $1, password_hash = ''
         WHERE id = $2 AND confirmed_at IS NULL AND expires_at > $1")
    .bind(now)
    .bind(id)
    .execute(conn)
    .await?;
    Ok(used == 1)
}
