use super::program::{Program, command, run, said};
use domain::db::{Conn, Db, sql};
use std::time::{Duration, Instant};

#[test]
fn the_printed_defaults_can_be_used_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let printed = run(folder.path(), &["default-config"]);
    assert!(printed.status.success());
    std::fs::write(folder.path().join("store-manager.toml"), &printed.stdout).unwrap();
    let migrated = run(folder.path(), &["migrate"]);
    assert!(migrated.status.success(), "{}", said(&migrated));
    assert!(folder.path().join("data/store-manager.db").exists());
    let verified = run(folder.path(), &["audit", "verify"]);
    assert!(verified.status.success(), "{}", said(&verified));
}

#[test]
fn every_wrong_value_is_named_before_anything_starts() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("mine.toml"), "listen = \"here\"\ncolour = \"red\"").unwrap();
    let mut serve = command(folder.path(), &["serve", "--config", "mine.toml"]);
    let output = serve.env("STORE_MANAGER_SMTP_URL", "http://ann:s3cret@mail").output().unwrap();
    let said = said(&output);
    assert!(!output.status.success());
    for part in
        ["listen: \"here\" is not", "colour: is not a key", "STORE_MANAGER_SMTP_URL: must begin"]
    {
        assert!(said.contains(part), "{part} is not in {said}");
    }
    assert!(!said.contains("s3cret") && !folder.path().join("data").exists(), "{said}");
    let missing = run(folder.path(), &["serve", "--config", "none.toml"]);
    assert!(!missing.status.success() && super::program::said(&missing).contains("none.toml"));
}

#[test]
fn a_server_stops_when_told_and_finds_everything_again() {
    let folder = tempfile::tempdir().unwrap();
    let program = Program::start(folder.path());
    assert!(program.send("GET /healthz HTTP/1.1", b"").unwrap().contains("200 OK"));
    let cookie = program.sign_in();
    let stopping = Instant::now();
    program.signal("TERM");
    assert!(program.ended(), "a stop that was asked for is a success");
    assert!(stopping.elapsed() < Duration::from_secs(10));
    // Sessions outlive the process.
    let program = Program::start(folder.path());
    let head = format!("GET /stores HTTP/1.1\r\naccept: text/html\r\n{cookie}");
    assert!(program.send(&head, b"").unwrap().contains("200 OK"));
}

#[test]
fn a_demonstration_needs_a_database_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    assert!(run(folder.path(), &["migrate"]).status.success());
    write(folder.path(), async |conn| {
        let new = "INSERT INTO person (id, email, first_name, last_name, name_key, phone, password_hash, language, theme, created_at)
                   VALUES ('per_1', 'a@b.example', '', '', '', '', '', 'en', 'system', 0)";
        sql(new).execute(conn).await
    });
    let output = run(folder.path(), &["serve", "--demo"]);
    assert!(!output.status.success());
    assert!(said(&output).contains("in use for something else"), "{}", said(&output));
}

#[test]
fn a_changed_audit_entry_is_found() {
    let folder = tempfile::tempdir().unwrap();
    Program::start(folder.path()).sign_in();
    let right = run(folder.path(), &["audit", "verify"]);
    assert!(right.status.success() && said(&right).contains("2 chains"), "{}", said(&right));
    write(folder.path(), async |conn| {
        sql("UPDATE audit_entry SET actor = 'somebody else' WHERE action = 'demo.fill'")
            .execute(conn)
            .await
    });
    let wrong = run(folder.path(), &["audit", "verify"]);
    assert!(!wrong.status.success());
    assert!(said(&wrong).contains("position 1: the entry was changed"), "{}", said(&wrong));
}

#[test]
fn another_secret_key_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    drop(Program::start(folder.path()));
    std::fs::remove_file(folder.path().join("data/secret.key")).unwrap();
    let output = run(folder.path(), &["serve", "--demo"]);
    assert!(!output.status.success() && said(&output).contains("secret key"), "{}", said(&output));
}

/// Changes the database behind the program's back.
fn write(
    folder: &std::path::Path,
    change: impl AsyncFnOnce(&mut Conn<'_>) -> domain::db::Result<u64> + Send + 'static,
) {
    let url = format!("sqlite:{}", folder.join("data/store-manager.db").display());
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let db = Db::open(&url, 1).await.unwrap();
        assert_eq!(db.write(change).await.unwrap(), 1);
        db.close().await;
    });
}
