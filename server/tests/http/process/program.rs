use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Output, Stdio},
};

const PROGRAM: &str = env!("CARGO_BIN_EXE_store-manager");

/// The program with these arguments on a data directory, in an environment of its own.
pub fn command(data_dir: &Path, arguments: &[&str]) -> Command {
    prepared(Command::new(PROGRAM), data_dir, arguments)
}

/// As [`command`], by a shell that does this first.
pub fn command_after(preparation: &str, data_dir: &Path, arguments: &[&str]) -> Command {
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("{preparation}; exec \"$0\" \"$@\""), PROGRAM]);
    prepared(shell, data_dir, arguments)
}

fn prepared(mut command: Command, data_dir: &Path, arguments: &[&str]) -> Command {
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

/// Sends a signal to a process: `TERM`, `KILL`, `STOP`, `CONT`.
pub fn signal(process: u32, name: &str) {
    let sent = Command::new("kill").args(["-s", name, &process.to_string()]).status().unwrap();
    assert!(sent.success());
}

/// An address that nobody listens on.
pub fn free() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

/// One request on a connection of its own; `None` when the server is gone before it answers.
pub fn ask(address: SocketAddr, head: &str, body: &[u8]) -> Option<String> {
    let mut stream = TcpStream::connect(address).ok()?;
    let length = body.len();
    let head = format!(
        "{head}\r\nhost: {address}\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body)).ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    let answer = String::from_utf8_lossy(&answer).into_owned();
    answer.starts_with("HTTP/1.1 ").then_some(answer)
}

/// A running server; killed when it is dropped.
pub struct Program {
    child: Child,
    address: SocketAddr,
}

impl Program {
    /// Starts a demonstration and waits until it listens.
    pub fn start(data_dir: &Path) -> Program {
        Program::launch(command(data_dir, &["serve", "--demo"]))
    }

    /// Starts a demonstration on a database at this address and waits until it listens.
    pub fn start_on(data_dir: &Path, database: &str) -> Program {
        let mut command = command(data_dir, &["serve", "--demo"]);
        command.env("STORE_MANAGER_DATABASE_URL", database);
        Program::launch(command)
    }

    /// Starts a demonstration by this command and waits until it listens.
    pub fn launch(command: Command) -> Program {
        Program::launch_logging(command, "error")
    }

    /// The same; it logs what is at least so important.
    pub fn launch_logging(mut command: Command, log: &str) -> Program {
        let free = free();
        command.env("STORE_MANAGER_LISTEN", free.to_string()).env("STORE_MANAGER_LOG", log);
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert_eq!(line, format!("Store Manager is at http://{free}\n"));
        Program { child, address: free }
    }

    /// The process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Sends a signal, see [`signal`].
    pub fn signal(&self, name: &str) {
        signal(self.id(), name);
    }

    /// Waits for its end; whether it was a success.
    pub fn ended(mut self) -> bool {
        self.child.wait().unwrap().success()
    }

    /// One request on a connection of its own; `None` when the server is gone before it answers.
    pub fn send(&self, head: &str, body: &[u8]) -> Option<String> {
        ask(self.address, head, body)
    }

    /// The page at `path`, as the person with this cookie gets it.
    pub fn page(&self, path: &str, cookie: &str) -> String {
        self.ask_page(path, cookie).unwrap()
    }

    /// The same; `None` when the program is gone.
    pub fn ask_page(&self, path: &str, cookie: &str) -> Option<String> {
        self.send(&format!("GET {path} HTTP/1.1\r\naccept: text/html\r\n{cookie}"), b"")
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
