use super::program::{Program, run, said};
use std::{
    sync::atomic::{AtomicU64, Ordering},
    thread,
    time::{Duration, Instant},
};

/// How long the server is busy before it is killed.
const BUSY: Duration = Duration::from_millis(1500);

/// Saves the store's name; whether the save was acknowledged. `None`: the server was gone.
fn save(
    program: &Program,
    cookie: &str,
    place: (&str, &str),
    version: u64,
    name: &str,
) -> Option<bool> {
    let (store, url) = place;
    let fields = [
        ("_store", store),
        ("_group", "general"),
        ("_section", "store-details"),
        ("_version", &version.to_string()),
        ("name", name),
        ("store_url", url),
        ("contact_email", "a@shop.example"),
    ];
    let mut body = String::new();
    for (field, value) in fields {
        body +=
            &format!("--e\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n");
    }
    body += "--e--\r\n";
    let head = format!(
        "POST /api/settings/save HTTP/1.1\r\naccept: application/json\r\n{cookie}\r\n\
         content-type: multipart/form-data; boundary=e"
    );
    Some(program.send(&head, body.as_bytes())?.contains("\"done\""))
}

#[test]
fn what_was_acknowledged_outlives_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let program = Program::start(folder.path());
    let cookie = program.sign_in();
    let get = |program: &Program, path: &str| {
        program.send(&format!("GET {path} HTTP/1.1\r\naccept: text/html\r\n{cookie}"), b"").unwrap()
    };
    let stores = get(&program, "/stores");
    let start = stores.find("sto_").unwrap();
    let store = stores[start..start + 36].to_owned();

    // What others rely on stays: its change would have to be confirmed first.
    let details = get(&program, &format!("/stores/{store}/settings/general/store-details"));
    let url = details.find("value=\"https://").unwrap() + "value=\"".len();
    let url = details[url..].split('"').next().unwrap().to_owned();

    // Killed while it saves as fast as it can: the version that was acknowledged last is there,
    // or the one whose acknowledgement was lost.
    let saved = AtomicU64::new(0);
    let acknowledged = thread::scope(|scope| {
        let saves = scope.spawn(|| {
            let mut version = 1;
            while let Some(true) =
                save(&program, &cookie, (&store, &url), version, &format!("Version {version}"))
            {
                saved.store(version, Ordering::SeqCst);
                version += 1;
            }
            version - 1
        });
        // On a slow machine the first saves alone may take that long.
        let start = Instant::now();
        let enough = || start.elapsed() >= BUSY && saved.load(Ordering::SeqCst) > 5;
        while !enough() && !saves.is_finished() {
            thread::yield_now();
        }
        program.signal("KILL");
        saves.join().unwrap()
    });
    assert!(acknowledged > 5, "only {acknowledged} saves");
    assert!(!program.ended());

    let program = Program::start(folder.path());
    let page = get(&program, &format!("/stores/{store}/settings/general/store-details"));
    let found = [acknowledged, acknowledged + 1]
        .iter()
        .any(|n| page.contains(&format!("value=\"Version {n}\"")));
    assert!(found, "version {acknowledged} was acknowledged: {page}");
    // Nothing half done: the copy of the name agrees, and the audit chain is whole.
    assert!(get(&program, "/stores").contains("Version "));
    drop(program);
    let verified = run(folder.path(), &["audit", "verify"]);
    assert!(verified.status.success(), "{}", said(&verified));
}
