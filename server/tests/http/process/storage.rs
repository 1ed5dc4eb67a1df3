//! Storage that takes no changes.
use super::{
    program::{Program, command_after, run, said},
    saves::Saves,
};
use model::text::{Key, Texts};
use std::process::Command;

/// No file may grow beyond `bytes` from now on.
fn limit(program: &Program, bytes: &str) {
    let mut prlimit = Command::new("prlimit");
    prlimit.args(["--pid", &program.id().to_string(), &format!("--fsize={bytes}:")]);
    assert!(prlimit.status().unwrap().success());
}

#[test]
fn a_full_disk_is_told_and_overcome() {
    let folder = tempfile::tempdir().unwrap();
    // A write beyond the limit then fails, as on a full disk; else a signal would end the program.
    let program =
        Program::launch(command_after("trap '' XFSZ", folder.path(), &["serve", "--demo"]));
    let cookie = program.sign_in();
    let saves = Saves::of(&program, &cookie);
    assert!(saves.save(&program, 1).unwrap().contains("\"done\""));

    limit(&program, "4096");
    let text = Texts::of(Default::default()).get(Key::ErrorStorageText);
    let script = saves.save(&program, 2).unwrap();
    assert!(script.starts_with("HTTP/1.1 503 ") && script.contains("\"not_stored\""), "{script}");
    let form = saves.post(&program, 2, "text/html").unwrap();
    assert!(form.starts_with("HTTP/1.1 503 ") && form.contains(text), "{form}");
    assert!(!form.contains("location:") && form.contains("retry-after:"), "{form}");
    // Pages go on, and tell what is stored.
    assert!(saves.details(&program).starts_with("HTTP/1.1 200 "));
    assert_eq!(saves.stored(&program), 1);
    let head = "POST /api/session/sign-in HTTP/1.1\r\naccept: text/html\r\n\
                content-type: application/x-www-form-urlencoded";
    let body = b"email=admin%40demo.example&password=store-manager-demo";
    let entry = program.send(head, body).unwrap();
    assert!(entry.starts_with("HTTP/1.1 503 ") && entry.contains(text), "{entry}");
    assert!(!entry.contains("set-cookie: session="), "{entry}");

    // There is space again: nobody has to do anything.
    limit(&program, "unlimited");
    assert!(saves.save(&program, 2).unwrap().contains("\"done\""));
    program.sign_in();
    program.signal("KILL");
    assert!(!program.ended());
    let program = Program::start(folder.path());
    assert_eq!(saves.stored(&program), 2);
    drop(program);
    let verified = run(folder.path(), &["audit", "verify"]);
    assert!(verified.status.success(), "{}", said(&verified));
}

#[test]
fn a_place_that_cannot_be_written_is_named_at_start() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("data"), "a file").unwrap();
    let output = run(folder.path(), &["serve"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("the data directory") && said(&output).contains("data cannot"));
}
