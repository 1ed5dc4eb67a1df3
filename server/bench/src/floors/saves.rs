use crate::{Failure, report};
use rusqlite::{Connection, params};
use std::{path::Path, time::Instant};

const DOCUMENT: &str = r#"{"city":"Madrid","contact_email":"a@shop.example","country":"ES","legal_name":"Casa Olmo, S.L.","name":"Writer","postal_code":"28013","store_url":"https://casaolmo.example","street":"Calle Mayor 1"}"#;
const CHANGES: &str = r#"[{"field":"city","old":"Madrid 1","new":"Madrid 2"}]"#;
const HASH: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

/// Writes what a save of a store's details writes, on a copy of the database that the program works
/// on: prepared statements, on one thread, a commit (which waits for the disk) for every `writers`
/// saves. Prints how many saves a second.
pub fn saves(folder: &Path, writers: usize, seconds: f64) -> Result<(), Failure> {
    let mut db = Connection::open(folder.join("store-manager.db"))?;
    db.pragma_update(None, "journal_mode", "wal")?;
    db.pragma_update(None, "synchronous", "full")?;
    db.pragma_update(None, "foreign_keys", "on")?;
    let stores = stores(&db, writers)?;
    let first = last_round(&db)?;
    let (start, mut round) = (Instant::now(), first);
    while start.elapsed().as_secs_f64() < seconds {
        round += 1;
        let transaction = db.transaction()?;
        for (number, (store, person)) in stores.iter().enumerate() {
            save(&transaction, store, person, round, number)?;
        }
        transaction.commit()?;
    }
    let saved = (round - first) as f64 * stores.len() as f64;
    report::say(&format!("{}", saved / start.elapsed().as_secs_f64()));
    Ok(())
}

/// The last round of the runs before this one.
fn last_round(db: &Connection) -> Result<i64, Failure> {
    let last = "SELECT COALESCE(MAX(saved_at), 0) FROM setting_change WHERE section = 'bench'";
    Ok(db.query_row(last, [], |row| row.get(0))?)
}

/// The newest stores, each with one of its members.
fn stores(db: &Connection, count: usize) -> Result<Vec<(String, String)>, Failure> {
    let mut statement = db.prepare(
        "SELECT s.id, MIN(m.person_id) FROM store s JOIN store_member m ON m.store_id = s.id
         GROUP BY s.id ORDER BY s.id DESC LIMIT ?",
    )?;
    let rows =
        statement.query_map([i64::try_from(count)?], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn save(
    db: &Connection,
    store: &str,
    person: &str,
    round: i64,
    number: usize,
) -> Result<(), rusqlite::Error> {
    // Higher than any that the program has written.
    let version = 1_000_000 + round;
    let run =
        |text: &str, values: &[&dyn rusqlite::ToSql]| db.prepare_cached(text)?.execute(values);
    run("UPDATE store SET guard = guard + 1 WHERE id = ?", params![store])?;
    run(
        "INSERT INTO setting_document (scope_id, section, version, body, touched, saved_by, saved_at)
         VALUES (?, 'bench', ?, ?, '{}', ?, ?)
         ON CONFLICT (scope_id, section) DO UPDATE SET version = excluded.version,
             body = excluded.body, saved_by = excluded.saved_by, saved_at = excluded.saved_at",
        params![store, version, DOCUMENT, person, round],
    )?;
    run(
        "INSERT INTO setting_change (scope_id, section, version, changes, how, address, request_id,
             snapshot, saved_by, saved_at)
         VALUES (?, 'bench', ?, ?, 'save', '192.0.2.1', ?, NULL, ?, ?)",
        params![store, version, CHANGES, HASH, person, round],
    )?;
    run("UPDATE store SET name = ? WHERE id = ?", params!["Writer", store])?;
    run(
        "UPDATE audit_chain SET length = length + 1, head = ? WHERE chain = ?",
        params![HASH, store],
    )?;
    run(
        "INSERT INTO audit_entry (id, chain, position, at, actor, address, request_id, action,
             store_id, subject, old_value, new_value, hash)
         VALUES (?, 'bench', ?, ?, ?, '192.0.2.1', ?, 'settings.save', ?, 'general.store-details',
             ?, ?, ?)",
        params![
            format!("bench_{version}_{number}"),
            version * 1_000 + i64::try_from(number).unwrap_or_default(),
            round,
            person,
            HASH,
            store,
            CHANGES,
            CHANGES,
            HASH
        ],
    )?;
    Ok(())
}
