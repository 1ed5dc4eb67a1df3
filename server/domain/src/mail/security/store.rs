use crate::{
    db::{Conn, Result, sql},
    row,
};
use model::{EmailChangeId, ResetId};

row! {
    pub(super) struct ResetRow {
        pub(super) email: String,
        pub(super) first_name: String,
        pub(super) expires_at: i64,
        pub(super) ended_at: Option<i64>,
    }
}

row! {
    pub(super) struct EmailChangeRow {
        pub(super) old_email: String,
        pub(super) new_email: String,
        pub(super) first_name: String,
        pub(super) expires_at: i64,
        pub(super) ended_at: Option<i64>,
    }
}

pub(super) async fn reset(conn: &mut Conn<'_>, id: &ResetId) -> Result<Option<ResetRow>> {
    sql("SELECT p.email, p.first_name, r.expires_at, r.used_at AS ended_at
         FROM password_reset r JOIN person p ON p.id = r.person_id WHERE r.id = $1")
    .bind(id.as_str())
    .optional(conn)
    .await
}

pub(super) async fn email_change(
    conn: &mut Conn<'_>,
    id: &EmailChangeId,
) -> Result<Option<EmailChangeRow>> {
    sql("SELECT c.old_email, c.new_email, p.first_name, c.expires_at, c.ended_at
         FROM email_change c JOIN person p ON p.id = c.person_id WHERE c.id = $1")
    .bind(id.as_str())
    .optional(conn)
    .await
}
