//! What pgbench does instead of the program: it writes the rows of a save of a store's details, as
//! [`super::saves()`] does on SQLite, each client for a store of its own.
use crate::Failure;
use domain::db::{Conn, Db, Error, sql};

/// What its clients write to.
const PREPARE: [&str; 4] = [
    "CREATE SEQUENCE bench_round",
    "INSERT INTO store (id, organization_id, name, guard, created_at)
     SELECT 'bench_' || n, (SELECT MIN(id) FROM organization), 'Writer', 0, 0
     FROM generate_series(0, 63) n",
    "INSERT INTO audit_chain (chain, length, head) SELECT 'bench_' || n, 0, '' FROM generate_series(0, 63) n",
    "ANALYZE",
];

/// A script of pgbench.
pub const SAVE: &str = r#"BEGIN;
UPDATE store SET guard = guard + 1 WHERE id = 'bench_' || :client_id::text;
INSERT INTO setting_document (scope_id, section, version, body, touched, saved_by, saved_at)
  VALUES ('bench_' || :client_id::text, 'bench', nextval('bench_round'), '{"city":"Madrid","contact_email":"a@shop.example","country":"ES","legal_name":"Casa Olmo, S.L.","name":"Writer","postal_code":"28013","store_url":"https://casaolmo.example","street":"Calle Mayor 1"}', '{}', (SELECT MIN(id) FROM person), 1)
  ON CONFLICT (scope_id, section) DO UPDATE SET version = excluded.version, body = excluded.body, saved_by = excluded.saved_by, saved_at = excluded.saved_at;
INSERT INTO setting_change (scope_id, section, version, changes, how, address, request_id, snapshot, saved_by, saved_at)
  VALUES ('bench_' || :client_id::text, 'bench', currval('bench_round'), '[{"field":"city","old":"Madrid 1","new":"Madrid 2"}]', 'save', '192.0.2.1', '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef', NULL, (SELECT MIN(id) FROM person), 1);
UPDATE store SET name = 'Writer' WHERE id = 'bench_' || :client_id::text;
UPDATE audit_chain SET length = length + 1, head = '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef' WHERE chain = 'bench_' || :client_id::text;
INSERT INTO audit_entry (id, chain, position, at, actor, address, request_id, action, store_id, subject, old_value, new_value, hash)
  VALUES ('bench_' || currval('bench_round')::text, 'bench', currval('bench_round'), 1, '', '192.0.2.1', '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef', 'settings.save', 'bench', 'general.store-details', '{}', '{}', '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef');
COMMIT;
"#;

/// Makes a store for each client.
pub async fn prepare(url: &str) -> Result<(), Failure> {
    let db = Db::open(url, 1).await?;
    for statement in PREPARE {
        let run = async move |conn: &mut Conn<'_>| sql(statement).execute(conn).await;
        db.write::<_, Error, _>(run).await?;
    }
    db.close().await;
    Ok(())
}
