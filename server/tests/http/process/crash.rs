use super::{
    program::{Program, run, said},
    saves::Saves,
};
use std::{
    sync::atomic::{AtomicU64, Ordering},
    thread,
    time::{Duration, Instant},
};

/// How long the server is busy before it is killed.
const BUSY: Duration = Duration::from_millis(1500);

#[test]
fn what_was_acknowledged_outlives_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let program = Program::start(folder.path());
    let cookie = program.sign_in();
    let saves = Saves::of(&program, &cookie);

    // Killed while it saves as fast as it can: the version that was acknowledged last is there,
    // or the one whose acknowledgement was lost.
    let saved = AtomicU64::new(0);
    let acknowledged = thread::scope(|scope| {
        let saving = scope.spawn(|| {
            let mut version = 1;
            while saves.save(&program, version).is_some_and(|answer| answer.contains("\"done\"")) {
                saved.store(version, Ordering::SeqCst);
                version += 1;
            }
            version - 1
        });
        // On a slow machine the first saves alone may take that long.
        let start = Instant::now();
        let enough = || start.elapsed() >= BUSY && saved.load(Ordering::SeqCst) > 5;
        while !enough() && !saving.is_finished() {
            thread::yield_now();
        }
        program.signal("KILL");
        saving.join().unwrap()
    });
    assert!(acknowledged > 5, "only {acknowledged} saves");
    assert!(!program.ended());

    let program = Program::start(folder.path());
    let found = saves.stored(&program);
    assert!([acknowledged, acknowledged + 1].contains(&found), "{found}, not {acknowledged}");
    // Nothing half done: the copy of the name agrees, and the audit chain is whole.
    assert!(program.page("/stores", &cookie).contains("Version "));
    drop(program);
    let verified = run(folder.path(), &["audit", "verify"]);
    assert!(verified.status.success(), "{}", said(&verified));
}
