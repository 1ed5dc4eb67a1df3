//! What operators watch.
use super::program::{Program, ask, command, free};
use std::{fs, net::SocketAddr, path::Path};

fn start(folder: &Path) -> (Program, SocketAddr) {
    let metrics = free();
    let mut command = command(folder, &["serve", "--demo"]);
    command.env("STORE_MANAGER_METRICS_LISTEN", metrics.to_string());
    (Program::launch(command), metrics)
}

fn metrics(address: SocketAddr) -> String {
    let answer = ask(address, "GET /metrics HTTP/1.1", b"").unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 ") && answer.contains("openmetrics-text"), "{answer}");
    answer
}

/// The value of a line.
fn value(text: &str, line: &str) -> f64 {
    let found = text.lines().find_map(|l| l.strip_prefix(line)?.strip_prefix(' '));
    found.unwrap_or_else(|| panic!("no {line} in {text}")).trim().parse().unwrap()
}

fn requests(method: &str, route: &str, status: &str) -> String {
    let labels = format!("{{method=\"{method}\",route=\"{route}\",status=\"{status}\"}}");
    format!("store_manager_http_requests_total{labels}")
}

#[test]
fn counts_rise_by_route_and_name_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let (program, address) = start(folder.path());
    let cookie = program.sign_in();
    let stores = program.page("/stores", &cookie);
    let at = stores.find("sto_").unwrap();
    let store = &stores[at..at + 36];
    let before = metrics(address);
    let pages = requests("GET", "/stores", "2xx");
    assert_eq!(value(&before, &pages), 1.0);
    let refusals = "store_manager_sign_in_refusals_total{reason=\"credentials\"}";
    assert_eq!(value(&before, refusals), 0.0);

    program.page("/stores", &cookie);
    program.page(&format!("/stores/{store}/settings/general/store-details"), &cookie);
    program.page("/typed-address?q=looked-for", &cookie);
    program.send("BREW /typed-address HTTP/1.1", b"").unwrap();
    let wrong = "POST /api/session/sign-in HTTP/1.1\r\naccept: text/html\r\n\
                 content-type: application/x-www-form-urlencoded";
    program.send(wrong, b"email=admin%40demo.example&password=typed-password").unwrap();

    let after = metrics(address);
    assert_eq!(value(&after, &pages), 2.0);
    assert_eq!(value(&after, refusals), 1.0);
    assert_eq!(value(&after, &requests("GET", "-", "4xx")), 1.0);
    assert!(after.contains("method=\"other\""), "{after}");
    assert!(after.contains("route=\"/stores/{"), "{after}");
    let timed = pages.replace("requests_total", "request_duration_seconds_count");
    assert_eq!(value(&after, &timed), 2.0);
    for secret in
        [store, "typed-", "looked-for", "BREW", "demo.example", "127.0.0.1", "org_", "per_"]
    {
        assert!(!after.contains(secret), "{secret} is in {after}");
    }
}

#[test]
fn the_data_and_the_process_are_seen() {
    let folder = tempfile::tempdir().unwrap();
    let (program, address) = start(folder.path());
    program.sign_in();
    let text = metrics(address);
    assert!(text.ends_with("# EOF\n"), "{text}");
    let expected = [
        ("store_manager_db_up", 1.0),
        ("store_manager_db_connections_max", 8.0),
        ("store_manager_audit_broken_chains", 0.0),
        ("store_manager_http_requests_under_way", 0.0),
        ("store_manager_job_failures_total{job=\"housekeeping\"}", 0.0),
        ("store_manager_outbox_attempts_total{result=\"failed\"}", 0.0),
        ("store_manager_build_info{version=\"0.1.0\"}", 1.0),
    ];
    for (line, number) in expected {
        assert_eq!(value(&text, line), number, "{line}");
    }
    let above_zero = [
        "store_manager_db_commit_seconds_count",
        "store_manager_db_commit_changes_sum",
        "store_manager_db_connections",
        "process_resident_memory_bytes",
        "process_open_fds",
        "process_start_time_seconds",
    ];
    for line in above_zero {
        assert!(value(&text, line) > 0.0, "{line}");
    }
    // Work in the background may be at any of these at this very moment.
    let any = [
        "store_manager_db_writes_queued",
        "store_manager_outbox_due",
        "store_manager_outbox_oldest_due_seconds",
    ];
    for line in any {
        assert!(value(&text, line) >= 0.0, "{line}");
    }
}

#[test]
fn they_are_on_a_listener_of_their_own_and_off_unless_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let (program, address) = start(folder.path());
    assert!(program.page("/metrics", "x: y").starts_with("HTTP/1.1 404 "));
    assert!(ask(address, "GET /healthz HTTP/1.1", b"").unwrap().starts_with("HTTP/1.1 404 "));
    assert_eq!(listeners(program.id()), 2);
    program.signal("TERM");
    assert!(program.ended());
    let program = Program::start(folder.path());
    assert_eq!(listeners(program.id()), 1);
    assert!(ask(address, "GET /metrics HTTP/1.1", b"").is_none());
}

/// How many sockets the process listens on.
fn listeners(process: u32) -> usize {
    let table = fs::read_to_string(format!("/proc/{process}/net/tcp")).unwrap();
    let lines = table.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
    // The fourth column is the state, the tenth the socket.
    let listening: Vec<String> = lines
        .filter(|line| line.get(3) == Some(&"0A"))
        .map(|line| format!("socket:[{}]", line[9]))
        .collect();
    let open = fs::read_dir(format!("/proc/{process}/fd")).unwrap();
    let open = open.filter_map(|entry| fs::read_link(entry.unwrap().path()).ok());
    open.filter(|file| listening.iter().any(|name| file.as_os_str() == name.as_str())).count()
}
