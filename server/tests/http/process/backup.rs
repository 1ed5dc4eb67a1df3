//! Backups of a database in use, and what a restore refuses.
use super::{
    program::{Program, command, run, said, signal},
    saves::Saves,
};
use domain::{
    db::{Conn, Db, sql},
    testing::{Proof, count_in},
};
use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::{Output, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread,
    time::Instant,
};

const FILLED: &str = "SELECT COUNT(*) AS n FROM flash WHERE token_hash LIKE 'fill%'";
const WRITTEN: &str = "SELECT COUNT(*) AS n FROM flash WHERE token_hash LIKE 'written%'";

fn url(folder: &Path) -> String {
    format!("sqlite:{}", folder.join("data/store-manager.db").display())
}

#[track_caller]
fn succeeds(output: &Output) -> String {
    assert!(output.status.success(), "{}", said(output));
    said(output)
}

#[track_caller]
fn refuses(output: &Output, why: &str) {
    assert_eq!(output.status.code(), Some(1), "{}", said(output));
    assert!(said(output).contains(why), "{}", said(output));
}

/// The names in a folder.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// A folder with an empty database, and its backup.
fn backed_up() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    succeeds(&run(folder.path(), &["audit", "verify"]));
    succeeds(&run(folder.path(), &["backup", "copy.tar"]));
    let file = folder.path().join("copy.tar");
    (folder, file)
}

#[test]
fn a_backup_under_load_brings_everything_back_elsewhere() {
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let file = there.path().join("copy.tar");
    let name = file.to_str().unwrap();
    let program = Program::start(here.path());
    let saves = Saves::of(&program, &program.sign_in());
    let (saved, over) = (AtomicU64::new(0), AtomicBool::new(false));
    let (start, acknowledged) = thread::scope(|scope| {
        let saving = scope.spawn(|| {
            for version in 1.. {
                let answer = saves.save(&program, version).unwrap();
                assert!(answer.contains("\"done\""), "{answer}");
                saved.store(version, Ordering::SeqCst);
                if over.load(Ordering::SeqCst) {
                    return;
                }
            }
        });
        let reached = |version| {
            while saved.load(Ordering::SeqCst) < version && !saving.is_finished() {
                thread::yield_now();
            }
        };
        reached(5);
        let (start, acknowledged) = (Instant::now(), saved.load(Ordering::SeqCst));
        let output = run(here.path(), &["backup", name]);
        over.store(true, Ordering::SeqCst);
        succeeds(&output);
        saving.join().unwrap();
        assert!(saved.load(Ordering::SeqCst) > acknowledged, "it went on meanwhile");
        (start, acknowledged)
    });
    drop(program);

    succeeds(&run(there.path(), &["restore", name]));
    let program = Program::start(there.path());
    program.sign_in();
    let stored = saves.stored(&program);
    println!("backup, restore and start took {:.1} s", start.elapsed().as_secs_f64());
    assert!(stored >= acknowledged, "{stored} of {acknowledged}");
    drop(program);
    succeeds(&run(there.path(), &["audit", "verify"]));
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(names(there.path()), ["copy.tar", "data"], "nothing is left over");
}

