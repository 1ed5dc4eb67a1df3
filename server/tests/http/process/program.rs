use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Output, Stdio},
};

/// The program with these arguments on a data directory, in an environment of its own.
pub fn command(data_dir: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_store-manager"));
    command.args(arguments).current_dir(data_dir).stdin(Stdio::null());
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("STORE_MANAGER_")) {
        command.env_remove(name);
    }
    command.env("STORE_MANAGER_DATA_DIR", data_dir.join("data"));
    command
}

/// Runs a command to its end.
pub fn run(data_dir: &Path, arguments: &[&str]) -> Output {
    command(data_dir, arguments).output().unwrap()
}

/// What a command wrote, to standard output and then to standard error.
pub fn said(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    text(&output.stdout) + &text(&output.stderr)
}

/// A running server; killed when it is dropped.
pub struct Program {
    child: Child,
    address: SocketAddr,
}

impl Program {
    /// Starts a demonstration and waits until it listens.
    pub fn start(data_dir: &Path) -> Program {
        let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let mut command = command(data_dir, &["serve", "--demo"]);
        command.env("STORE_MANAGER_LISTEN", free.to_string()).env("STORE_MANAGER_LOG", "error");
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert_eq!(line, format!("Store Manager is at http://{free}\n"));
        Program { child, address: free }
    }

    /// Sends a signal: `TERM`, `KILL`.
    pub fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-s", name, &id]).status().unwrap().success());
    }

    /// Waits for its end; whether it was a success.
    pub fn ended(mut self) -> bool {
        self.child.wait().unwrap().success()
    }

    /// One request on a connection of its own; `None` when the server is gone before it answers.
    pub fn send(&self, head: &str, body: &[u8]) -> Option<String> {
        let mut stream = TcpStream::connect(self.address).ok()?;
        let length = body.len();
        let head = format!(
            "{head}\r\nhost: {}\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n",
            self.address
        );
        stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body)).ok()?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).ok()?;
        let answer = String::from_utf8_lossy(&answer).into_owned();
        answer.starts_with("HTTP/1.1 ").then_some(answer)
    }

    /// The cookie header of a session of the demonstration's Administrator.
    pub fn sign_in(&self) -> String {
        let head = "POST /api/session/sign-in HTTP/1.1\r\naccept: text/html\r\n\
                    content-type: application/x-www-form-urlencoded";
        let body = b"email=admin%40demo.example&password=store-manager-demo";
        let answer = self.send(head, body).unwrap();
        let cookie = answer.split("set-cookie: ").nth(1).unwrap_or_else(|| panic!("{answer}"));
        format!("cookie: {}", cookie.split(';').next().unwrap())
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
