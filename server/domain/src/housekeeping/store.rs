use crate::db::{Conn, Result, sql};

/// Sessions that expired or were signed out before `expired`, or were last used before `unused`.
pub(super) async fn sessions(conn: &mut Conn<'_>, expired: i64, unused: i64) -> Result<u64> {
    sql("DELETE FROM session WHERE expires_at < $1 OR last_used_at < $2")
        .bind(expired)
        .bind(unused)
        .execute(conn)
        .await
}

pub(super) async fn attempts(conn: &mut Conn<'_>, before: i64) -> Result<u64> {
    sql("DELETE FROM attempt WHERE window_start < $1").bind(before).execute(conn).await
}

pub(super) async fn flashes(conn: &mut Conn<'_>, now: i64) -> Result<u64> {
    sql("DELETE FROM flash WHERE expires_at <= $1").bind(now).execute(conn).await
}

pub(super) async fn registrations(conn: &mut Conn<'_>, before: i64) -> Result<u64> {
    sql("DELETE FROM registration WHERE expires_at < $1").bind(before).execute(conn).await
}

/// Effects that ended in `state` before `before`.
pub(super) async fn effects(conn: &mut Conn<'_>, state: &str, before: i64) -> Result<u64> {
    sql("DELETE FROM outbox WHERE finished_at IS NOT NULL AND finished_at < $1 AND state = $2")
        .bind(before)
        .bind(state)
        .execute(conn)
        .await
}

/// Steps of signing in and passkey ceremonies that ended before `now`; links of mails that did
/// before `links`.
pub(super) async fn steps(conn: &mut Conn<'_>, now: i64, links: i64) -> Result<()> {
    for text in [
        "DELETE FROM sign_in_step WHERE expires_at < $1",
        "DELETE FROM spent_ceremony WHERE expires_at < $1",
    ] {
        sql(text).bind(now).execute(conn).await?;
    }
    for text in [
        "DELETE FROM password_reset WHERE expires_at < $1",
        "DELETE FROM email_change WHERE expires_at < $1",
    ] {
        sql(text).bind(links).execute(conn).await?;
    }
    Ok(())
}

/// Images uploaded before `before` that neither the settings they belong to nor their history name.
pub(super) async fn images(conn: &mut Conn<'_>, before: i64) -> Result<u64> {
    sql("DELETE FROM image WHERE created_at < $1
         AND NOT EXISTS (SELECT 1 FROM setting_document d
             WHERE d.scope_id = COALESCE(image.store_id, image.organization_id)
                 AND d.body LIKE '%' || image.id || '%')
         AND NOT EXISTS (SELECT 1 FROM setting_change c
             WHERE c.scope_id = COALESCE(image.store_id, image.organization_id)
                 AND c.changes LIKE '%' || image.id || '%')")
    .bind(before)
    .execute(conn)
    .await
}

/// Sign-ins at a provider that nobody came back from, and shops' links that are void by now.
pub(super) async fn ways_in(conn: &mut Conn<'_>, now: i64) -> Result<u64> {
    let flows = sql("DELETE FROM sso_flow WHERE expires_at <= $1").bind(now).execute(conn).await?;
    let links =
        sql("DELETE FROM shop_nonce WHERE expires_at <= $1").bind(now).execute(conn).await?;
    Ok(flows + links)
}