#[tokio::test(flavor = "multi_thread")]
async fn prove_nobody_meets_a_lock_while_a_backup_is_made() {
    let proof = Proof::of("R4 no lock reaches anybody, Sqlite");
    let folder = tempfile::tempdir().unwrap();
    succeeds(&run(folder.path(), &["audit", "verify"]));
    let db = Db::open(&url(folder.path()), 16).await.unwrap();
    // Something that takes its time to copy.
    let fill = "INSERT INTO flash WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n
                WHERE i < 50000) SELECT 'fill' || i, hex(randomblob(200)), 0 FROM n";
    db.write(async move |conn: &mut Conn<'_>| sql(fill).execute(conn).await).await.unwrap();
    let (over, written) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
    let read = Arc::new(AtomicU64::new(0));
    let mut tasks = Vec::new();
    for writer in 0..64 {
        let (db, over, written) = (db.clone(), over.clone(), written.clone());
        tasks.push(tokio::spawn(async move {
            let mut n = 0;
            while !over.load(Ordering::SeqCst) {
                let key = format!("written {writer} {n}");
                let text = "INSERT INTO flash (token_hash, body, expires_at) VALUES ($1, 'b', 0)";
                let write =
                    async move |conn: &mut Conn<'_>| sql(text).bind(key).execute(conn).await;
                db.write(write).await.unwrap();
                written.fetch_add(1, Ordering::SeqCst);
                n += 1;
            }
        }));
    }
    for _ in 0..16 {
        let (db, over, read) = (db.clone(), over.clone(), read.clone());
        tasks.push(tokio::spawn(async move {
            while !over.load(Ordering::SeqCst) {
                count_in(&db, FILLED).await;
                read.fetch_add(1, Ordering::SeqCst);
            }
        }));
    }
    // So many more writes than `written` are acknowledged, unless a writer was refused.
    let reached = async |more: u64| {
        let until = written.load(Ordering::SeqCst) + more;
        while written.load(Ordering::SeqCst) < until {
            assert!(!tasks.iter().any(tokio::task::JoinHandle::is_finished), "one was refused");
            tokio::task::yield_now().await;
        }
    };
    reached(64).await;
    let (backups, mut acknowledged) = (proof.length(1, 25), 0);
    for number in 1..=backups {
        acknowledged = written.load(Ordering::SeqCst);
        let mut backup = command(folder.path(), &["backup", &format!("copy{number}.tar")]);
        let backup = backup.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        while !names(folder.path()).iter().any(|name| name.starts_with(".store-manager-")) {
            tokio::task::yield_now().await;
        }
        // However long it stands still in its midst, writers go on.
        signal(backup.id(), "STOP");
        reached(640).await;
        signal(backup.id(), "CONT");
        let ended = tokio::task::spawn_blocking(|| backup.wait_with_output().unwrap());
        succeeds(&ended.await.unwrap());
    }
    over.store(true, Ordering::SeqCst);
    for task in tasks {
        task.await.expect("nobody was refused");
    }
    db.close().await;

    let there = tempfile::tempdir().unwrap();
    let file = folder.path().join(format!("copy{backups}.tar"));
    succeeds(&run(there.path(), &["restore", file.to_str().unwrap()]));
    let restored = Db::open(&url(there.path()), 1).await.unwrap();
    let found = count_in(&restored, WRITTEN).await.unsigned_abs();
    assert!(found >= acknowledged, "{found} of {acknowledged}");
    assert_eq!(count_in(&restored, FILLED).await, 50_000);
    restored.close().await;
    let (writes, reads) = (written.load(Ordering::SeqCst), read.load(Ordering::SeqCst));
    proof.holds(&format!(
        "64 writers, 16 readers, {backups} backups: {writes} writes, {reads} reads"
    ));
}

#[test]
fn nothing_is_written_over() {
    let (folder, file) = backed_up();
    let before = fs::read(&file).unwrap();
    refuses(&run(folder.path(), &["backup", "copy.tar"]), "exists already");
    assert_eq!(fs::read(&file).unwrap(), before);
    refuses(&run(folder.path(), &["restore", "copy.tar"]), "--replace");

    let program = Program::start(folder.path());
    refuses(&run(folder.path(), &["restore", "copy.tar", "--replace"]), "the database is in use");
    program.sign_in();
    drop(program);

    // What is there is kept aside, with what its log still holds.
    let told = succeeds(&run(folder.path(), &["restore", "copy.tar", "--replace"]));
    let aside = names(&folder.path().join("data")).into_iter().find(|n| n.starts_with("replaced-"));
    let aside = aside.unwrap_or_else(|| panic!("{told}"));
    let old = folder.path().join("data").join(aside);
    let entries = |data: &Path| {
        let mut verify = command(folder.path(), &["audit", "verify"]);
        succeeds(&verify.env("STORE_MANAGER_DATA_DIR", data).output().unwrap())
    };
    assert!(entries(&folder.path().join("data")).contains("0 entries in 0 chains"));
    fs::copy(folder.path().join("data/secret.key"), old.join("secret.key")).unwrap();
    assert!(entries(&old).contains(" in 2 chains"));
}

