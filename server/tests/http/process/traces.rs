//! Traces that go to a collector.
use super::program::{Program, command};
use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    thread::JoinHandle,
};

/// One request of a collector's: its first line and its body.
fn request(stream: TcpStream) -> (String, Vec<u8>) {
    let mut reader = BufReader::new(stream);
    let (mut first, mut length) = (String::new(), 0);
    reader.read_line(&mut first).unwrap();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        match line.trim().to_ascii_lowercase().split_once(": ") {
            Some(("content-length", value)) => length = value.parse().unwrap(),
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
    reader.into_inner().write_all(answer).unwrap();
    (first, body)
}

/// A collector of one request.
fn collector() -> (SocketAddr, JoinHandle<(String, Vec<u8>)>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    (address, std::thread::spawn(move || request(listener.accept().unwrap().0)))
}

#[test]
fn spans_are_sent_with_the_trace_they_belong_to_and_name_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let (address, collected) = collector();
    let mut command = command(folder.path(), &["serve", "--demo"]);
    command.env("STORE_MANAGER_TRACES_URL", format!("http://{address}/v1/traces"));
    // Its log is set to errors, and so would its spans be.
    let program = Program::launch_logging(command, "info");
    let trace = "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    program.send(&format!("GET /search?q=looked-for HTTP/1.1\r\n{trace}"), b"").unwrap();
    program.signal("TERM");
    assert!(program.ended());

    let (first, body) = collected.join().unwrap();
    assert!(first.starts_with("POST /v1/traces "), "{first}");
    let text = String::from_utf8_lossy(&body);
    for word in ["store-manager", "request", "/search"] {
        assert!(text.contains(word), "no {word}: {text}");
    }
    let id = 0x4bf9_2f35_77b3_4da6_a3ce_929d_0e0e_4736_u128.to_be_bytes();
    assert!(body.windows(16).any(|window| window == id), "the trace of who asked");
    assert!(!text.contains("looked-for") && !text.contains("demo.example"), "{text}");
}