#[test]
fn what_a_killed_backup_left_goes_with_the_next() {
    let (folder, _) = backed_up();
    let work = |name: &str| {
        let work = folder.path().join(name);
        fs::create_dir(&work).unwrap();
        fs::write(work.join("copy"), "half of it").unwrap();
        work
    };
    fs::File::create(work(".store-manager-left").join("lock")).unwrap();
    let held = fs::File::create(work(".store-manager-used").join("lock")).unwrap();
    held.lock().unwrap();
    work(".store-manager-other");
    succeeds(&run(folder.path(), &["backup", "second.tar"]));
    let hidden = names(folder.path()).into_iter().filter(|name| name.starts_with('.'));
    assert_eq!(hidden.collect::<Vec<_>>(), [".store-manager-other", ".store-manager-used"]);
}

#[test]
fn what_is_not_whole_is_not_put_in_place() {
    let (_folder, file) = backed_up();
    let whole = fs::read(&file).unwrap();
    let there = tempfile::tempdir().unwrap();
    let damaged = there.path().join("damaged.tar");
    let refused = |bytes: &[u8], why: &str| {
        fs::write(&damaged, bytes).unwrap();
        refuses(&run(there.path(), &["restore", "damaged.tar"]), why);
        assert_eq!(names(&there.path().join("data")), ["store-manager.db.lock"]);
    };
    for cut in [0, 600, 3_000, whole.len() / 2, whole.len() - 2_048] {
        refused(&whole[..cut], "not a backup, or not a whole one");
    }
    let mut changed = whole.clone();
    changed[whole.len() / 2] ^= 1;
    refused(&changed, "not a backup, or not a whole one");
    let schema = format!("schema = {:2}", domain::db::latest());
    let at = whole.windows(schema.len()).position(|part| part == schema.as_bytes()).unwrap();
    let mut newer = whole.clone();
    newer[at..at + schema.len()].copy_from_slice(b"schema = 99");
    refused(&newer, "a newer Store Manager");
}

#[test]
fn without_its_key_a_backup_needs_the_one_that_belongs_to_it() {
    let (folder, _) = backed_up();
    let told = succeeds(&run(folder.path(), &["backup", "bare.tar", "--without-key"]));
    assert!(told.contains("does not hold the secret key"), "{told}");
    let key = fs::read(folder.path().join("data/secret.key")).unwrap();
    let bytes = fs::read(folder.path().join("bare.tar")).unwrap();
    assert!(!bytes.windows(key.len()).any(|part| part == key));

    let there = tempfile::tempdir().unwrap();
    let file = folder.path().join("bare.tar");
    let restore = || run(there.path(), &["restore", file.to_str().unwrap()]);
    refuses(&restore(), "holds no secret key");
    let place = there.path().join("data/secret.key");
    fs::write(&place, "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=").unwrap();
    refuses(&restore(), "the secret key is not the one");
    fs::write(&place, key).unwrap();
    succeeds(&restore());
    succeeds(&run(there.path(), &["audit", "verify"]));
}

#[test]
fn postgres_has_its_own_tools() {
    let folder = tempfile::tempdir().unwrap();
    for (task, tool) in [("backup", "pg_dump --format"), ("restore", "pg_restore --clean")] {
        let mut command = command(folder.path(), &[task, "copy"]);
        let url = "postgres://ann:s3cret@127.0.0.1:1/shop";
        let output = command.env("STORE_MANAGER_DATABASE_URL", url).output().unwrap();
        refuses(&output, tool);
        assert!(!said(&output).contains("s3cret") && names(folder.path()).is_empty());
    }
}
